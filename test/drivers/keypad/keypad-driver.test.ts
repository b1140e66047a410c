import { describe, expect, it } from 'vitest';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import { ok } from '#core/wire/result.ts';
import type { ByteTransport, KeypadPress } from '#drivers/contract.ts';
import { createKeypadDriver, type KeypadAction } from '#drivers/keypad/keypad-driver.ts';
import type { KeypadPort } from '#drivers/keypad/keypad-port.ts';
import type { HidKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { createNodeHidPort, isMatch, listHidDevices } from '#drivers/keypad/node-hid-port.ts';
import { createSerialKeypadPort } from '#drivers/keypad/serial-keypad-port.ts';
import { createSimulatedKeypad } from '#drivers/keypad/simulated-keypad.ts';
import { createHandClock, settle } from '../hand-clock.ts';
import { bytes, hidProfile, serialProfile } from './profiles.ts';

const VENDOR_PAGE = hidProfile('vendor-page');

function setUp(profile: HidKeypadProfile = VENDOR_PAGE) {
  const keypad = createSimulatedKeypad(profile);
  return { keypad, ...driverOn(profile, keypad.port) };
}

function driverOn(profile: Parameters<typeof createKeypadDriver>[0]['profile'], port: KeypadPort) {
  const clock = createHandClock(1000);
  const driver = createKeypadDriver({ profile, port, clock });
  const presses: KeypadPress[] = [];
  const actions: KeypadAction[] = [];
  const healths: DeviceHealth[] = [];
  driver.onPress(press => presses.push(press));
  driver.onAction(action => actions.push(action));
  driver.onHealth(health => healths.push(health));
  return { clock, driver, presses, actions, healths };
}

describe('[HW4] keypad driver on the simulator', () => {
  it('gives presses the time of their report, and tells actions apart', async () => {
    const { clock, driver, keypad, presses, actions } = setUp();
    driver.start();
    await clock.advance(500);
    keypad.press(2);
    keypad.pressAction('one-metre-line');
    expect(presses).toEqual([{ position: 2, atMs: 1500 }]);
    expect(actions).toEqual([{ action: 'one-metre-line', atMs: 1500 }]);
    expect(keypad.press(5)).toBe(false);
  });

  it('[RT2] a lost prompt is not delivered, warns, and the next one clears the warning', async () => {
    const { clock, driver, keypad, healths } = setUp();
    driver.start();
    await clock.advance(0);
    keypad.setFault('prompt-lost');
    expect(await driver.prompt('please-rate')).toBe(false);
    expect(keypad.lastPrompt()).toBeNull();
    expect(healths.at(-1)).toEqual({ status: 'warning', code: 'K304' });
    keypad.setFault(null);
    expect(await driver.prompt('please-rate')).toBe(true);
    expect(healths.at(-1)).toEqual({ status: 'ready', code: null });
  });

  it('a silent keypad gives no presses and no alarm; nothing is made up', async () => {
    const { clock, driver, keypad, presses, healths } = setUp();
    driver.start();
    await clock.advance(0);
    keypad.setFault('silent');
    keypad.press(1);
    await clock.advance(60_000);
    expect(presses).toEqual([]);
    expect(healths).toEqual([{ status: 'ready', code: null }]);
  });

  it('[RT1] a stuck key counts once, is reported after 30 s, and clears when let go', async () => {
    const { clock, driver, keypad, presses, healths } = setUp();
    driver.start();
    await clock.advance(0);
    keypad.setFault('stuck');
    keypad.press(4);
    await clock.advance(10_000);
    keypad.press(1);
    await clock.advance(19_999);
    expect(healths.at(-1)).toEqual({ status: 'ready', code: null });
    await clock.advance(1);
    expect(healths.at(-1)).toEqual({ status: 'warning', code: 'K307' });
    expect(presses.map(press => press.position)).toEqual([4]);
    keypad.setFault(null);
    expect(healths.at(-1)).toEqual({ status: 'ready', code: null });
    await clock.advance(1000);
    keypad.press(1);
    expect(presses.map(press => press.position)).toEqual([4, 1]);
  });

  it('looks again every 3 s, not faster, and keeps saying "lost" in between', async () => {
    const { clock, driver, keypad, healths } = setUp();
    let attempts = 0;
    const open = keypad.port.open;
    keypad.port.open = () => {
      attempts += 1;
      return open();
    };
    driver.start();
    await clock.advance(0);
    keypad.setFault('missing');
    await clock.advance(30_000);
    expect(attempts).toBe(11);
    expect(healths.map(health => health.code)).toEqual([null, 'K302']);
    expect(driver.lastFailure()).toEqual({ code: 'K302' });
    keypad.setFault(null);
    await clock.advance(3000);
    expect(healths.at(-1)).toEqual({ status: 'ready', code: null });
    expect(driver.lastFailure()).toBeNull();
  });

  it('counts malformed reports (K305)', async () => {
    const { clock, driver, keypad } = setUp();
    driver.start();
    await clock.advance(0);
    keypad.send(bytes('01'));
    keypad.send(bytes(''));
    expect(driver.malformedCount()).toBe(2);
  });

  it('a prompt the profile has no frame for is not delivered', async () => {
    const { clock, driver } = setUp(hidProfile('numpad'));
    driver.start();
    await clock.advance(0);
    expect(await driver.prompt('welcome')).toBe(false);
  });

  it('a write that never ends counts as not delivered after a second', async () => {
    const keypad = createSimulatedKeypad(VENDOR_PAGE);
    const { clock, driver, healths } = driverOn(VENDOR_PAGE, {
      ...keypad.port,
      write: () => new Promise(() => undefined),
    });
    driver.start();
    await clock.advance(0);
    const delivered = driver.prompt('thanks');
    await clock.advance(1000);
    expect(await delivered).toBe(false);
    expect(healths.at(-1)?.code).toBe('K304');
  });

  it('writes initWrites after every opening and again at keepAliveMs', async () => {
    const profile = hidProfile('vendor-page', {
      open: { initWrites: [{ kind: 'feature', hex: '05 01' }], keepAliveMs: 10_000 },
    });
    const keypad = createSimulatedKeypad(profile);
    const written: string[] = [];
    const { clock, driver } = driverOn(profile, {
      ...keypad.port,
      write(kind, frame) {
        written.push(`${kind} ${[...frame].join(' ')}`);
        return Promise.resolve(ok(undefined));
      },
    });
    driver.start();
    await clock.advance(20_000);
    expect(written).toEqual(['feature 5 1', 'feature 5 1', 'feature 5 1']);
    await driver.stop();
    await clock.advance(60_000);
    expect(written).toHaveLength(3);
  });

  it('a stop while opening closes what the opening brings', async () => {
    const keypad = createSimulatedKeypad(VENDOR_PAGE);
    let openEnds: () => void = () => undefined;
    const { driver, presses, healths } = driverOn(VENDOR_PAGE, {
      ...keypad.port,
      open: async () => {
        await new Promise<void>(resolve => {
          openEnds = resolve;
        });
        return keypad.port.open();
      },
    });
    driver.start();
    await driver.stop();
    openEnds();
    await settle();
    keypad.press(1);
    expect(presses).toEqual([]);
    expect(healths).toEqual([]);
  });
});

describe('[HW4] keypad driver on a serial line', () => {
  function line() {
    let toDriver: (data: Uint8Array) => void = () => undefined;
    let lose: () => void = () => undefined;
    const written: Uint8Array[] = [];
    const transport: ByteTransport = {
      open: async () => ok(undefined),
      write: async data => {
        written.push(data);
        return ok(undefined);
      },
      close: async () => undefined,
      onData: listener => {
        toDriver = listener;
      },
      onLost: listener => {
        lose = () => listener({ code: 'K302' });
      },
    };
    return { transport, written, send: (hex: string) => toDriver(bytes(hex)), lose: () => lose() };
  }

  it('reads frames in pieces, counts bad ones, and writes prompts', async () => {
    const profile = serialProfile('serial-aa55', { prompts: { thanks: 'AA 55 83 82' } });
    const { transport, written, send } = line();
    const { clock, driver, presses } = driverOn(profile, createSerialKeypadPort(profile, transport));
    driver.start();
    await clock.advance(0);
    send('AA 55');
    send('03 02');
    send('AA 55 03 03');
    expect(presses).toEqual([{ position: 3, atMs: 1000 }]);
    expect(driver.malformedCount()).toBe(1);
    expect(await driver.prompt('thanks')).toBe(true);
    expect(written).toEqual([bytes('AA 55 83 82')]);
  });

  it('a frame cut by a loss is not completed after it', async () => {
    const profile = serialProfile('serial-aa55');
    const { transport, send, lose } = line();
    const { clock, driver, presses, healths } = driverOn(profile, createSerialKeypadPort(profile, transport));
    driver.start();
    await clock.advance(0);
    send('AA 55 03');
    lose();
    expect(healths.at(-1)).toEqual({ status: 'down', code: 'K302' });
    await clock.advance(3000);
    send('02');
    expect(presses).toEqual([]);
    send('AA 55 02 01');
    expect(presses.map(press => press.position)).toEqual([2]);
  });
});

describe('[HW4] node-hid port', () => {
  const device = { vendorId: 0x1209, productId: 1, path: 'p', release: 0, interface: 0 };

  it('a machine where the native part cannot load says absent, K303 and why', async () => {
    const load = () => Promise.reject(new Error('no native build'));
    const { clock, driver, healths } = driverOn(VENDOR_PAGE, createNodeHidPort(VENDOR_PAGE, { load }));
    driver.start();
    await clock.advance(0);
    expect(healths).toEqual([{ status: 'absent', code: 'K303' }]);
    expect(driver.lastFailure()?.facts).toEqual({ reason: 'native-part-missing', detail: 'no native build' });
    expect(await listHidDevices(load)).toMatchObject({ ok: false, error: { code: 'K303' } });
  });

  it('a keypad that may not be opened is down with K303, one that is not listed absent with K301', async () => {
    let listed = [device];
    const load = async () => ({
      setDriverType: () => undefined,
      devicesAsync: async () => listed,
      HIDAsync: { open: () => Promise.reject(new Error('permission denied')) } as never,
    });
    const { clock, driver, healths } = driverOn(VENDOR_PAGE, createNodeHidPort(VENDOR_PAGE, { load }));
    driver.start();
    await clock.advance(0);
    expect(healths.at(-1)).toEqual({ status: 'down', code: 'K303' });
    listed = [];
    await clock.advance(3000);
    expect(healths.at(-1)).toEqual({ status: 'absent', code: 'K301' });
  });

  it('matches by what the profile asks for and the back end knows', () => {
    const match = { vendorId: 0x1209, productId: 1, usagePage: 0xff00, interface: 0 };
    expect(isMatch(match, { ...device, usagePage: 0xff00 })).toBe(true);
    expect(isMatch(match, { ...device, usagePage: 1 })).toBe(false);
    expect(isMatch(match, { ...device, usagePage: 0, interface: -1 })).toBe(true);
    expect(isMatch(match, { ...device, interface: 1 })).toBe(false);
    expect(isMatch(match, { ...device, productId: 2 })).toBe(false);
    expect(isMatch({ ...match, serialNumber: 'A' }, { ...device, serialNumber: 'B' })).toBe(false);
  });
});
