import { describe, expect, it } from 'vitest';
import { chooseDevice, isKeptBySystem } from '#drivers/keypad/hid-devices.ts';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import { createNodeHidPort, isHidKeypadThere } from '#drivers/keypad/node-hid-port.ts';
import { createHandClock } from '../hand-clock.ts';
import { hidProfile } from './profiles.ts';

const MATCH = { vendorId: 0x1209, productId: 1 };
const device = (path: string, more: object = {}) => ({
  vendorId: 0x1209,
  productId: 1,
  release: 0,
  interface: 0,
  usagePage: 0xff00,
  usage: 1,
  path,
  ...more,
});

/** node-hid with these devices; those opened may be listed again. */
function library(devices: readonly ReturnType<typeof device>[]) {
  const open: string[] = [];
  let calls = 0;
  return {
    open,
    calls: () => calls,
    load: async () => ({
      setDriverType: () => undefined,
      devicesAsync: async () => {
        calls += 1;
        return [...devices];
      },
      HIDAsync: {
        open: async (path: string) => {
          open.push(path);
          return { on: () => undefined, close: async () => void open.splice(open.indexOf(path), 1) };
        },
      } as never,
    }),
  };
}

describe('[HW4] several keypads of one model on one PC', () => {
  it('two that nothing tells apart: K308, never a guess', () => {
    expect(chooseDevice(MATCH, [device('a'), device('b')])).toEqual({
      ok: false,
      error: { code: 'K308', facts: { count: 2 } },
    });
  });

  it('told apart by serial number or by socket', () => {
    const twins = [device('a', { serialNumber: 'S1' }), device('b', { serialNumber: 'S2' })];
    expect(chooseDevice(MATCH, twins, { serialNumber: 'S2' })).toMatchObject({
      ok: true,
      value: { path: 'b' },
    });
    expect(chooseDevice(MATCH, twins, { devicePath: 'a' })).toMatchObject({ ok: true, value: { path: 'a' } });
    expect(chooseDevice(MATCH, twins, { serialNumber: 'S3' })).toMatchObject({ error: { code: 'K301' } });
    expect(chooseDevice({ ...MATCH, serialNumber: 'S1' }, twins)).toMatchObject({ value: { path: 'a' } });
  });

  it('cheap ones with the same serial number stay alike', () => {
    const twins = [device('a', { serialNumber: '1' }), device('b', { serialNumber: '1' })];
    expect(chooseDevice(MATCH, twins, { serialNumber: '1' })).toMatchObject({ error: { code: 'K308' } });
  });

  it('the collections of one keypad are one keypad', () => {
    const one = [device('a', { usage: 1 }), device('b', { usage: 2 }), device('c', { interface: 1 })];
    expect(chooseDevice(MATCH, one)).toMatchObject({ ok: true, value: { path: 'a' } });
    expect(chooseDevice(MATCH, [device('a'), device('a')])).toMatchObject({ ok: true, value: { path: 'a' } });
  });

  it('one that is open at another counter is not opened twice, and is free again after its loss or stop', async () => {
    const { load, open } = library([device('only')]);
    const profile = hidProfile('vendor-page');
    const clock = createHandClock();
    const [first, second] = [0, 1].map(() =>
      createKeypadDriver({ profile, port: createNodeHidPort(profile, { load }), clock }),
    );
    if (!first || !second) throw new Error('two drivers');
    first.start();
    await clock.advance(0);
    second.start();
    await clock.advance(0);
    expect(open).toEqual(['only']);
    expect(second.lastFailure()?.code).toBe('K301');
    expect(await isHidKeypadThere(profile, { load })).toBe(true);
    await first.stop();
    await clock.advance(3000);
    expect(second.isOpen()).toBe(true);
    expect(open).toEqual(['only']);
    await second.stop();
    expect(open).toEqual([]);
  });

  it('two ports that open at the same moment do not share a keypad', async () => {
    const { load, open } = library([device('one')]);
    const profile = hidProfile('vendor-page');
    const ports = [createNodeHidPort(profile, { load }), createNodeHidPort(profile, { load })];
    const opened = await Promise.all(ports.map(port => port.open()));
    expect(opened.filter(({ ok }) => ok)).toHaveLength(1);
    expect(open).toEqual(['one']);
    await Promise.all(ports.map(port => port.close()));
  });
});

describe('[HW4] keypads of keyboard type', () => {
  const keyboard = device('k', { usagePage: 1, usage: 6 });

  it('Windows keeps keyboards and mice to itself, and nothing else', () => {
    expect(isKeptBySystem(keyboard, 'win32')).toBe(true);
    expect(isKeptBySystem({ usagePage: 1, usage: 2 }, 'win32')).toBe(true);
    expect(isKeptBySystem({ usagePage: 1, usage: 5 }, 'win32')).toBe(false);
    expect(isKeptBySystem({ usagePage: 0x0c, usage: 1 }, 'win32')).toBe(false);
    expect(isKeptBySystem(keyboard, 'linux')).toBe(false);
  });

  it('are refused there with K313, not opened in vain', async () => {
    const { load, open } = library([keyboard]);
    const profile = hidProfile('numpad', { match: { vendorId: '1209', productId: '0001' } });
    const port = createNodeHidPort(profile, { load, platform: 'win32' });
    expect(await port.open()).toEqual({ ok: false, error: { code: 'K313' } });
    expect(open).toEqual([]);
  });
});
