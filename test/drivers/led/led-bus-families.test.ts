import { describe, expect, test } from 'vitest';
import type { BoardText } from '#drivers/contract.ts';
import { LedBus, type LedBusOptions } from '#drivers/led/led-bus.ts';
import type { LedAnswer, LedFrame, LedProtocol, LedRequest } from '#drivers/led/led-protocol.ts';
import { LED_BUS_DEFAULTS, type LedBusSettings, wireTimeMs } from '#drivers/led/led-settings.ts';
import { onbonProtocol } from '#drivers/led/onbon-protocol.ts';
import { createHandClock } from '../hand-clock.ts';
import { boardText, hex, windowBoard } from './led-bench.ts';

const SECOND_MS = 1000;
const TIME = { year: 2025, month: 1, day: 2, hour: 9, minute: 30, second: 0, weekday: 4 };

interface FamilyTraits {
  readonly answered: boolean;
  readonly ping: boolean;
  readonly flashesItself: boolean;
  readonly blanksItself: boolean;
  readonly extras: boolean;
  readonly partsPerFrame: number;
  readonly sayable: (request: LedRequest) => boolean;
}

/** A made-up family whose frames are JSON, so that a test reads what was written. An answer is one byte, 6. */
function madeUpFamily(traits: Partial<FamilyTraits>): LedProtocol {
  const { answered = true, ping = true, extras = true, partsPerFrame, sayable = () => true } = traits;
  return {
    id: 'made-up',
    answerTimeoutMs: 300,
    updateSpacingMs: 0,
    flashesItself: traits.flashesItself ?? false,
    blanksItself: traits.blanksItself ?? true,
    ...(partsPerFrame === undefined ? {} : { partsPerFrame }),
    encode(board, request): LedFrame | null {
      if ((request.kind === 'ping' && !ping) || !sayable(request)) return null;
      if (!extras && request.kind !== 'ping' && request.kind !== 'update') return null;
      const bytes = Buffer.from(JSON.stringify({ to: board.address, ...request }));
      return { bytes, answered, quietAfterMs: answered ? 0 : 50, complete: true };
    },
    createAnswerReader: () => ({
      expect() {},
      push: bytes => [...bytes].map((byte): LedAnswer => ({ kind: byte === 6 ? 'ack' : 'damaged' })),
    }),
  };
}

type Written = LedRequest & { to: number };

function familyBench(
  protocol: LedProtocol,
  changes: Partial<LedBusSettings> = {},
  options: Partial<LedBusOptions> = {},
) {
  const clock = createHandClock();
  const baudRate = 9600;
  const settings = { ...LED_BUS_DEFAULTS, updateSpacingMs: 0, boards: [3, 4].map(windowBoard), ...changes };
  const written: { readonly atMs: number; readonly bytes: Uint8Array }[] = [];
  const silent = new Set<number>();
  let answer: (bytes: Uint8Array) => void = () => {};
  const bus = new LedBus(
    {
      open: async () => ({ ok: true, value: undefined }),
      async write(bytes) {
        await new Promise<void>(resolve => clock.after(wireTimeMs(bytes.length, baudRate), resolve));
        written.push({ atMs: clock.nowMs(), bytes });
        const { to } = JSON.parse(Buffer.from(bytes).toString()) as Written;
        const answers = protocol.encode(windowBoard(to), {
          kind: 'update',
          parts: [],
          removeAfterS: 1,
        })?.answered;
        if (answers && !silent.has(to)) clock.after(5, () => answer(Uint8Array.of(6)));
        return { ok: true, value: undefined };
      },
      close: async () => {},
      onData: listener => {
        answer = listener;
      },
      onLost() {},
    },
    clock,
    settings,
    { protocol, ...options },
  );
  const health = new Map<string, string>();
  bus.onHealth((boardId, { status, code }) => health.set(boardId, `${status} ${code}`));
  const shown: string[] = [];
  bus.onShown(news => shown.push(news.text));
  bus.start();
  const requests = () => written.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as Written);
  const texts = () =>
    requests().flatMap(request =>
      request.kind === 'update'
        ? [request.parts.map(part => (part.visible ? `${part.text}/${part.effect}` : '')).join()]
        : [],
    );
  return {
    answer: (bytes: Uint8Array) => answer(bytes),
    ...{ clock, bus, health, shown, written, requests, texts, silent },
  };
}

const still = (address: number, text: string, changes: Partial<BoardText> = {}): BoardText => ({
  ...boardText(address, text, 'idle', 'still'),
  ...changes,
});

describe('LED bus: boards without a way back', () => {
  const noWayBack = madeUpFamily({ answered: false, ping: false });

  test('[HW3] such a board is never polled, its texts count as shown once written, and its health says L207', async () => {
    const bench = familyBench(noWayBack);
    await bench.clock.advance(10);
    expect(bench.health.get('window-3')).toBe('ready L207');
    bench.bus.show(still(3, 'A003'));
    await bench.clock.advance(15 * SECOND_MS);
    expect(bench.shown).toEqual(['A003']);
    expect(bench.health.get('window-3')).toBe('ready L207');
    expect(bench.requests().map(request => request.kind)).toEqual(['update']);
    await bench.clock.advance(10 * SECOND_MS);
    expect(bench.texts()).toEqual(['A003/still', 'A003/still']);
  });

  test('[HW3] the line stays quiet after a frame nobody answers', async () => {
    const bench = familyBench(noWayBack);
    bench.bus.show(still(3, 'A003'));
    bench.bus.show(still(4, 'A004'));
    await bench.clock.advance(SECOND_MS);
    const [first, second] = bench.written;
    const startedMs = (second?.atMs ?? 0) - wireTimeMs(second?.bytes.length ?? 0, 9600);
    expect(startedMs - (first?.atMs ?? 0)).toBeCloseTo(50);
  });

  test('[HW3] a family that answers texts and has no ping: a silent board is asked again with its text', async () => {
    const bench = familyBench(madeUpFamily({ ping: false }));
    bench.silent.add(3);
    bench.bus.show(still(3, 'A003'));
    bench.bus.show(still(4, 'A004'));
    await bench.clock.advance(40 * SECOND_MS);
    expect(bench.health).toEqual(
      new Map([
        ['window-4', 'ready null'],
        ['window-3', 'down L201'],
      ]),
    );
    bench.silent.clear();
    await bench.clock.advance(30 * SECOND_MS);
    expect(bench.health.get('window-3')).toBe('ready null');
    expect(bench.shown).toEqual(['A004', 'A003']);
  });
});

describe('LED bus: what a family can do', () => {
  test('[DV1] a board that flashes by itself is told so once, and then to stand still', async () => {
    const bench = familyBench(madeUpFamily({ flashesItself: true }));
    bench.bus.show(boardText(3, 'A003', 'call', 'flash'));
    await bench.clock.advance(15 * SECOND_MS);
    expect(bench.texts()).toEqual(['A003/flash', 'A003/still']);
    expect(bench.shown).toEqual(['A003']);
  });

  test('[HW3] a family with one area a frame gets one frame an area', async () => {
    const [board] = [windowBoard(3)];
    const areas = [0, 1].flatMap(id => board.areas.map(area => ({ ...area, id })));
    const bench = familyBench(madeUpFamily({ partsPerFrame: 1 }), { boards: [{ ...board, areas }] });
    bench.bus.show(still(3, 'first'));
    bench.bus.show(still(3, 'second', { area: 1 }));
    await bench.clock.advance(SECOND_MS);
    expect(bench.texts()).toEqual(['first/still', 'second/still']);
    expect(bench.shown).toEqual(['first', 'second']);
  });

  test('[HW3] a text the family has no bytes for is told with L206 and costs the line nothing', async () => {
    const sayable = (request: LedRequest) =>
      request.kind !== 'update' || request.parts.every(part => part.text !== '请');
    const bench = familyBench(madeUpFamily({ sayable }));
    bench.bus.show(still(3, '请'));
    await bench.clock.advance(SECOND_MS);
    expect(bench.health.get('window-3')).toBe('warning L206');
    expect(bench.texts()).toEqual([]);
    bench.bus.show(still(3, 'A003'));
    await bench.clock.advance(SECOND_MS);
    expect(bench.texts()).toEqual(['A003/still']);
    expect(bench.health.get('window-3')).toBe('ready null');
  });

  test('[HW3] two answers that come in one piece settle one request', async () => {
    const bench = familyBench(madeUpFamily({}));
    await bench.clock.advance(SECOND_MS);
    for (const address of [3, 4]) bench.silent.add(address);
    bench.bus.show(still(3, 'A003'));
    bench.bus.show(still(4, 'A004'));
    // The first text is on the line; its answer comes with another one.
    while (bench.texts().length === 0) await bench.clock.advance(1);
    bench.answer(Uint8Array.of(6, 6));
    await bench.clock.advance(10 * SECOND_MS);
    expect(bench.shown).toEqual(['A003']);
    expect(bench.health.get('window-4')).toBe('down L201');
  });

  test('[HW3] behind a serial server the time for the answer starts when the bytes are on the line', async () => {
    const clock = createHandClock();
    const protocol: LedProtocol = { ...onbonProtocol, answerTimeoutMs: 300 };
    const board = windowBoard(3);
    const settings = { ...LED_BUS_DEFAULTS, answerTimeoutMs: 300, baudRate: 1200, boards: [board] };
    const writtenMs: number[] = [];
    const bus = new LedBus(
      {
        open: async () => ({ ok: true, value: undefined }),
        async write() {
          writtenMs.push(clock.nowMs());
          return { ok: true, value: undefined };
        },
        close: async () => {},
        onData() {},
        onLost() {},
      },
      clock,
      settings,
      { protocol, writesAhead: true },
    );
    bus.start();
    await clock.advance(2 * SECOND_MS);
    const pingBytes = protocol.encode(board, { kind: 'ping' })?.bytes.length ?? 0;
    expect((writtenMs[1] ?? 0) - (writtenMs[0] ?? 0)).toBeCloseTo(
      wireTimeMs(pingBytes, 1200) + 300 + 32.1,
      0,
    );
    await bus.stop();
  });
});

describe('LED bus: clocks and brightness', () => {
  test('[HW3] the wanted brightness is set when a board is first heard and when it comes back, after its texts', async () => {
    const board = { ...windowBoard(3), brightness: 9 };
    const bench = familyBench(madeUpFamily({}), { boards: [board] });
    bench.bus.show(still(3, 'A003'));
    await bench.clock.advance(SECOND_MS);
    expect(bench.requests().map(request => request.kind)).toEqual(['update', 'brightness']);
    expect(bench.requests()[1]).toMatchObject({ to: 3, level: 9 });
    bench.silent.add(3);
    await bench.clock.advance(40 * SECOND_MS);
    expect(bench.health.get('window-3')).toBe('down L201');
    bench.silent.clear();
    await bench.clock.advance(60 * SECOND_MS);
    expect(bench.requests().filter(request => request.kind === 'brightness')).toHaveLength(2);
  });

  test('[HW3] clocks are set at the start and every hour', async () => {
    const bench = familyBench(madeUpFamily({}), {}, { boardTime: () => TIME });
    await bench.clock.advance(3590 * SECOND_MS);
    const times = () => bench.requests().filter(request => request.kind === 'time');
    expect(times()).toEqual([3, 4].map(to => ({ to, kind: 'time', time: TIME })));
    await bench.clock.advance(20 * SECOND_MS);
    expect(times()).toHaveLength(4);
  });

  test('[HW3] Onbon clocks are set by one broadcast, and the line rests before the next request', async () => {
    const frame = onbonProtocol.encodeForAll?.({ kind: 'time', time: TIME });
    expect(frame?.bytes).toEqual(
      hex('A5*8 FF FF 00 80 00 00 00 00 00 00 FE 02 0D 00 A2 03 01 00 00 25 20 01 02 09 30 00 04 72 8C 5A'),
    );
    expect(frame).toMatchObject({ answered: false });
    expect(frame?.quietAfterMs).toBeGreaterThanOrEqual(100);
    expect(frame?.quietAfterMs).toBeLessThanOrEqual(200);
  });

  test('[HW3] what somebody asks of a board is answered, or told as not sent', async () => {
    const bench = familyBench(madeUpFamily({}));
    await bench.clock.advance(SECOND_MS);
    const answers: unknown[] = [];
    void bench.bus.ask('window-3', { kind: 'power', on: false }).then(asked => answers.push(asked));
    await bench.clock.advance(SECOND_MS);
    expect(answers).toEqual([{ outcome: 'ack', answerMs: 5 }]);
    bench.silent.add(3);
    void bench.bus.ask('window-3', { kind: 'ping' }).then(asked => answers.push(asked));
    await bench.clock.advance(5 * SECOND_MS);
    expect(answers[1]).toEqual({ outcome: 'silent', answerMs: null });
    void bench.bus.ask('window-3', { kind: 'time' }).then(asked => answers.push(asked));
    void bench.bus.ask('window-9', { kind: 'ping' }).then(asked => answers.push(asked));
    void bench.bus.ask('window-3', { kind: 'ping' }).then(asked => answers.push(asked));
    await bench.bus.stop();
    await bench.clock.advance(0);
    expect(answers.slice(2)).toEqual(new Array(3).fill({ outcome: 'not-sent', answerMs: null }));
  });
});

describe('LED bus: the poll of a board that is down', () => {
  test('[HW3] holds a call up for half a second; every fourth one waits as long as ever, for slow boards', async () => {
    const bench = familyBench(madeUpFamily({}), { answerTimeoutMs: 2000, pollEveryMs: 10_000 });
    bench.silent.add(3);
    bench.bus.show(still(3, 'A003'));
    await bench.clock.advance(8 * SECOND_MS);
    expect(bench.health.get('window-3')).toBe('down L201');
    const pings = () =>
      bench.requests().filter(request => request.kind === 'ping' && request.to === 3).length;
    const waitsMs: number[] = [];
    for (let poll = 0; poll < 8; poll += 1) {
      const before = pings();
      while (pings() === before) await bench.clock.advance(10);
      const text = `B${poll}`;
      bench.bus.show(boardText(4, text, 'call', 'still'));
      const fromMs = bench.clock.nowMs();
      while (!bench.shown.includes(text)) await bench.clock.advance(10);
      waitsMs.push(bench.clock.nowMs() - fromMs);
    }
    expect(waitsMs.filter(waitMs => waitMs > 1900)).toHaveLength(2);
    expect(waitsMs.filter(waitMs => waitMs < 800)).toHaveLength(6);
  });
});

describe('LED bus: closing', () => {
  test('[DV5] boards that do not blank themselves are blanked when the bus closes', async () => {
    const bench = familyBench(madeUpFamily({ blanksItself: false }));
    bench.bus.show(still(3, 'A003'));
    await bench.clock.advance(5 * SECOND_MS);
    const stopped = bench.bus.stop();
    await bench.clock.advance(2 * SECOND_MS);
    await stopped;
    // Nothing was asked of window-4, so there is nothing to take off it.
    expect(bench.texts().at(-1)).toBe('/still');
    expect(bench.requests().at(-1)).toMatchObject({ to: 3 });
    expect(bench.shown).toEqual(['A003']);
  });

  test('[DV5] closing takes two seconds at most, and the texts are back after the next start', async () => {
    const bench = familyBench(madeUpFamily({ blanksItself: false }), { answerTimeoutMs: 900 });
    bench.bus.show(still(3, 'A003'));
    bench.bus.show(still(4, 'A004'));
    await bench.clock.advance(5 * SECOND_MS);
    bench.silent.add(3);
    bench.silent.add(4);
    let done = false;
    void bench.bus.stop().then(() => {
      done = true;
    });
    bench.bus.show(still(4, 'A005'));
    await bench.clock.advance(2 * SECOND_MS);
    expect(done).toBe(true);
    bench.silent.clear();
    const before = bench.texts().length;
    bench.bus.start();
    await bench.clock.advance(5 * SECOND_MS);
    expect(bench.texts().slice(before).sort()).toEqual(['A003/still', 'A005/still']);
  });
});
