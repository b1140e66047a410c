import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { BoardShown, BoardText, LedBusDriver } from '#drivers/contract.ts';

/** A bus with at least one answering board, ready to start; made anew for each test. */
export interface LedContractBench {
  readonly bus: LedBusDriver;
  /** A board that answers, with an area 0 that shows `A001` on one line. */
  readonly boardId: string;
  /** A board of the same bus that is not there; null when the bench has none. */
  readonly absentBoardId: string | null;
  /** Longest time the bus may take to show a call, in milliseconds, without the flashes. */
  readonly patienceMs: number;
  /** What area 0 of `boardId` shows, null for nothing; absent on a real board, where only a person can look. */
  readonly textShown?: () => string | null;
  /** What boards without Chinese letters make of a text, null for nothing; absent: they show it as it is. */
  readonly shownAs?: (text: string) => string | null;
  /** Lets so much of the bench's time pass. */
  wait(forMs: number): Promise<void>;
  close(): Promise<void>;
}

/** What every LED bus promises (drivers/contract.ts), on whatever line `makeBench` puts it. */
export function ledContract(name: string, makeBench: () => Promise<LedContractBench>): void {
  describe(`LED bus contract: ${name}`, () => {
    let bench: LedContractBench;
    let shown: BoardShown[];
    let health: Map<string, DeviceHealth>;

    beforeEach(async () => {
      bench = await makeBench();
      shown = [];
      health = new Map();
      bench.bus.onShown(news => shown.push(news));
      bench.bus.onHealth((boardId, news) => health.set(boardId, news));
      bench.bus.start();
    });
    afterEach(async () => {
      await bench.bus.stop();
      await bench.close();
    });

    const text = (words: string, changes: Partial<BoardText> = {}): BoardText => ({
      boardId: bench.boardId,
      area: 0,
      text: words,
      priority: 'call',
      effect: 'still',
      ...changes,
    });

    const expectShown = (words: string): void => {
      if (bench.textShown) expect(bench.textShown()).toBe(bench.shownAs ? bench.shownAs(words) : words);
    };

    /** Waits until `condition` holds, or the patience is over. */
    const waitFor = async (condition: () => boolean): Promise<void> => {
      for (let waitedMs = 0; !condition() && waitedMs < bench.patienceMs; waitedMs += 20)
        await bench.wait(20);
      expect(condition(), 'in time').toBe(true);
    };

    test('[HW1] a board that answers is ready without being asked to show anything', async () => {
      await waitFor(() => health.get(bench.boardId)?.status === 'ready');
    });

    test('[HW1] a call is shown and told once, with its writing time', async () => {
      bench.bus.show(text('A001'));
      await waitFor(() => shown.length > 0);
      await bench.wait(100);
      expect(shown).toHaveLength(1);
      expect(shown[0]).toMatchObject({ boardId: bench.boardId, area: 0, text: 'A001' });
      expect(shown[0]?.writtenAfterMs).toBeGreaterThanOrEqual(0);
      expectShown('A001');
    });

    test('[HW1] Chinese text and stuffed bytes arrive whole', async () => {
      bench.bus.show(text('请Z[号'));
      await waitFor(() => shown.length > 0);
      expectShown('请Z[号');
    });

    test('[HW1] of many texts for one place the newest stays', async () => {
      for (const words of ['A001', 'A002', 'A003', 'A004']) bench.bus.show(text(words));
      await waitFor(() => shown.some(news => news.text === 'A004'));
      expect(shown.length).toBeLessThan(4);
      expectShown('A004');
    });

    test('[HW1] a board that is not there is down and does not keep the others from being served', async () => {
      const { absentBoardId } = bench;
      if (absentBoardId === null) return;
      bench.bus.show(text('A009', { boardId: absentBoardId }));
      bench.bus.show(text('A001'));
      await waitFor(() => shown.some(news => news.text === 'A001'));
      await waitFor(() => health.get(absentBoardId)?.code === 'L201');
      expect(shown.map(news => news.boardId)).toEqual([bench.boardId]);
    });

    test('[HW1] the bus can be stopped and started again', async () => {
      await waitFor(() => health.get(bench.boardId)?.status === 'ready');
      await bench.bus.stop();
      bench.bus.start();
      bench.bus.show(text('A001'));
      await waitFor(() => shown.length > 0);
    });
  });
}
