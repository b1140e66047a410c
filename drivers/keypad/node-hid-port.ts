import type { Device, HIDAsync } from 'node-hid';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { type KeypadPort, NATIVE_PART_MISSING } from './keypad-port.ts';
import type { HidKeypadProfile, HidMatch } from './keypad-profile.ts';

type NodeHid = Pick<typeof import('node-hid'), 'HIDAsync' | 'devicesAsync' | 'setDriverType'>;

export interface NodeHidPortOptions {
  /** Loads the library. The default imports it late, so that a machine without its native part still works. */
  readonly load?: () => Promise<NodeHid>;
  readonly platform?: NodeJS.Platform;
}

/** A HID device as found on this machine, for the set-up screen. */
export interface FoundHidDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly usagePage: number | null;
  readonly usage: number | null;
  readonly interface: number | null;
  readonly serialNumber: string | null;
  readonly product: string | null;
}

/** The Linux back end belongs to the process, not to a device: the first keypad looked for decides. */
let isBackendChosen = false;

/** A keypad reached through node-hid (README of node-hid 3.4, "Async API Usage"). */
export function createNodeHidPort(profile: HidKeypadProfile, options: NodeHidPortOptions = {}): KeypadPort {
  const load = options.load ?? loadNodeHid;
  const platform = options.platform ?? process.platform;
  const reportListeners: ((report: Uint8Array) => void)[] = [];
  const lostListeners: (() => void)[] = [];
  let device: HIDAsync | null = null;

  function lose(lost: HIDAsync): void {
    if (device !== lost) return;
    device = null;
    void lost.close().catch(() => undefined);
    for (const listener of lostListeners) listener();
  }

  return {
    async open(): Promise<Result<void>> {
      let library: NodeHid;
      let found: Device | undefined;
      try {
        library = await load();
        if (platform === 'linux' && !isBackendChosen) library.setDriverType(profile.open.linuxBackend);
        // The native part is loaded by the first call, not by the import.
        const { vendorId, productId } = profile.match;
        const devices = await library.devicesAsync(vendorId, productId);
        isBackendChosen = true;
        found = devices.find(candidate => isMatch(profile.match, candidate));
      } catch (error) {
        return fail('K303', { reason: NATIVE_PART_MISSING, detail: textOf(error) });
      }
      if (found?.path === undefined) return fail('K301');
      try {
        const opened = await library.HIDAsync.open(found.path);
        device = opened;
        opened.on('error', () => lose(opened));
        opened.on('data', (report: Uint8Array) => {
          if (device === opened) for (const listener of reportListeners) listener(report);
        });
        return ok(undefined);
      } catch (error) {
        return fail('K303', { reason: 'not-allowed-or-busy', detail: textOf(error) });
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
        return fail('K304', { reason: 'refused', detail: textOf(error) });
      }
    },

    async close(): Promise<void> {
      const open = device;
      device = null;
      await open?.close().catch(() => undefined);
    },

    onReport: listener => void reportListeners.push(listener),
    onMalformed: () => undefined,
    onLost: listener => void lostListeners.push(listener),
  };
}

/**
 * Lists the HID devices of this machine for the set-up screen. Slow: it walks the bus, so call it on request only,
 * and after the configured keypads were opened: on Linux the first call of the process settles the back end.
 * @returns the devices, or K303 when the library's native part does not load
 */
export async function listHidDevices(
  load: () => Promise<NodeHid> = loadNodeHid,
): Promise<Result<readonly FoundHidDevice[]>> {
  try {
    const devices = await (await load()).devicesAsync();
    return ok(
      devices.map(device => ({
        vendorId: device.vendorId,
        productId: device.productId,
        usagePage: device.usagePage ?? null,
        usage: device.usage ?? null,
        interface: device.interface < 0 ? null : device.interface,
        serialNumber: device.serialNumber ?? null,
        product: device.product ?? null,
      })),
    );
  } catch (error) {
    return fail('K303', { reason: NATIVE_PART_MISSING, detail: textOf(error) });
  }
}

/** Whether a listed device is the profile's. What the back end does not know (0 or −1) is not held against it. */
export function isMatch(match: HidMatch, device: Device): boolean {
  return (
    device.vendorId === match.vendorId &&
    device.productId === match.productId &&
    agrees(match.usagePage, device.usagePage) &&
    agrees(match.usage, device.usage) &&
    (match.interface === undefined || device.interface < 0 || device.interface === match.interface) &&
    (match.serialNumber === undefined || device.serialNumber === match.serialNumber)
  );
}

function agrees(wanted: number | undefined, known: number | undefined): boolean {
  return wanted === undefined || known === undefined || known === 0 || wanted === known;
}

async function loadNodeHid(): Promise<NodeHid> {
  // A CommonJS module: its functions are on the default export in every loader.
  return (await import('node-hid')).default as unknown as NodeHid;
}

function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
