import { SerialPort } from 'serialport';
import { type FoundHidDevice, isMatch, listHidDevices } from '#drivers/keypad/hid-devices.ts';
import { openWindowsSpooler } from '#drivers/printer/windows-spooler.ts';
import { answers, type Lookers, neighbours, usbPrinters } from './find-devices.ts';
import { listKeypadProfiles } from './keypad-profiles.ts';

/** From here on, what a HID device means is its maker's own business: keypads, and nothing a person types on. */
const FIRST_VENDOR_PAGE = 0xff00;
/** As the settings take it, and Windows, too. */
const LONGEST_PRINTER_NAME = 220;

/**
 * What this PC itself can tell. Windows' side of it (COM ports, spooler) was not tried on a real Windows.
 * @param levelCount length of the bank's list of rating levels, which profiles are read for
 */
export function thisPc(
  dataFolder: string,
  levelCount: () => number,
  openSpooler: typeof openWindowsSpooler = openWindowsSpooler,
): Lookers {
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
    async spoolerPrinters() {
      const spooler = await openSpooler();
      const names = spooler.ok ? await spooler.value.list() : spooler;
      if (!names.ok) throw new Error(names.error.code);
      return names.value.filter(name => name.length <= LONGEST_PRINTER_NAME);
    },
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
