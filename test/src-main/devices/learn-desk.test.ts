import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fail, ok } from '#core/wire/result.ts';
import type { KeypadPort } from '#drivers/keypad/keypad-port.ts';
import { toHidProfile } from '#drivers/keypad/learn-profile.ts';
import { findKeypadProfile } from '#main/devices/keypad-profiles.ts';
import { createLearnDesk } from '#main/devices/learn-desk.ts';
import { createHandClock, settle } from '../../drivers/hand-clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-learn-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const DEVICE = { vendorId: 0x1209, productId: 7, usagePage: 0xff00, usage: 1, interface: null };

/** A desk whose only keypad is at `hid-1`. */
function openDesk() {
  const clock = createHandClock(1000);
  let tell: (report: Uint8Array) => void = () => undefined;
  const port: KeypadPort = {
    open: async () => ok(undefined),
    write: async () => ok(undefined),
    close: async () => undefined,
    onReport: listener => {
      tell = listener;
    },
    onMalformed: () => undefined,
    onLost: () => undefined,
  };
  const desk = createLearnDesk({
    dataFolder: folder,
    clock,
    levelCount: () => 4,
    onChange: () => undefined,
    openKeypad: async address =>
      address === 'hid-1' ? ok({ port, toProfile: names => toHidProfile(names, DEVICE) }) : fail('K301'),
  });
  return { clock, desk, send: (...report: number[]) => tell(Uint8Array.from(report)) };
}

it('[HW4] [HW7] a keypad is learned key by key, and its profile can be used at once', async () => {
  const { clock, desk, send } = openDesk();
  expect(await desk.start({ address: 'hid-1', profileId: 'our-keypad', baudRate: null })).toEqual(
    ok(undefined),
  );
  expect(await desk.start({ address: 'hid-1', profileId: 'twice', baudRate: null })).toMatchObject({
    error: { code: 'C919' },
  });
  await settle();
  expect(desk.view()).toMatchObject({ phase: 'hands-off', key: null });
  await clock.advance(1500);
  for (const key of [1, 2, 3, 4]) {
    expect(desk.view()).toMatchObject({ phase: 'key', key: key - 1, pressed: 0 });
    for (let time = 0; time < 2; time++) {
      send(key, 0);
      await clock.advance(150);
      send(0, 0);
      await clock.advance(300);
    }
    await clock.advance(600);
  }
  expect(desk.view()).toMatchObject({ phase: 'done', profileId: 'our-keypad', code: null });
  expect(findKeypadProfile(folder, 'our-keypad', 4)?.profile.ok).toBe(true);
  await desk.stop();
  expect(desk.view()).toBeNull();
});

it('[HW7] a keypad that has gone is told, and one nobody presses is given up', async () => {
  const { clock, desk } = openDesk();
  expect(await desk.start({ address: 'hid-2', profileId: 'our-keypad', baudRate: null })).toMatchObject({
    error: { code: 'K301' },
  });
  expect(desk.view()).toBeNull();
  await desk.start({ address: 'hid-1', profileId: 'our-keypad', baudRate: null });
  await settle();
  await clock.advance(40_000);
  expect(desk.view()).toMatchObject({ phase: 'failed', code: 'K312' });
  expect(findKeypadProfile(folder, 'our-keypad', 4)).toBeNull();
});
