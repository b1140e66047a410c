import type { HIDAsync } from 'node-hid';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { chooseDevice, detailOf, isKeptBySystem, loadNodeHid, type NodeHid } from './hid-devices.ts';
import { type KeypadPort, NATIVE_PART_MISSING } from './keypad-port.ts';
import type { HidKeypadProfile } from './keypad-profile.ts';

export { isMatch, listHidDevices } from './hid-devices.ts';

export interface NodeHidPortOptions {
  /** Loads the library. The default imports it late, so that a machine without its native part still works. */
  readonly load?: () => Promise<NodeHid>;
  readonly platform?: NodeJS.Platform;
  /** The one keypad meant, where a PC has several of a model. */
  readonly serialNumber?: string | undefined;
  readonly devicePath?: string | undefined;
  /** Calls back when something was plugged into this PC, until what it returns is called. */
  readonly onHint?: (listener: () => void) => () => void;
}

/** The Linux back end belongs to the process, not to a device: the first keypad looked for decides. */
let isBackendChosen = false;

/** Windows and hidraw let a device be opened twice; then one press would rate at two counters. */
const openPaths = new Set<string>();

/** Whether the profile's keypad is plugged in, open already or not. False where HID does not work at all. */
export async function isHidKeypadThere(
  { match, open }: HidKeypadProfile,
  { load = loadNodeHid, platform = process.platform, serialNumber, devicePath }: NodeHidPortOptions = {},
): Promise<boolean> {
  try {
    const library = await load();
    if (platform === 'linux' && !isBackendChosen) library.setDriverType(open.linuxBackend);
    const devices = await library.devicesAsync(match.vendorId, match.productId);
    isBackendChosen = true;
    const chosen = chooseDevice(match, devices, { serialNumber, devicePath });
    return chosen.ok || chosen.error.code !== 'K301';
  } catch {
    return false;
  }
}

/** A keypad reached through node-hid (README of node-hid 3.4, "Async API Usage"). */
export function createNodeHidPort(profile: HidKeypadProfile, options: NodeHidPortOptions = {}): KeypadPort {
  const load = options.load ?? loadNodeHid;
  const platform = options.platform ?? process.platform;
  const reportListeners: ((report: Uint8Array) => void)[] = [];
  const lostListeners: (() => void)[] = [];
  const { serialNumber, devicePath } = options;
  let device: HIDAsync | null = null;
  let openPath: string | null = null;

  function forget(): void {
    device = null;
    if (openPath !== null) openPaths.delete(openPath);
    openPath = null;
  }

  function lose(lost: HIDAsync): void {
    if (device !== lost) return;
    forget();
    void lost.close().catch(() => undefined);
    for (const listener of lostListeners) listener();
  }

  return {
    async open(): Promise<Result<void>> {
      let library: NodeHid;
      let path: string;
      try {
        library = await load();
        if (platform === 'linux' && !isBackendChosen) library.setDriverType(profile.open.linuxBackend);
        // The native part is loaded by the first call, not by the import.
        const { vendorId, productId } = profile.match;
        const devices = await library.devicesAsync(vendorId, productId);
        isBackendChosen = true;
        const free = devices.filter(candidate => !openPaths.has(candidate.path ?? ''));
        const chosen = chooseDevice(profile.match, free, { serialNumber, devicePath });
        if (!chosen.ok) return chosen;
        if (isKeptBySystem(chosen.value, platform)) return fail('K313');
        path = chosen.value.path;
      } catch (error) {
        return fail('K303', { reason: NATIVE_PART_MISSING, detail: detailOf(error) });
      }
      // Taken before the opening, which another port may overtake.
      if (openPaths.has(path)) return fail('K301');
      openPaths.add(path);
      try {
        const opened = await library.HIDAsync.open(path);
        device = opened;
        openPath = path;
        opened.on('error', () => lose(opened));
        opened.on('data', (report: Uint8Array) => {
          if (device === opened) for (const listener of reportListeners) listener(report);
        });
        return ok(undefined);
      } catch (error) {
        openPaths.delete(path);
        return fail('K303', { reason: 'not-allowed-or-busy', detail: detailOf(error) });
      }
    },

    async write(kind, frame): Promise<Result<void>> {
      const open = device;
      if (open === null) return fail('K304', { reason: 'not-open' });
      const bytes = Buffer.from(frame);
      try {
        if (kind === 'feature') await open.sendFeatureReport(bytes);
        else await open.write(bytes);
        return ok(undefined);
      } catch (error) {
        return fail('K304', { reason: 'refused', detail: detailOf(error) });
      }
    },

    async close(): Promise<void> {
      const open = device;
      forget();
      await open?.close().catch(() => undefined);
    },

    onReport: listener => void reportListeners.push(listener),
    onMalformed: () => undefined,
    onLost: listener => void lostListeners.push(listener),
    onHint: options.onHint ?? (() => () => undefined),
  };
}
