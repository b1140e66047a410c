import { describe, expect, test } from 'vitest';
import type { BoardText } from '#drivers/contract.ts';
import { wireTimeMs } from '#drivers/led/led-settings.ts';
import { pingData } from '#drivers/led/onbon-commands.ts';
import { encodeRequest } from '#drivers/led/onbon-frame.ts';
import { boardText, ledBench, toHex, windowBoard } from './led-bench.ts';

const SECOND_MS = 1000;

describe('LED bus: showing', () => {
  test('[DV1] a call flashes three times and then stays', async () => {
    const bench = ledBench([3]);
    await bench.clock.advance(SECOND_MS);
    const seen: (string | null)[] = [];
    bench.simulator.onChange(() => seen.push(bench.textOn(3)));
    bench.call(3, '请A023号');
    await bench.clock.advance(10 * SECOND_MS);
    expect(seen).toEqual(['请A023号', '', '请A023号', '', '请A023号', '', '请A023号']);
  });

  test('[DV1] a newer text ends the flashing of the older one', async () => {
    const bench = ledBench([3]);
    await bench.clock.advance(SECOND_MS);
    bench.call(3, 'A023');
    await bench.clock.advance(2500);
    const seen: (string | null)[] = [];
    bench.simulator.onChange(() => seen.push(bench.textOn(3)));
    bench.idle(3, 'A023 办理中');
    await bench.clock.advance(10 * SECOND_MS);
    expect(seen).toEqual(['A023 办理中']);
  });

  test('[DV1] a recall of the same number flashes again', async () => {
    const bench = ledBench([3]);
    bench.call(3, 'A023');
    await bench.clock.advance(10 * SECOND_MS);
    const updates = bench.simulator.updatesOf(3);
    bench.call(3, 'A023');
    await bench.clock.advance(8 * SECOND_MS);
    expect(bench.simulator.updatesOf(3) - updates).toBe(7);
  });

  test('[HW3] shown is told once, with the time to the last byte written', async () => {
    const bench = ledBench([3]);
    await bench.clock.advance(SECOND_MS);
    bench.call(3, 'A001');
    await bench.clock.advance(60 * SECOND_MS);
    const frame = bench.line.written[1];
    expect(bench.shown).toEqual([
      { boardId: 'window-3', area: 0, text: 'A001', writtenAfterMs: expect.any(Number) },
    ]);
    expect(bench.shown[0]?.writtenAfterMs).toBeCloseTo(wireTimeMs(frame?.bytes.length ?? 0, 9600));
  });

  test('[HW3] the same idle text again writes nothing', async () => {
    const bench = ledBench([3]);
    bench.idle(3, '暂停服务');
    await bench.clock.advance(SECOND_MS);
    bench.idle(3, '暂停服务');
    await bench.clock.advance(5 * SECOND_MS);
    expect(bench.simulator.updatesOf(3)).toBe(1);
  });

  test('[HW3] latest wins: texts replaced while they wait are never written', async () => {
    const bench = ledBench([3]);
    await bench.clock.advance(SECOND_MS);
    for (const text of ['A001', 'A002', 'A003', 'A004']) bench.idle(3, text);
    await bench.clock.advance(5 * SECOND_MS);
    // The first was on the line at once; of the rest only the newest is left.
    expect(bench.simulator.updatesOf(3)).toBe(2);
    expect(bench.shown.map(shown => shown.text)).toEqual(['A004']);
    expect(bench.textOn(3)).toBe('A004');
  });

  test('[HW3] calls go before idle texts and polls', async () => {
    const bench = ledBench([1, 2, 3, 4, 5]);
    await bench.clock.advance(3 * SECOND_MS);
    for (const address of [1, 2, 3, 4]) bench.idle(address, '热情为您服务');
    bench.call(5, 'A005');
    await bench.clock.advance(1);
    bench.call(4, 'A004');
    await bench.clock.advance(900);
    expect(bench.shown.map(shown => shown.text).slice(0, 3)).toEqual(['热情为您服务', 'A005', 'A004']);
  });

  test('[HW3] a board gets at most one update a second on average, a call does not wait for it', async () => {
    const bench = ledBench([3]);
    bench.idle(3, '热情为您服务');
    await bench.clock.advance(200);
    bench.call(3, 'A001');
    await bench.clock.advance(200);
    expect(bench.textOn(3)).toBe('A001');
    for (let n = 0; n < 100; n += 1) {
      bench.call(3, `A${n}`);
      await bench.clock.advance(100);
    }
    expect(bench.simulator.updatesOf(3)).toBeLessThanOrEqual(12);
  });

  test('[HW3] areas of one board that are due together share a frame', async () => {
    const board = windowBoard(3);
    const areas = [0, 1].map(
      id => ({ id, x: 64 * id, y: 0, width: 64, height: 16, fontHeight: 16, colour: null }) as const,
    );
    const bench = ledBench([3], { boards: [{ ...board, areas }] });
    await bench.clock.advance(SECOND_MS);
    const still = (area: number, text: string): BoardText => ({
      ...boardText(3, text, 'call', 'still'),
      area,
    });
    bench.call(3, 'first');
    bench.bus.show(still(0, 'A001'));
    bench.bus.show(still(1, '3号'));
    await bench.clock.advance(5 * SECOND_MS);
    expect(bench.simulator.boards()[0]?.areas.map(area => area.text)).toEqual(['A001', '3号']);
    expect(bench.simulator.updatesOf(3)).toBe(2);
  });

  test('[HW3] a text for an unknown board or area is reported and changes nothing', async () => {
    const bench = ledBench([3]);
    await bench.clock.advance(SECOND_MS);
    bench.bus.show(boardText(9, 'A001', 'call', 'still'));
    bench.bus.show({ ...boardText(3, 'A001', 'call', 'still'), area: 4 });
    await bench.clock.advance(5 * SECOND_MS);
    expect(bench.health.slice(-2).map(news => [news.boardId, news.health.code])).toEqual([
      ['window-9', 'C902'],
      ['window-3', 'C902'],
    ]);
    expect(bench.simulator.updatesOf(3)).toBe(0);
  });

  test('[HW3] a text the board cannot show whole is shown as far as it goes, with L206', async () => {
    const bench = ledBench([3]);
    bench.idle(3, '𠮷A001');
    await bench.clock.advance(SECOND_MS);
    expect(bench.textOn(3)).toBe('〓A001');
    expect(bench.healthOf('window-3')).toEqual({ status: 'warning', code: 'L206' });
    bench.idle(3, 'A001');
    await bench.clock.advance(2 * SECOND_MS);
    expect(bench.healthOf('window-3')).toEqual({ status: 'ready', code: null });
  });
});

describe('LED bus: a source that dies', () => {
  test('[DV5] a board keeps its text as long as the bus lives', async () => {
    const bench = ledBench([3]);
    bench.call(3, 'A023');
    await bench.clock.advance(10 * SECOND_MS);
    const seen = new Set<string | null>();
    bench.simulator.onChange(() => seen.add(bench.textOn(3)));
    await bench.clock.advance(10 * 60 * SECOND_MS);
    expect([...seen]).toEqual(['A023']);
  });

  test.each([
    ['call', 'A023'],
    ['idle', '热情为您服务'],
  ] as const)('[DV5] a board blanks itself 60 s after the %s text’s source died', async (priority, text) => {
    const bench = ledBench([3]);
    bench.bus.show(boardText(3, text, priority, 'still'));
    await bench.clock.advance(SECOND_MS);
    bench.line.cut();
    await bench.clock.advance(58 * SECOND_MS);
    expect(bench.textOn(3)).toBe(text);
    await bench.clock.advance(2 * SECOND_MS);
    expect(bench.textOn(3)).toBeNull();
  });

  test('[DV5] after a proper stop the boards blank themselves too', async () => {
    const bench = ledBench([3]);
    bench.idle(3, 'A023');
    await bench.clock.advance(SECOND_MS);
    await bench.bus.stop();
    await bench.clock.advance(60 * SECOND_MS);
    expect(bench.textOn(3)).toBeNull();
  });
});

describe('LED bus: boards that misbehave', () => {
  test('[HW3] a silent board is asked three times, then down with L201, then polled every 30 s', async () => {
    const bench = ledBench([3]);
    bench.simulator.setFault(3, 'dead', true);
    bench.call(3, 'A001');
    await bench.clock.advance(7 * SECOND_MS);
    expect(bench.line.written).toHaveLength(3);
    expect(bench.healthOf('window-3')).toEqual({ status: 'down', code: 'L201' });
    await bench.clock.advance(60 * SECOND_MS);
    const polls = bench.line.written.slice(3);
    expect(polls.map(poll => toHex(poll.bytes))).toEqual(
      [0, 0].map(() => toHex(encodeRequest(3, pingData()))),
    );
    const apartMs = (polls[1]?.atMs ?? 0) - (polls[0]?.atMs ?? 0);
    expect(apartMs).toBeCloseTo(30 * SECOND_MS + wireTimeMs(polls[1]?.bytes.length ?? 0, 9600));
  });

  test('[HW3] a board that comes back gets its newest text, and the call is told as shown', async () => {
    const bench = ledBench([3]);
    bench.simulator.setFault(3, 'dead', true);
    bench.call(3, 'A001');
    await bench.clock.advance(10 * SECOND_MS);
    bench.call(3, 'A002');
    bench.simulator.setFault(3, 'dead', false);
    await bench.clock.advance(40 * SECOND_MS);
    expect(bench.textOn(3)).toBe('A002');
    expect(bench.healthOf('window-3')).toEqual({ status: 'ready', code: null });
    expect(bench.shown.map(shown => shown.text)).toEqual(['A002']);
  });

  test('[HW3] dead boards delay a live one by no more than one time-out', async () => {
    const dead = [1, 2, 3, 4];
    const bench = ledBench([...dead, 5]);
    await bench.clock.advance(SECOND_MS);
    for (const address of dead) bench.simulator.setFault(address, 'dead', true);
    for (let round = 0; round < 80; round += 1) {
      const dying = round % 10 === 0 ? dead[round / 10] : undefined;
      if (dying !== undefined) bench.call(dying, 'A000');
      bench.call(5, `A${round}`);
      await bench.clock.advance(3100 + 7 * round);
    }
    expect(bench.shown).toHaveLength(80);
    const longestMs = Math.max(...bench.shown.map(shown => shown.writtenAfterMs));
    // One frame of each of the two boards, the gap, and the time-out.
    expect(longestMs).toBeGreaterThan(2000);
    expect(longestMs).toBeLessThan(2000 + 2 * wireTimeMs(70, 9600) + 5);
    for (const address of dead) expect(bench.healthOf(`window-${address}`)?.code).toBe('L201');
  });

  test('[HW3] the echo of a two-wire adapter is not taken for an answer', async () => {
    const bench = ledBench([3, 4]);
    bench.simulator.setEcho(true);
    bench.simulator.setFault(4, 'dead', true);
    bench.call(3, 'A003');
    bench.call(4, 'A004');
    await bench.clock.advance(20 * SECOND_MS);
    expect(bench.shown.map(shown => shown.text)).toEqual(['A003']);
    expect(bench.healthOf('window-4')?.code).toBe('L201');
  });

  test('[HW3] an answer that comes byte by byte counts', async () => {
    const bench = ledBench([3]);
    bench.simulator.setFault(3, 'split', true);
    bench.call(3, 'A003');
    await bench.clock.advance(SECOND_MS);
    expect(bench.shown).toHaveLength(1);
  });

  test('[HW3] answers with a wrong checksum are no answers; the board is down with L205', async () => {
    const bench = ledBench([3]);
    bench.simulator.setFault(3, 'spoilt', true);
    bench.call(3, 'A003');
    await bench.clock.advance(10 * SECOND_MS);
    expect(bench.shown).toEqual([]);
    expect(bench.healthOf('window-3')).toEqual({ status: 'down', code: 'L205' });
  });

  test('[HW3] an answer that comes too late, during another board’s turn, is not taken for that board’s', async () => {
    const bench = ledBench([3, 4]);
    await bench.clock.advance(SECOND_MS);
    bench.simulator.setFault(3, 'late', true);
    bench.simulator.setFault(4, 'dead', true);
    bench.call(3, 'A003');
    await bench.clock.advance(100);
    bench.call(4, 'A004');
    await bench.clock.advance(4000);
    expect(bench.shown.filter(shown => shown.boardId === 'window-4')).toEqual([]);
  });

  test('[HW3] a busy board is tried again and then left until the next refresh, with L204', async () => {
    const bench = ledBench([3]);
    await bench.clock.advance(SECOND_MS);
    bench.simulator.setFault(3, 'busy', true);
    bench.call(3, 'A003');
    await bench.clock.advance(10 * SECOND_MS);
    expect(bench.line.written).toHaveLength(1 + 3);
    expect(bench.healthOf('window-3')).toEqual({ status: 'warning', code: 'L204' });
    bench.simulator.setFault(3, 'busy', false);
    await bench.clock.advance(20 * SECOND_MS);
    expect(bench.textOn(3)).toBe('A003');
    expect(bench.healthOf('window-3')).toEqual({ status: 'ready', code: null });
  });

  test('[HW3] a power cut at a board is mended by the next refresh', async () => {
    const bench = ledBench([3]);
    bench.idle(3, 'A003');
    await bench.clock.advance(SECOND_MS);
    bench.simulator.cutPower(3);
    expect(bench.textOn(3)).toBeNull();
    await bench.clock.advance(20 * SECOND_MS);
    expect(bench.textOn(3)).toBe('A003');
  });

  test('[HW3] requests keep the gap of the bus after each answer', async () => {
    const bench = ledBench([1, 2, 3]);
    await bench.clock.advance(SECOND_MS);
    const [first, second] = bench.line.written;
    const secondStartedMs = (second?.atMs ?? 0) - wireTimeMs(second?.bytes.length ?? 0, 9600);
    expect(secondStartedMs - (first?.atMs ?? 0)).toBeCloseTo(5);
  });
});

describe('LED bus: the port', () => {
  test('[HW3] a lost port is told for every board, opened again with growing waits, and the texts come back', async () => {
    const bench = ledBench([3, 4]);
    bench.idle(3, 'A003');
    bench.idle(4, 'A004');
    await bench.clock.advance(2 * SECOND_MS);
    bench.line.unplug();
    expect(['window-3', 'window-4'].map(id => bench.healthOf(id)?.code)).toEqual(['L203', 'L203']);
    bench.idle(4, 'A005');
    for (const address of [3, 4]) bench.simulator.cutPower(address);
    const lostMs = bench.clock.nowMs();
    await bench.clock.advance(20 * SECOND_MS);
    expect(bench.line.openings.slice(1).map(atMs => atMs - lostMs)).toEqual([500, 1500, 3500, 8500, 18_500]);
    expect(bench.healthOf('window-3')?.code).toBe('L202');
    bench.line.plugIn();
    await bench.clock.advance(10 * SECOND_MS);
    expect([bench.textOn(3), bench.textOn(4)]).toEqual(['A003', 'A005']);
    expect(['window-3', 'window-4'].map(id => bench.healthOf(id)?.status)).toEqual(['ready', 'ready']);
  });

  test('[HW3] a port lost in the middle of a frame does not stop the bus', async () => {
    const bench = ledBench([3]);
    await bench.clock.advance(SECOND_MS);
    bench.call(3, 'A003');
    await bench.clock.advance(10);
    bench.line.unplug();
    bench.line.plugIn();
    await bench.clock.advance(2 * SECOND_MS);
    expect(bench.shown.map(shown => shown.text)).toEqual(['A003']);
  });

  test('[HW3] a port that takes no bytes is given up and opened again', async () => {
    const bench = ledBench([3]);
    await bench.clock.advance(SECOND_MS);
    const write = bench.line.write;
    bench.line.write = () => new Promise(() => {});
    bench.call(3, 'A003');
    await bench.clock.advance(5200);
    expect(bench.healthOf('window-3')?.code).toBe('L203');
    bench.line.write = write;
    await bench.clock.advance(2 * SECOND_MS);
    expect(bench.shown.map(shown => shown.text)).toEqual(['A003']);
  });

  test('[HW3] after stop nothing is written any more', async () => {
    const bench = ledBench([3]);
    bench.call(3, 'A003');
    await bench.clock.advance(1500);
    await bench.bus.stop();
    const written = bench.line.written.length;
    bench.call(3, 'A004');
    await bench.clock.advance(60 * SECOND_MS);
    expect(bench.line.written).toHaveLength(written);
  });
});
