import { describe, expect, it } from 'vitest';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { KeypadAction, KeypadPress } from '#drivers/contract.ts';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { createShortcutPort } from '#drivers/keypad/shortcut-port.ts';
import { createSimulatedKeypad, type KeypadFault } from '#drivers/keypad/simulated-keypad.ts';
import { createHandClock } from '../hand-clock.ts';
import { bytes, hidProfile, profileOf } from './profiles.ts';

const VENDOR_PAGE = hidProfile('vendor-page');

function driverOf(
  parts: Omit<Parameters<typeof createKeypadDriver>[0], 'clock'>,
  clock = createHandClock(1000),
) {
  const driver = createKeypadDriver({ ...parts, clock });
  const presses: KeypadPress[] = [];
  const actions: KeypadAction[] = [];
  const healths: DeviceHealth[] = [];
  driver.onPress(press => presses.push(press));
  driver.onAction(action => actions.push(action));
  driver.onHealth(health => healths.push(health));
  return { clock, driver, presses, actions, healths };
}

async function started() {
  const clock = createHandClock(1000);
  const keypad = createSimulatedKeypad(VENDOR_PAGE, clock);
  const made = driverOf({ profile: VENDOR_PAGE, port: keypad.port }, clock);
  made.driver.start();
  await clock.advance(0);
  return { keypad, ...made };
}

describe('[HW4] what can be wrong with a keypad', () => {
  it('nonsense again and again warns with K305, and a quiet minute clears it', async () => {
    const { clock, driver, keypad, healths } = await started();
    for (let count = 0; count < 4; count += 1) keypad.send(bytes('01'));
    expect(healths.at(-1)?.code).toBeNull();
    keypad.send(bytes('01'));
    expect(healths.at(-1)).toEqual({ status: 'warning', code: 'K305' });
    expect(driver.malformedCount()).toBe(5);
    await clock.advance(59_999);
    expect(healths.at(-1)?.code).toBe('K305');
    await clock.advance(1);
    expect(healths.at(-1)).toEqual({ status: 'ready', code: null });
  });

  it('nonsense now and then is no alarm', async () => {
    const { clock, keypad, healths } = await started();
    for (let count = 0; count < 20; count += 1) {
      keypad.send(bytes('01'));
      await clock.advance(20_000);
    }
    expect(healths).toEqual([{ status: 'ready', code: null }]);
  });

  it.each<[KeypadFault, number[]]>([
    ['bounce', [2]],
    ['late', [2]],
    ['silent', []],
    ['malformed', []],
    ['unplugged-in-press', [2]],
  ])('[RT1] %s: a press counts at most once', async (fault, expected) => {
    const { clock, keypad, presses } = await started();
    keypad.setFault(fault);
    keypad.press(2);
    await clock.advance(5000);
    expect(presses.map(press => press.position)).toEqual(expected);
  });

  it('[RT1] pulled out with a key down and plugged in again: no second press, and the next one counts', async () => {
    const { clock, keypad, presses, healths } = await started();
    keypad.setFault('unplugged-in-press');
    keypad.press(4);
    expect(healths.at(-1)).toEqual({ status: 'down', code: 'K302' });
    keypad.plugIn();
    await clock.advance(300);
    expect(healths.at(-1)).toEqual({ status: 'ready', code: null });
    keypad.press(1);
    expect(presses.map(press => press.position)).toEqual([4, 1]);
  });

  it('a key that is held on a keypad without releases is stuck after 30 s of repeats (K307)', async () => {
    const profile = hidProfile('vendor-page', { edge: { kind: 'each', debounceMs: 150 } });
    const clock = createHandClock(1000);
    const keypad = createSimulatedKeypad(profile, clock);
    const { driver, presses, healths } = driverOf({ profile, port: keypad.port }, clock);
    driver.start();
    await clock.advance(0);
    for (let count = 0; count < 310; count += 1) {
      keypad.send(bytes('01 00 00 00 00 00 00 00'));
      await clock.advance(100);
    }
    expect(presses).toHaveLength(1);
    expect(healths.at(-1)).toEqual({ status: 'warning', code: 'K307' });
    await clock.advance(1500);
    expect(healths.at(-1)).toEqual({ status: 'ready', code: null });
  });
});

describe('[HW4] looking for a keypad that is away', () => {
  it('every 3 s for a minute, then more and more rarely, at least every 15 s', async () => {
    const { clock, driver, keypad } = await started();
    const attemptsAtMs: number[] = [];
    const open = keypad.port.open;
    keypad.port.open = () => {
      attemptsAtMs.push(clock.nowMs());
      return open();
    };
    keypad.setFault('missing');
    await clock.advance(600_000);
    const gaps = attemptsAtMs.slice(1).map((atMs, index) => atMs - (attemptsAtMs[index] ?? 0));
    expect(gaps.slice(0, 18).every(gap => gap === 3000)).toBe(true);
    expect(gaps.at(-1)).toBe(15_000);
    expect(attemptsAtMs.length).toBeLessThan(60);
    await driver.stop();
    const before = attemptsAtMs.length;
    await clock.advance(60_000);
    expect(attemptsAtMs).toHaveLength(before);
  });

  it('at once when something is plugged in, and quickly again from then on', async () => {
    const { clock, keypad, healths } = await started();
    keypad.setFault('missing');
    await clock.advance(300_000);
    keypad.plugIn();
    await clock.advance(300);
    expect(healths.at(-1)).toEqual({ status: 'ready', code: null });
  });

  it('shows what it should show when it is back, with its facts', async () => {
    const { clock, driver, keypad } = await started();
    await driver.prompt('please-rate');
    keypad.setFault('missing');
    expect(keypad.lastPrompt()).toBeNull();
    keypad.plugIn();
    await clock.advance(300);
    expect(keypad.lastPrompt()).toBe('please-rate');
  });

  it('[RT2] does not ask later for a rating that was refused as "keypad absent"', async () => {
    const { clock, driver, keypad } = await started();
    keypad.setFault('missing');
    expect(await driver.prompt('please-rate')).toBe(false);
    keypad.plugIn();
    await clock.advance(300);
    expect(keypad.lastPrompt()).toBeNull();
    keypad.setFault('missing');
    await driver.prompt('welcome');
    keypad.plugIn();
    await clock.advance(300);
    expect(keypad.lastPrompt()).toBe('welcome');
  });

  it('[RT2] tells whether customers can rate without being shown anything', async () => {
    const { driver } = await started();
    expect(driver.canRateUnprompted()).toBe(false);
    const numpad = hidProfile('numpad');
    const keypad = createSimulatedKeypad(numpad);
    const other = driverOf({ profile: numpad, port: keypad.port });
    expect(other.driver.canRateUnprompted()).toBe(false);
    other.driver.start();
    await other.clock.advance(0);
    expect(other.driver.canRateUnprompted()).toBe(true);
    keypad.setFault('missing');
    expect(other.driver.canRateUnprompted()).toBe(false);
  });
});

describe('[HW4] keypads set to F13–F24', () => {
  const profile = profileOf(SHIPPED_KEYPAD_PROFILES['shortcut-f13']);
  if (profile.transport !== 'keyboard-shortcut') throw new Error('shortcut-f13 must be for shortcuts');

  function systemKeys(taken: readonly string[] = []) {
    const held = new Map<string, () => void>();
    return {
      held,
      press: (key: string) => held.get(key)?.(),
      keys: {
        register(key: string, onPress: () => void) {
          if (taken.includes(key)) return false;
          held.set(key, onPress);
          return true;
        },
        unregister: (key: string) => void held.delete(key),
      },
    };
  }

  it('takes the keys, tells presses and actions, and gives the keys back', async () => {
    const { held, press, keys } = systemKeys();
    const { clock, driver, presses, actions, healths } = driverOf({
      profile,
      port: createShortcutPort(profile, keys),
    });
    driver.start();
    await clock.advance(0);
    expect(healths).toEqual([{ status: 'ready', code: null }]);
    expect([...held.keys()]).toEqual(['F13', 'F14', 'F15', 'F16', 'F17']);
    press('F15');
    await clock.advance(2000);
    press('F17');
    expect(presses.map(({ position }) => position)).toEqual([3]);
    expect(actions.map(({ action }) => action)).toEqual(['one-metre-line']);
    await driver.stop();
    expect(held.size).toBe(0);
  });

  it('[RT1] a key held down repeats; it counts once', async () => {
    const { press, keys } = systemKeys();
    const { clock, driver, presses } = driverOf({ profile, port: createShortcutPort(profile, keys) });
    driver.start();
    await clock.advance(0);
    press('F13');
    await clock.advance(1000);
    for (let count = 0; count < 50; count += 1) {
      press('F13');
      await clock.advance(33);
    }
    expect(presses).toHaveLength(1);
  });

  it('a key of another program: K310, and none of the others is kept', async () => {
    const { held, keys } = systemKeys(['F15']);
    const { clock, driver, healths } = driverOf({ profile, port: createShortcutPort(profile, keys) });
    driver.start();
    await clock.advance(0);
    expect(healths).toEqual([{ status: 'down', code: 'K310' }]);
    expect(driver.lastFailure()?.facts).toEqual({ key: 'F15' });
    expect(held.size).toBe(0);
    await driver.stop();
  });

  it('without the desktop program: K309', async () => {
    const { clock, driver, healths } = driverOf({ profile, port: createShortcutPort(profile, null) });
    driver.start();
    await clock.advance(0);
    expect(healths).toEqual([{ status: 'down', code: 'K309' }]);
    await driver.stop();
  });

  it('refuses one key for two levels, keys of ordinary keyboards, and levels beyond the list', () => {
    const json = SHIPPED_KEYPAD_PROFILES['shortcut-f13'];
    const rules =
      (...list: object[]) =>
      () =>
        profileOf(json, { rules: list });
    expect(rules({ key: 'F13', rating: 1 }, { key: 'F13', rating: 2 })).toThrow('rules.1.key');
    expect(rules({ key: 'F12', rating: 1 })).toThrow('rules.0');
    expect(rules({ key: 'F24', rating: 5 })).toThrow('beyond-levels');
    expect(profileOf(json, { rules: [{ key: 'F24', rating: 4 }] }).rules[0]).toMatchObject({
      all: [{ byte: 0, equals: 0x73 }],
    });
  });
});
