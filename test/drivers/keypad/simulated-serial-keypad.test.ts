import { describe, expect, it, vi } from 'vitest';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import type { KeypadFault } from '#drivers/keypad/simulated-keypad.ts';
import { createSimulatedSerialKeypad, frameOf } from '#drivers/keypad/simulated-serial-keypad.ts';
import { serialProfile } from './profiles.ts';

const PROMPTS = {
  welcome: 'AA 55 81 80',
  'please-rate': 'AA 55 82 81',
  thanks: 'AA 55 83 82',
  off: 'AA 55 80 7F',
};
/** Timers of the machine, on which no time passes: a slow machine must not make bounces of a key look far apart. */
const CLOCK = {
  nowMs: () => 1000,
  after(delayMs: number, task: () => void) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
let portsMade = 0;

vi.setConfig({ testTimeout: 60_000 });

async function started() {
  const profile = serialProfile('serial-aa55', { prompts: PROMPTS });
  portsMade += 1;
  const keypad = createSimulatedSerialKeypad(profile, `test/serial-keypad-${portsMade}`, CLOCK);
  const driver = createKeypadDriver({ profile, port: keypad.port, clock: CLOCK, reopenAfterMs: 20 });
  const presses: number[] = [];
  const healths: DeviceHealth[] = [];
  driver.onPress(press => presses.push(press.position));
  driver.onHealth(health => healths.push(health));
  driver.start();
  await expect.poll(() => healths.at(-1)?.status, { timeout: 20_000 }).toBe('ready');
  return { keypad, driver, presses, healths };
}

describe('[HW4] simulated serial keypads speak the bytes of real ones', () => {
  it('sends the vectors of 10.4', () => {
    const frame = (id: string, position: number) => {
      const profile = serialProfile(id);
      const rule = profile.rules[position - 1];
      if (!rule) throw new Error('a rule for every level');
      return [...frameOf(profile, rule)]
        .map(byte => byte.toString(16).toUpperCase().padStart(2, '0'))
        .join(' ');
    };
    expect(frame('serial-ascii', 1)).toBe('31 0D 0A');
    expect(frame('serial-aa55', 3)).toBe('AA 55 03 02');
    expect(frame('serial-stx', 2)).toBe('02 32 32 03');
  });

  it.each<[KeypadFault | null, number[]]>([
    [null, [2]],
    ['split', [2]],
    ['bounce', [2]],
    ['stuck', [2]],
    ['late', [2]],
    ['silent', []],
    ['malformed', []],
  ])('[RT1] fault %s: presses %j, and the press after it counts', async (fault, expected) => {
    const { keypad, driver, presses } = await started();
    try {
      keypad.setFault(fault);
      keypad.press(2);
      if (fault === 'malformed')
        await expect.poll(driver.malformedCount, { timeout: 20_000 }).toBeGreaterThan(0);
      else if (expected.length > 0) await expect.poll(() => presses, { timeout: 20_000 }).toEqual(expected);
      keypad.setFault(null);
      keypad.press(1);
      await expect.poll(() => presses, { timeout: 20_000 }).toEqual([...expected, 1]);
    } finally {
      await driver.stop();
    }
  });

  it('a prompt it does not take is lost unnoticed, as on a real line', async () => {
    const { keypad, driver } = await started();
    try {
      expect(await driver.prompt('thanks')).toBe(true);
      await expect.poll(keypad.lastPrompt, { timeout: 20_000 }).toBe('thanks');
      keypad.setFault('prompt-lost');
      expect(await driver.prompt('off')).toBe(true);
      expect(keypad.lastPrompt()).toBe('thanks');
    } finally {
      await driver.stop();
    }
  });

  it('pulled out in the middle of a frame: no press, lost, found again, and the next press counts', async () => {
    const { keypad, driver, presses, healths } = await started();
    try {
      keypad.setFault('unplugged-in-press');
      keypad.press(3);
      await expect.poll(() => healths.at(-1)?.code, { timeout: 20_000 }).toBe('K302');
      keypad.plugIn();
      await expect.poll(() => healths.at(-1)?.status, { timeout: 20_000 }).toBe('ready');
      keypad.press(4);
      await expect.poll(() => presses, { timeout: 20_000 }).toEqual([4]);
    } finally {
      await driver.stop();
    }
  });
});
