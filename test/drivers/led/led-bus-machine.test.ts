import { describe, expect, test } from 'vitest';
import {
  linkClosed,
  linkOpened,
  type NextStep,
  nextStep,
  requestStarted,
  requestWritten,
  textWanted,
} from '#drivers/led/led-bus-machine.ts';
import { type RequestOutcome, requestSettled } from '#drivers/led/led-bus-outcome.ts';
import { type BusState, healthOf, initialBus } from '#drivers/led/led-bus-state.ts';
import { checkLedBusSettings, LED_BUS_DEFAULTS, type LedBusSettings } from '#drivers/led/led-settings.ts';
import { boardText, windowBoard } from './led-bench.ts';
import { chooseSeed, createRandom, type Random } from './random.ts';

const SETTINGS: LedBusSettings = { ...LED_BUS_DEFAULTS, boards: [1, 2, 3].map(windowBoard) };
const WIRE_MS = 70;

/** Sends what is next and lets it end so; returns the request and the time after it. */
function carryOut(state: BusState, atMs: number, outcome: RequestOutcome) {
  const step = nextStep(state, atMs);
  if (step.kind !== 'send') throw new Error(`nothing to send at ${atMs}`);
  const writtenMs = atMs + WIRE_MS;
  const answeredMs = writtenMs + (outcome.kind === 'silent' ? SETTINGS.answerTimeoutMs : 35);
  const written = requestWritten(requestStarted(state, step.request), writtenMs);
  const settled = requestSettled(written, outcome, answeredMs);
  return { request: step.request, state: settled.state, shown: settled.shown, atMs: answeredMs + 5 };
}

/** A bus whose boards have all answered once, and the time then. */
function busOfLiveBoards(): { state: BusState; atMs: number } {
  let now = { state: linkOpened(initialBus(SETTINGS), 0), atMs: 0 };
  for (const _ of SETTINGS.boards) now = carryOut(now.state, now.atMs, { kind: 'ack' });
  return now;
}

function wanted(state: BusState, address: number, text: string, priority: 'call' | 'idle', atMs: number) {
  const effect = priority === 'call' ? 'flash' : 'still';
  return textWanted(state, boardText(address, text, priority, effect), true, atMs);
}

function target(step: NextStep): string {
  return step.kind === 'send' ? `${step.request.kind} ${step.request.boardId}` : `wait ${step.untilMs}`;
}

describe('LED bus rules', () => {
  test('[HW3] with the port closed nothing is sent', () => {
    const state = wanted(initialBus(SETTINGS), 1, 'A001', 'call', 0);
    expect(nextStep(state, 0)).toEqual({ kind: 'wait', untilMs: null });
    expect(nextStep(linkClosed(state, 'L203'), 0)).toEqual({ kind: 'wait', untilMs: null });
  });

  test('[HW3] one request at a time', () => {
    const { state, atMs } = busOfLiveBoards();
    const asked = wanted(wanted(state, 1, 'A001', 'call', atMs), 2, 'A002', 'call', atMs);
    const step = nextStep(asked, atMs);
    if (step.kind !== 'send') throw new Error('nothing to send');
    expect(nextStep(requestStarted(asked, step.request), atMs)).toEqual({ kind: 'wait', untilMs: null });
  });

  test('[HW3] order: new calls, flash steps, idle texts, refreshes, polls', () => {
    const start = busOfLiveBoards();
    let now = { ...start, state: wanted(start.state, 1, 'A001', 'call', start.atMs) };
    now = carryOut(now.state, now.atMs, { kind: 'ack' });
    const laterMs = now.atMs + 1100;
    let state = wanted(now.state, 2, '暂停服务', 'idle', laterMs);
    expect(target(nextStep(state, laterMs))).toBe('update window-1');
    state = wanted(state, 3, 'A003', 'call', laterMs);
    expect(target(nextStep(state, laterMs))).toBe('update window-3');
    const afterPolls = start.atMs + SETTINGS.pollEveryMs + 1;
    expect(target(nextStep(wanted(start.state, 2, '暂停服务', 'idle', afterPolls), afterPolls))).toBe(
      'update window-2',
    );
    expect(target(nextStep(start.state, afterPolls))).toBe('ping window-1');
  });

  test('[DV1] a call alternates text and blank, ends on the text, and is then refreshed', () => {
    const start = busOfLiveBoards();
    let state = wanted(start.state, 1, 'A001', 'call', start.atMs);
    const visible: boolean[] = [];
    const startedMs: number[] = [];
    for (let atMs = start.atMs; visible.length < 9; ) {
      const step = nextStep(state, atMs);
      if (step.kind === 'wait') {
        atMs = step.untilMs ?? Number.NaN;
        continue;
      }
      if (step.request.kind === 'update' && step.request.boardId === 'window-1') {
        visible.push(step.request.parts.every(part => part.visible));
        startedMs.push(atMs);
      }
      const done = carryOut(state, atMs, { kind: 'ack' });
      state = done.state;
      atMs = done.atMs;
    }
    expect(visible).toEqual([true, false, true, false, true, false, true, true, true]);
    const apartMs = startedMs.slice(1).map((atMs, index) => Math.round(atMs - (startedMs[index] ?? 0)));
    expect(apartMs).toEqual([1070, 1070, 1070, 1070, 1070, 1070, 20_070, 20_070]);
  });

  test('[HW3] a board that owes an answer waits behind all work for the others', () => {
    const start = busOfLiveBoards();
    const dying = carryOut(wanted(start.state, 1, 'A001', 'call', start.atMs), start.atMs, {
      kind: 'silent',
      damaged: false,
    });
    const state = wanted(dying.state, 2, '热情为您服务', 'idle', dying.atMs);
    expect(target(nextStep(state, dying.atMs))).toBe('update window-2');
  });

  test('[HW3] the answer to an older text does not make the newer one shown', () => {
    const start = busOfLiveBoards();
    const state = wanted(start.state, 1, 'A001', 'call', start.atMs);
    const step = nextStep(state, start.atMs);
    if (step.kind !== 'send') throw new Error('nothing to send');
    const onLine = wanted(requestStarted(state, step.request), 1, 'A002', 'call', start.atMs + 10);
    const settled = requestSettled(
      requestWritten(onLine, start.atMs + 70),
      { kind: 'ack' },
      start.atMs + 100,
    );
    expect(settled.shown).toEqual([]);
    expect(target(nextStep(settled.state, start.atMs + 110))).toBe('update window-1');
  });

  test('[HW3] 300 random lives of a bus: pacing, pings only when down, and the newest text in the end', () => {
    const seed = chooseSeed();
    console.info(`FOYER_SEED=${seed}`);
    const random = createRandom(seed);
    for (let round = 0; round < 300; round += 1) playRandomly(random, `seed ${seed}, round ${round}`);
  });
});

describe('LED bus settings', () => {
  const board = windowBoard(1);
  test.each<[string, Partial<LedBusSettings>]>([
    ['address', { boards: [board, { ...windowBoard(2), address: 1 }] }],
    ['address', { boards: [board, { ...windowBoard(2), address: 0xfffe }] }],
    ['address', { boards: [{ ...board, address: 0x8000 }] }],
    ['boardId', { boards: [board, { ...windowBoard(2), boardId: 'window-1' }] }],
    ['baudRate', { baudRate: 0 }],
    ['removeAfterS', { removeAfterS: 0 }],
    ['refreshEveryMs', { refreshEveryMs: 40_000 }],
    ['areas', { boards: [{ ...board, areas: [] }] }],
  ])('[HW3] a wrong %s is refused with C902', (field, changes) => {
    expect(checkLedBusSettings({ ...SETTINGS, ...changes })).toMatchObject({
      ok: false,
      error: { code: 'C902', facts: { field } },
    });
  });

  test('[HW3] the defaults pass, and FFFE for the only board', () => {
    expect(checkLedBusSettings(SETTINGS)).toEqual({ ok: true, value: SETTINGS });
    expect(checkLedBusSettings({ ...SETTINGS, boards: [{ ...board, address: 0xfffe }] }).ok).toBe(true);
  });
});

/** Texts at random times, answers of random quality; then a calm end in which everything must come right. */
function playRandomly(random: Random, where: string): void {
  const startsMs = new Map<string, number[]>();
  const newest = new Map<number, string>();
  let state = linkOpened(initialBus(SETTINGS), 0);
  let atMs = 0;
  const turns = 120;
  for (let turn = 0; turn < turns; turn += 1) {
    const calm = turn > turns / 2;
    if (!calm && random.below(3) === 0) {
      const address = 1 + random.below(3);
      newest.set(address, `A${turn}`);
      state = wanted(state, address, `A${turn}`, random.below(2) === 0 ? 'call' : 'idle', atMs);
    }
    if (!calm && random.below(40) === 0) state = linkOpened(linkClosed(state, 'L203'), atMs);
    const step = nextStep(state, atMs);
    if (step.kind === 'wait') {
      expect(step.untilMs, where).toBeGreaterThan(atMs);
      // Calm: sleep to the next step. Before: wake up at any time, as a new text does.
      atMs = calm ? (step.untilMs ?? atMs) : Math.min(step.untilMs ?? atMs, atMs + random.below(4000));
      continue;
    }
    const { request } = step;
    const board = state.boards.find(known => known.boardId === request.boardId);
    if (board?.presence === 'down') expect(request.kind, where).toBe('ping');
    if (request.kind === 'update') {
      startsMs.set(request.boardId, [...(startsMs.get(request.boardId) ?? []), atMs]);
      expect(request.parts.length, where).toBeGreaterThan(0);
    }
    const done = carryOut(state, atMs, calm ? { kind: 'ack' } : randomOutcome(random));
    state = done.state;
    atMs = done.atMs;
  }
  for (const times of startsMs.values()) {
    times.forEach((startMs, index) => {
      // One a second, and one more that a call may take early.
      const within = times.slice(index).filter(other => other - startMs < 5000).length;
      expect(within, where).toBeLessThanOrEqual(6);
    });
  }
  for (const [address, text] of newest) {
    const board = state.boards.find(known => known.boardId === `window-${address}`);
    expect(board?.places[0], where).toMatchObject({ shown: true, wanted: { text } });
    expect(board && healthOf(state, board), where).toEqual({ status: 'ready', code: null });
  }
}

function randomOutcome(random: Random): RequestOutcome {
  const kind = random.below(10);
  if (kind < 5) return { kind: 'ack' };
  if (kind < 7) return { kind: 'nack', error: random.below(17), passing: random.below(2) === 0 };
  return { kind: 'silent', damaged: random.below(2) === 0 };
}
