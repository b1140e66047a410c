import { describe, expect, it } from 'vitest';
import { fail, ok } from '#core/wire/result.ts';
import type { FoundHidDevice } from '#drivers/keypad/hid-devices.ts';
import { findKeypads, type KeypadLists } from '#main/devices/find-keypads.ts';

const HID: FoundHidDevice = {
  vendorId: 0x1209,
  productId: 1,
  usagePage: 0xff00,
  usage: 1,
  interface: 0,
  serialNumber: 'S1',
  product: 'Rating keypad',
  path: '/dev/hidraw0',
};
const KEYBOARD: FoundHidDevice = { ...HID, productId: 3, usagePage: 1, usage: 6, path: 'keyboard' };

function lists(changes: Partial<KeypadLists> = {}): KeypadLists {
  return {
    hid: async () => ok([HID, KEYBOARD, { ...HID, path: null }]),
    serial: async () => [
      {
        path: 'COM4',
        manufacturer: 'wch.cn',
        serialNumber: undefined,
        pnpId: undefined,
        locationId: undefined,
        productId: '7523',
        vendorId: '1A86',
      } as never,
    ],
    platform: 'linux',
    mayUse: () => true,
    ...changes,
  };
}

describe('[HW7] finding keypads', () => {
  it('lists HID devices and serial ports, with what tells them apart', async () => {
    const found = await findKeypads(lists());
    expect(found.map(({ transport, path, readable }) => [transport, path, readable])).toEqual([
      ['hid', '/dev/hidraw0', true],
      ['hid', 'keyboard', true],
      ['serial', 'COM4', true],
    ]);
    expect(found[0]).toMatchObject({ vendorId: 0x1209, productId: 1, serialNumber: 'S1', usagePage: 0xff00 });
    expect(found[2]).toMatchObject({ vendorId: 0x1a86, productId: 0x7523, product: 'wch.cn' });
  });

  it('says which cannot be read, and why', async () => {
    const windows = await findKeypads(lists({ platform: 'win32' }));
    expect(windows.map(({ why }) => why)).toEqual([null, 'kept-by-system', null]);
    const locked = await findKeypads(lists({ mayUse: path => path === 'COM4' }));
    expect(locked.map(({ why }) => why)).toEqual(['no-permission', 'no-permission', null]);
  });

  it('a kind that cannot be listed has nothing in it', async () => {
    const noHid = await findKeypads(lists({ hid: async () => fail('K303') }));
    expect(noHid.map(({ transport }) => transport)).toEqual(['serial']);
    const noSerial = await findKeypads(lists({ serial: () => Promise.reject(new Error('no ports here')) }));
    expect(noSerial.map(({ transport }) => transport)).toEqual(['hid', 'hid']);
  });
});
