import { expect, test } from 'vitest';
import { LedBus } from '#drivers/led/led-bus.ts';
import { LED_BUS_DEFAULTS, wireTimeMs } from '#drivers/led/led-settings.ts';
import { createLedSimulator } from '#drivers/led/simulator/led-simulator.ts';
import { createHandClock } from '../hand-clock.ts';
import { boardText, windowBoard } from './led-bench.ts';
import { chooseSeed, createRandom } from './random.ts';
import { wireLine } from './wire-line.ts';

const BAUD_RATE = 9600;
const CARD_MS = 10;
const SECOND_MS = 1000;
const ADDRESSES = Array.from({ length: 24 }, (_, index) => index + 1);
/** Boards that die, and when in the minute: one before it begins. */
const DIES_AT_MS = new Map([
  [5, -SECOND_MS],
  [11, 15 * SECOND_MS],
  [17, 30 * SECOND_MS],
]);
/** A call's frame with text and escapes, the card's answer, and the gap of the bus. */
const EXCHANGE_MS = wireTimeMs(80, BAUD_RATE) + CARD_MS + wireTimeMs(31, BAUD_RATE) + 5;

interface Call {
  readonly address: number;
  readonly text: string;
  readonly askedMs: number;
  writtenMs: number | null;
}

/** One minute of calls for random boards, then quiet; virtual time, a line that takes real transfer time. */
async function playMinute(callsASecond: number, seed: number) {
  const random = createRandom(seed);
  const clock = createHandClock();
  const simulator = createLedSimulator({ addresses: ADDRESSES, clock });
  const line = wireLine(simulator, clock, BAUD_RATE, CARD_MS);
  const settings = { ...LED_BUS_DEFAULTS, boards: ADDRESSES.map(windowBoard), baudRate: BAUD_RATE };
  const bus = new LedBus(line, clock, settings);
  const calls = new Map<string, Call>();
  bus.onShown(({ text, writtenAfterMs }) => {
    const call = calls.get(text);
    if (call !== undefined) call.writtenMs = call.askedMs + writtenAfterMs;
  });
  bus.start();
  for (const address of ADDRESSES) bus.show(boardText(address, '热情为您服务', 'idle', 'still'));
  await clock.advance(30 * SECOND_MS);
  const startMs = clock.nowMs();
  for (const [address, afterMs] of DIES_AT_MS)
    clock.after(Math.max(0, afterMs), () => simulator.setFault(address, 'dead', true));
  for (let number = 0; number < 60 * callsASecond; number += 1) {
    const address = 1 + random.below(ADDRESSES.length);
    const text = `A${String(number).padStart(3, '0')}`;
    calls.set(text, { address, text, askedMs: clock.nowMs(), writtenMs: null });
    bus.show(boardText(address, text, 'call', 'flash'));
    await clock.advance(SECOND_MS / callsASecond);
  }
  const minuteSent = line.sent.filter(({ startedMs }) => startedMs >= startMs);
  await clock.advance(90 * SECOND_MS);
  const texts = new Map(simulator.boards().map(board => [board.address, board.areas[0]?.text ?? null]));
  const isDead = (address: number, atMs: number) => atMs - startMs >= (DIES_AT_MS.get(address) ?? Infinity);
  const deadTurns = line.sent
    .filter(({ bytes, endedMs }) => isDead(addressOf(bytes), endedMs))
    .map(({ bytes, startedMs, endedMs }) => ({
      address: addressOf(bytes),
      startedMs,
      endedMs: endedMs + settings.answerTimeoutMs,
    }));
  await bus.stop();
  simulator.stop();
  return { calls: [...calls.values()], line, minuteSent, texts, deadTurns };
}

function addressOf(bytes: Uint8Array): number {
  return (bytes[8] ?? 0) + 256 * (bytes[9] ?? 0);
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

/** Milliseconds between `fromMs` and `toMs` that the line waited for dead boards. */
function deadTime(
  turns: readonly { startedMs: number; endedMs: number }[],
  fromMs: number,
  toMs: number,
): number {
  return turns.reduce(
    (sum, turn) => sum + Math.max(0, Math.min(toMs, turn.endedMs) - Math.max(fromMs, turn.startedMs)),
    0,
  );
}

test('[HW3] [PF2] 24 boards at 9600 baud, three of them dead, up to 10 calls a second for a minute', async () => {
  const seed = chooseSeed();
  const table: string[] = [
    `FOYER_SEED=${seed}; wire time of one call with its answer: ${EXCHANGE_MS.toFixed(0)} ms`,
    'calls/s  shown  replaced  p50 ms  p99 ms  longest ms  longest wait for one dead board ms  line busy',
  ];
  for (const callsASecond of [1, 4, 10]) {
    const { calls, line, minuteSent, texts, deadTurns } = await playMinute(callsASecond, seed);
    const where = `seed ${seed}, ${callsASecond} calls a second`;
    const live = calls.filter(({ address }) => !DIES_AT_MS.has(address));
    const shown = live.flatMap(call =>
      call.writtenMs === null ? [] : [{ ...call, writtenMs: call.writtenMs }],
    );
    const latest = new Map(live.map(call => [call.address, call]));
    for (const { address, text, writtenMs } of latest.values()) {
      expect(texts.get(address), `board ${address}, ${where}`).toBe(text);
      expect(writtenMs, `board ${address}, ${where}`).not.toBeNull();
    }
    expect(line.collisions, where).toBe(0);
    const deadWaits = [...DIES_AT_MS.keys()].flatMap(dead => {
      const turns = deadTurns.filter(({ address }) => address === dead);
      return shown.map(({ askedMs, writtenMs }) => deadTime(turns, askedMs, writtenMs));
    });
    const longestDeadWaitMs = Math.max(...deadWaits);
    // One time-out of each dead board, with the frame that asked for it.
    expect(longestDeadWaitMs, where).toBeLessThanOrEqual(LED_BUS_DEFAULTS.answerTimeoutMs + EXCHANGE_MS);
    const waitsMs = shown.map(({ askedMs, writtenMs }) => writtenMs - askedMs);
    // What a board waits at most: every other board's turn with its newest call and its flashing, and a dead one.
    expect(Math.max(...waitsMs), where).toBeLessThan(
      LED_BUS_DEFAULTS.answerTimeoutMs + 2 * ADDRESSES.length * EXCHANGE_MS + SECOND_MS,
    );
    const busyMs = minuteSent.reduce((sum, { startedMs, endedMs }) => sum + endedMs - startedMs, 0);
    table.push(
      [
        String(callsASecond).padStart(7),
        String(shown.length).padStart(6),
        String(live.length - shown.length).padStart(9),
        percentile(waitsMs, 0.5).toFixed(0).padStart(7),
        percentile(waitsMs, 0.99).toFixed(0).padStart(7),
        Math.max(...waitsMs)
          .toFixed(0)
          .padStart(11),
        longestDeadWaitMs.toFixed(0).padStart(35),
        `${((busyMs / 60_000) * 100).toFixed(0)} %`.padStart(10),
      ].join(' '),
    );
  }
  console.info(table.join('\n'));
});
