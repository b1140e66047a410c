import type { Device } from 'node-hid';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { NATIVE_PART_MISSING } from './keypad-port.ts';
import type { HidMatch } from './keypad-profile.ts';

/** Finding HID devices of this machine and choosing the keypad among them. */

export type NodeHid = Pick<typeof import('node-hid'), 'HIDAsync' | 'devicesAsync' | 'setDriverType'>;

/** A HID device as found on this machine, for the set-up screen. */
export interface FoundHidDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly usagePage: number | null;
  readonly usage: number | null;
  readonly interface: number | null;
  readonly serialNumber: string | null;
  readonly product: string | null;
  readonly path: string | null;
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
        path: device.path ?? null,
      })),
    );
  } catch (error) {
    return fail('K303', { reason: NATIVE_PART_MISSING, detail: detailOf(error) });
  }
}

/**
 * Chooses the keypad a profile means among the listed devices.
 * @param wanted what the settings say about the one meant, where a PC has several of a model
 * @returns the device, K301 when there is none, K308 when several fit: a guess would rate the wrong counter
 */
export function chooseDevice(
  match: HidMatch,
  devices: readonly Device[],
  wanted: { readonly serialNumber?: string | undefined; readonly devicePath?: string | undefined } = {},
): Result<Device & { readonly path: string }> {
  const fitting = devices.filter(
    (device): device is Device & { path: string } =>
      device.path !== undefined &&
      isMatch(match, device) &&
      (wanted.serialNumber === undefined || device.serialNumber === wanted.serialNumber) &&
      (wanted.devicePath === undefined || device.path === wanted.devicePath),
  );
  const [chosen] = fitting;
  if (chosen === undefined) return fail('K301');
  // One device is listed once for each of its collections. The same collection twice is a second device.
  const twins = fitting.filter(
    device =>
      device.interface === chosen.interface &&
      device.usagePage === chosen.usagePage &&
      device.usage === chosen.usage,
  );
  const count = new Set(twins.map(device => device.path)).size;
  return count > 1 ? fail('K308', { count }) : ok(chosen);
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

/**
 * Whether the system keeps this collection to itself (10.1): Windows reads mice (01/01–02) and keyboards (01/06–07)
 * alone; they are listed, and opening them fails or hears nothing. Not tried on a real Windows PC.
 */
export function isKeptBySystem(
  device: { readonly usagePage?: number | null | undefined; readonly usage?: number | null | undefined },
  platform: NodeJS.Platform,
): boolean {
  return platform === 'win32' && device.usagePage === 1 && [1, 2, 6, 7].includes(device.usage ?? 0);
}

export async function loadNodeHid(): Promise<NodeHid> {
  // A CommonJS module: its functions are on the default export in every loader.
  return (await import('node-hid')).default as unknown as NodeHid;
}

/** What the library says, short enough for a log line. */
export function detailOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}

function agrees(wanted: number | undefined, known: number | undefined): boolean {
  return wanted === undefined || known === undefined || known === 0 || wanted === known;
}
