import { accessSync, constants } from 'node:fs';
import { SerialPort } from 'serialport';
import type { DriverClock } from '#drivers/contract.ts';
import { type FoundHidDevice, isKeptBySystem, listHidDevices } from '#drivers/keypad/hid-devices.ts';
import type { KeypadPort } from '#drivers/keypad/keypad-port.ts';
import { type HidKeypadProfile, parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import type { LearntKey } from '#drivers/keypad/learn-keypad.ts';
import { toHidProfile, toSerialProfile } from '#drivers/keypad/learn-profile.ts';
import { type Learning, startLearning } from '#drivers/keypad/learn-session.ts';
import { createNodeHidPort } from '#drivers/keypad/node-hid-port.ts';
import { createRawSerialPort } from '#drivers/keypad/raw-serial-port.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';

/** Something plugged in that may be a rating keypad. */
export interface KeypadCandidate extends FoundHidDevice {
  readonly transport: 'hid' | 'serial';
  readonly path: string;
  /** Whether this program can read it as far as can be told without opening it; `why` says why not. */
  readonly readable: boolean;
  readonly why: 'kept-by-system' | 'no-permission' | null;
}

/** The lists a search looks through; replaceable in tests. */
export interface KeypadLists {
  readonly hid: typeof listHidDevices;
  readonly serial: () => Promise<Awaited<ReturnType<typeof SerialPort.list>>>;
  readonly platform: NodeJS.Platform;
  /** Whether this program may read and write a device node. */
  readonly mayUse: (path: string) => boolean;
}

const THIS_PC: KeypadLists = {
  hid: listHidDevices,
  serial: () => SerialPort.list(),
  platform: process.platform,
  mayUse,
};

/**
 * HID devices and serial ports of this PC, each once. Slow (it walks the bus): on request only. A kind that cannot be
 * listed has nothing in it.
 */
export async function findKeypads(lists: KeypadLists = THIS_PC): Promise<readonly KeypadCandidate[]> {
  const [hid, serial] = await Promise.all([lists.hid(), lists.serial().catch(() => [])]);
  const found: KeypadCandidate[] = [];
  for (const device of hid.ok ? hid.value : []) {
    if (device.path === null) continue;
    found.push({
      ...device,
      transport: 'hid',
      path: device.path,
      ...readability(device.path, device, lists),
    });
  }
  for (const port of serial)
    found.push({
      transport: 'serial',
      path: port.path,
      vendorId: numberOf(port.vendorId),
      productId: numberOf(port.productId),
      product: port.manufacturer ?? null,
      serialNumber: port.serialNumber ?? null,
      usagePage: null,
      usage: null,
      interface: null,
      ...readability(port.path, {}, lists),
    });
  return found;
}

export interface LearnRequest {
  readonly candidate: KeypadCandidate;
  /** Of the new profile. */
  readonly id: string;
  readonly title: string;
  /** Serial lines only. */
  readonly baudRate: number;
  readonly keys: readonly LearntKey['means'][];
  readonly levelCount: number;
}

/** Starts learn mode on a candidate whose driver, if it has one, is stopped. */
export function learnCandidate(request: LearnRequest, clock: DriverClock): Learning {
  const { candidate, id, title, baudRate, keys, levelCount } = request;
  const isHid = candidate.transport === 'hid';
  return startLearning({
    port: isHid ? hidPort(candidate) : serialPort(candidate.path, baudRate, clock),
    clock,
    keys,
    levelCount,
    toProfile: isHid ? toHidProfile({ id, title }, candidate) : toSerialProfile({ id, title }, baudRate),
  });
}

/** The port of one device by its path, whatever its keys: any valid rules do, since learning reads the reports. */
function hidPort(candidate: KeypadCandidate): KeypadPort {
  const made = toHidProfile({ id: 'learning', title: 'Learning' }, candidate)(
    [Uint8Array.of(0)],
    [{ means: { rating: 1 }, reports: [Uint8Array.of(1)] }],
  );
  const parsed = made.ok ? parseKeypadProfile(made.value, 6) : made;
  if (!parsed.ok) throw new Error(`a candidate's profile must be valid: ${parsed.error.code}`);
  return createNodeHidPort(parsed.value as HidKeypadProfile, { devicePath: candidate.path });
}

function serialPort(path: string, baudRate: number, clock: DriverClock): KeypadPort {
  const codes = { refused: 'K303', lost: 'K302' } as const;
  return createRawSerialPort(createSerialTransport({ path, baudRate, codes, simulatedBy: null }), clock);
}

function readability(
  path: string,
  device: Pick<Partial<FoundHidDevice>, 'usagePage' | 'usage'>,
  { platform, mayUse }: KeypadLists,
): Pick<KeypadCandidate, 'readable' | 'why'> {
  const why = isKeptBySystem(device, platform) ? 'kept-by-system' : mayUse(path) ? null : 'no-permission';
  return { readable: why === null, why };
}

/** Windows' names and libusb's are no files: only opening tells. */
function mayUse(path: string): boolean {
  if (!path.startsWith('/dev/')) return true;
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Serial ports give their USB ids in hex. */
function numberOf(hex: string | undefined): number {
  const value = Number.parseInt(hex ?? '', 16);
  return Number.isNaN(value) ? 0 : value;
}
