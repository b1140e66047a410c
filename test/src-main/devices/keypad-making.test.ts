import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import { KeypadEntry } from '#core/wire/device-settings.ts';
import type { MakeParts } from '#main/devices/made-device.ts';
import { makeKeypad } from '#main/devices/make-keypad.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { openHardwareShop } from '#main/devices/simulated-hardware.ts';

const PATIENCE = { timeout: 20_000 };
let dataFolder: string;
const stopping: (() => Promise<unknown>)[] = [];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'foyer-keypads-'));
});
afterEach(async () => {
  await Promise.all(stopping.splice(0).map(stop => stop()));
  rmSync(dataFolder, { recursive: true, force: true });
});

function make(entry: object, more: Partial<MakeParts> = {}) {
  const hardware = openHardwareShop(SAMPLE_BANK, REAL_CLOCK);
  const full = KeypadEntry.parse({
    id: 'keypad-1',
    counterId: 'counter-1',
    profileId: 'vendor-page',
    ...entry,
  });
  const parts: MakeParts = { document: SAMPLE_BANK, clock: REAL_CLOCK, hardware, dataFolder, ...more };
  return makeKeypad(full, parts).then(made => ({ made, hardware }));
}

/** Made and started. */
async function started(entry: object, more: Partial<MakeParts> = {}) {
  const { made, hardware } = await make(entry, more);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const { keypad, device } = made.value;
  const healths: DeviceHealth[] = [];
  const presses: number[] = [];
  keypad.driver.onHealth(health => healths.push(health));
  keypad.driver.onPress(press => presses.push(press.position));
  keypad.driver.start();
  stopping.push(() => keypad.driver.stop());
  return { driver: keypad.driver, device, hardware, healths, presses };
}

describe('[HW4] keypads of every connection', () => {
  it.each([
    'vendor-page',
    'numpad',
    'serial-aa55',
    'serial-ascii',
    'serial-stx',
    'stream-deck-15',
    'x-keys-24',
  ])('simulated %s: every level reaches the branch, and its bytes the log', async profileId => {
    const { device, hardware, healths, presses } = await started({ profileId, connection: 'simulated' });
    await expect.poll(() => healths.at(-1)?.status, PATIENCE).toBe('ready');
    const [simulated] = hardware.keypads;
    const levels = [1, 2, 3, 4].filter(level => simulated?.simulator.press(level));
    await expect.poll(() => presses, PATIENCE).toEqual(levels);
    expect(levels.length).toBeGreaterThanOrEqual(3);
    expect(device.simulated).toBe(true);
    expect(device.log.lines().filter(({ kind }) => kind === 'in').length).toBeGreaterThanOrEqual(
      levels.length,
    );
  });

  it('system-wide keys: taken where there are some, K309 where there are none', async () => {
    const entry = { profileId: 'shortcut-f13', connection: { kind: 'shortcut' } };
    const without = await started(entry);
    await expect.poll(() => without.healths.at(-1)?.code, PATIENCE).toBe('K309');
    const held = new Map<string, () => void>();
    const systemWideKeys = {
      register: (key: string, onPress: () => void) => Boolean(held.set(key, onPress)),
      unregister: (key: string) => void held.delete(key),
    };
    const desktop = await started(entry, { systemWideKeys });
    await expect.poll(() => desktop.healths.at(-1)?.status, PATIENCE).toBe('ready');
    held.get('F14')?.();
    expect(desktop.presses).toEqual([2]);
    expect(desktop.driver.canRateUnprompted()).toBe(true);
  });

  it('a serial port that is not there: absent, K301', async () => {
    const connection = { kind: 'serial', path: '/dev/no-such-port' };
    const { healths } = await started({ profileId: 'serial-aa55', connection });
    await expect.poll(() => healths.at(-1), PATIENCE).toEqual({ status: 'absent', code: 'K301' });
  });

  it.each([
    ['hid profile on a serial line', { connection: { kind: 'serial', path: 'COM3' } }, 'K306'],
    ['serial profile on HID', { profileId: 'serial-aa55', connection: 'hid' }, 'K306'],
    ['shortcuts simulated', { profileId: 'shortcut-f13', connection: 'simulated' }, 'K306'],
    ['HID profile on the network', { connection: { kind: 'network', port: 9000, workNumber: '1' } }, 'K306'],
    ['no such profile', { profileId: 'nobody', connection: 'simulated' }, 'K306'],
    [
      'branch network without a key',
      {
        profileId: 'network-evaluator',
        connection: { kind: 'network', port: 9000, workNumber: '1', listen: 'branch-network' },
      },
      'C902',
    ],
  ])('%s is refused with %s', async (_title, entry, code) => {
    const { made } = await make(entry);
    expect(made).toMatchObject({ ok: false, error: { code } });
  });

  it('a bank’s wrong profile: that keypad is down with K306, and the program works', async () => {
    mkdirSync(join(dataFolder, 'keypad-profiles'));
    writeFileSync(join(dataFolder, 'keypad-profiles', 'ours.json'), '{ "id": "ours" }');
    const { driver, device, healths } = await started({ profileId: 'ours', connection: 'hid' });
    await expect.poll(() => healths.at(-1), PATIENCE).toEqual({ status: 'down', code: 'K306' });
    expect(await driver.prompt('please-rate')).toBe(false);
    expect(driver.canRateUnprompted()).toBe(false);
    expect(device.log.lines().map(({ text }) => text)).toContain('K306');
  });

  it('[HW7] a simulated keypad passes its self-test by pressing itself', async () => {
    const { device, healths } = await started({ profileId: 'serial-aa55', connection: 'simulated' });
    await expect.poll(() => healths.at(-1)?.status, PATIENCE).toBe('ready');
    const steps = await device.selfTest();
    expect(steps.map(({ step, outcome }) => [step, outcome])).toEqual([
      ['open', 'passed'],
      ['press', 'passed'],
    ]);
  });
});
