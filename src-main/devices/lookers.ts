import { SerialPort } from 'serialport';
import { isMatch, listHidDevices } from '#drivers/keypad/hid-devices.ts';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { answers, type Lookers, neighbours, usbPrinters } from './find-devices.ts';

/** What this PC itself can tell. Windows' side of it (COM ports, spooler) was not tried on a real Windows. */
export const THIS_PC: Lookers = {
  async serialPorts() {
    const ports = await SerialPort.list();
    return ports.map(port => ({
      path: port.path,
      // Windows has a friendly name of its own; elsewhere the maker is all there is.
      label: ('friendlyName' in port ? String(port.friendlyName ?? '') : '') || (port.manufacturer ?? ''),
    }));
  },
  async keypads() {
    const listed = await listHidDevices();
    if (!listed.ok) throw new Error(listed.error.code);
    return listed.value.flatMap(device => {
      const profileId = profileOf(device);
      const path = device.path;
      return profileId === null || path === null ? [] : [{ path, label: device.product ?? '', profileId }];
    });
  },
  usbPrinters,
  /** Listing needs rights a branch's PC need not give; a spooler printer is entered by its name. */
  spoolerPrinters: () => Promise.reject(new Error('not listed')),
  answers,
  neighbours,
};

type HidDevice = Parameters<typeof isMatch>[1];

/** The shipped profile that knows a HID device, or null. */
function profileOf(device: {
  readonly vendorId: number;
  readonly productId: number;
  readonly usagePage: number | null;
  readonly usage: number | null;
  readonly interface: number | null;
}): string | null {
  const plain = {
    vendorId: device.vendorId,
    productId: device.productId,
    usagePage: device.usagePage ?? undefined,
    usage: device.usage ?? undefined,
    interface: device.interface ?? -1,
    release: 0,
  } as HidDevice;
  for (const [id, json] of Object.entries(SHIPPED_KEYPAD_PROFILES)) {
    const profile = parseKeypadProfile(json, 4);
    if (profile.ok && profile.value.transport === 'hid' && isMatch(profile.value.match, plain)) return id;
  }
  return null;
}
