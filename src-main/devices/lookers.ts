import { SerialPort } from 'serialport';
import { type FoundHidDevice, isMatch, listHidDevices } from '#drivers/keypad/hid-devices.ts';
import { answers, type Lookers, neighbours, usbPrinters } from './find-devices.ts';
import { listKeypadProfiles } from './keypad-profiles.ts';

/** From here on, what a HID device means is its maker's own business: keypads, and nothing a person types on. */
const FIRST_VENDOR_PAGE = 0xff00;

/**
 * What this PC itself can tell. Windows' side of it (COM ports, spooler) was not tried on a real Windows.
 * @param levelCount length of the bank's list of rating levels, which profiles are read for
 */
export function thisPc(dataFolder: string, levelCount: () => number): Lookers {
  return {
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
      const profiles = listKeypadProfiles(dataFolder, levelCount());
      return listed.value.flatMap(device => {
        const { path } = device;
        const known = profiles.find(
          ({ profile }) =>
            profile.ok && profile.value.transport === 'hid' && isMatch(profile.value.match, toListed(device)),
        );
        if (path === null || (!known && (device.usagePage ?? 0) < FIRST_VENDOR_PAGE)) return [];
        return [{ path, label: device.product ?? '', profileId: known?.id ?? null }];
      });
    },
    usbPrinters,
    /** Listing needs rights a branch's PC need not give; a spooler printer is entered by its name. */
    spoolerPrinters: () => Promise.reject(new Error('not listed')),
    answers,
    neighbours,
  };
}

/** As node-hid lists it. */
function toListed(device: FoundHidDevice): Parameters<typeof isMatch>[1] {
  return {
    vendorId: device.vendorId,
    productId: device.productId,
    interface: device.interface ?? -1,
    release: 0,
    ...(device.usagePage === null ? {} : { usagePage: device.usagePage }),
    ...(device.usage === null ? {} : { usage: device.usage }),
  };
}
