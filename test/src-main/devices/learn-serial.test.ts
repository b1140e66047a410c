import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { initialKeypadState, readReport } from '#drivers/keypad/report-to-press.ts';
import { createSerialKeypadPort } from '#drivers/keypad/serial-keypad-port.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { createSimulatedSerialKeypad } from '#drivers/keypad/simulated-serial-keypad.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import { attachToMockPort } from '#drivers/simulated-port.ts';
import { findKeypadProfile } from '#main/devices/keypad-profiles.ts';
import { createLearnDesk } from '#main/devices/learn-desk.ts';
import { createHandClock } from '../../drivers/hand-clock.ts';
import { profileOf } from '../../drivers/keypad/profiles.ts';

/** Bytes cross a simulated serial port in real time; nothing here depends on how fast. */
const PATIENCE = { timeout: 20_000, interval: 2 };

let folder: string;
let ports = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-learn-serial-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A serial keypad nobody has described, on the simulated port of a learn desk. */
function openDesk(profileId = 'serial-stx') {
  const clock = createHandClock(1000);
  const profile = profileOf(SHIPPED_KEYPAD_PROFILES[profileId]);
  if (profile.transport !== 'serial') throw new Error(profileId);
  ports += 1;
  const keypad = createSimulatedSerialKeypad(profile, `simulated/learn-${ports}-own`, clock);
  const line = attachToMockPort(keypad.device, `simulated/learn-${ports}`);
  const openLine = (path: string, baudRate: number) =>
    createSerialTransport({
      path,
      baudRate,
      codes: { refused: 'K303', lost: 'K302' },
      simulatedBy: line.simulatedBy,
    });
  let heard = 0;
  const desk = createLearnDesk({
    dataFolder: folder,
    clock,
    levelCount: () => 4,
    onChange: () => undefined,
    serialLine(path, baudRate) {
      const transport = openLine(path, baudRate);
      transport.onData(bytes => {
        heard += bytes.length;
      });
      return transport;
    },
  });
  const start = async (path = line.path) => {
    const order = { address: path, profileId: 'our-serial', baudRate: 9600 };
    expect(await desk.start(order)).toEqual({ ok: true, value: undefined });
    await vi.waitFor(() => expect(desk.view()?.phase).not.toBe('opening'), PATIENCE);
    await clock.advance(1500);
  };
  const press = async (position: number) => {
    const before = heard;
    keypad.press(position);
    const frameBytes = profile.frame.length ?? 1;
    await vi.waitFor(() => expect(heard).toBeGreaterThanOrEqual(before + frameBytes), PATIENCE);
    await clock.advance(300);
  };
  const pressTwice = async (position: number) => {
    await press(position);
    await press(position);
    await clock.advance(600);
  };
  return { clock, desk, keypad, line, openLine, start, pressTwice };
}

it('[HW4] [HW7] an unknown serial keypad is learned key by key, and its presses count at once', async () => {
  const { desk, keypad, line, openLine, start, pressTwice } = openDesk();
  await start();
  for (const position of [1, 2, 3, 4]) {
    expect(desk.view()).toMatchObject({
      phase: 'key',
      key: position - 1,
      baudRate: 9600,
      address: line.path,
    });
    await pressTwice(position);
  }
  expect(desk.view()).toMatchObject({ phase: 'done', profileId: 'our-serial', code: null });

  const listed = findKeypadProfile(folder, 'our-serial', 4);
  if (!listed?.profile.ok || listed.profile.value.transport !== 'serial')
    throw new Error('no serial profile');
  const learned = listed.profile.value;
  expect(learned.match.baudRate).toBe(9600);
  const port = createSerialKeypadPort(learned, openLine(line.path, learned.match.baudRate));
  const positions: number[] = [];
  let state = initialKeypadState(learned);
  port.onReport(report => {
    const step = readReport(learned, state, report, positions.length * 1000);
    state = step.state;
    if (step.outcome.kind === 'press') positions.push(step.outcome.position);
  });
  expect((await port.open()).ok).toBe(true);
  for (const [count, position] of [3, 1, 4, 2].entries()) {
    keypad.press(position);
    await vi.waitFor(() => expect(positions).toHaveLength(count + 1), PATIENCE);
  }
  expect(positions).toEqual([3, 1, 4, 2]);
  await port.close();
});

it('[HW4] two keys that send the same are told apart by nobody: K311, and nothing is kept', async () => {
  const { desk, start, pressTwice } = openDesk();
  await start();
  for (const position of [1, 2, 2, 4]) await pressTwice(position);
  expect(desk.view()).toMatchObject({ phase: 'failed', code: 'K311' });
  expect(findKeypadProfile(folder, 'our-serial', 4)).toBeNull();
});

it('[HW4] nothing heard from a key within half a minute: K312, and nothing is kept', async () => {
  const { desk, clock, start, pressTwice } = openDesk();
  await start();
  await pressTwice(1);
  await clock.advance(31_000);
  expect(desk.view()).toMatchObject({ phase: 'failed', code: 'K312' });
  expect(findKeypadProfile(folder, 'our-serial', 4)).toBeNull();
});

it('[HW4] a port that cannot be opened says so, and another can be tried at once', async () => {
  const { desk, start } = openDesk();
  await desk.start({ address: 'simulated/no-such-port', profileId: 'our-serial', baudRate: 9600 });
  await vi.waitFor(() => expect(desk.view()).toMatchObject({ phase: 'failed', code: 'K303' }), PATIENCE);
  await start();
  expect(desk.view()).toMatchObject({ phase: 'key', key: 0 });
  await desk.stop();
  expect(desk.view()).toBeNull();
});
