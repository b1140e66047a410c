import { describe, expect, test } from 'vitest';
import type { SelfTestStep } from '#drivers/contract.ts';
import { type BoardTestParts, testBoard } from '#main/devices/board-self-test.ts';
import { boardTimeOf } from '#main/devices/board-time.ts';
import { ledBench, windowBoard } from '../../drivers/led/led-bench.ts';

const SECOND_MS = 1000;

function selfTestBench(brightness: number | null) {
  const board = { ...windowBoard(3), brightness };
  const bench = ledBench([3], { boards: [board] });
  const onShown: BoardTestParts['onShown'] = (boardId, text, task) => {
    let isOver = false;
    bench.bus.onShown(shown => {
      if (!isOver && shown.boardId === boardId && shown.text === text) task(shown.writtenAfterMs);
    });
    return () => {
      isOver = true;
    };
  };
  const told: string[] = [];
  const begin = () => {
    const ended: { steps: readonly SelfTestStep[] | null } = { steps: null };
    const onStep = (step: SelfTestStep) => void told.push(step.step);
    void testBoard({ bus: bench.bus, board, clock: bench.clock, onShown }, onStep).then(steps => {
      ended.steps = steps;
    });
    return ended;
  };
  return { ...bench, begin, told };
}

describe('self-test of a board', () => {
  test('[HW7] asks, shows the address for five seconds and then the right text again, sets the brightness', async () => {
    const bench = selfTestBench(9);
    bench.idle(3, '热情为您服务');
    await bench.clock.advance(3 * SECOND_MS);
    const seen: (string | null)[] = [];
    bench.simulator.onChange(() => seen.push(bench.textOn(3)));
    const ended = bench.begin();
    await bench.clock.advance(8 * SECOND_MS);
    expect(seen).toEqual(['3', '热情为您服务']);
    expect(ended.steps).toEqual([
      { step: 'ping', outcome: 'passed', code: null, facts: { answerMs: expect.any(Number) } },
      {
        step: 'show',
        outcome: 'passed',
        code: null,
        facts: { text: '3', writtenAfterMs: expect.any(Number) },
      },
      { step: 'brightness', outcome: 'passed', code: null, facts: { level: 9 } },
    ]);
    expect(bench.told).toEqual(['ping', 'show', 'brightness']);
  });

  test('[HW7] a call during the test is shown at once and stays', async () => {
    const bench = selfTestBench(null);
    bench.idle(3, '热情为您服务');
    await bench.clock.advance(3 * SECOND_MS);
    const ended = bench.begin();
    await bench.clock.advance(2 * SECOND_MS);
    bench.call(3, 'A001');
    await bench.clock.advance(SECOND_MS);
    expect(bench.shown.at(-1)?.text).toBe('A001');
    await bench.clock.advance(20 * SECOND_MS);
    expect(bench.textOn(3)).toBe('A001');
    expect(ended.steps?.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'ping passed',
      'show passed',
      'brightness skipped',
    ]);
  });

  test('[HW7] a board with nothing to show is dark again after the test', async () => {
    const bench = selfTestBench(null);
    await bench.clock.advance(SECOND_MS);
    bench.begin();
    await bench.clock.advance(2 * SECOND_MS);
    expect(bench.textOn(3)).toBe('3');
    await bench.clock.advance(8 * SECOND_MS);
    expect(bench.textOn(3)).toBe('');
  });

  test('[HW7] a dead board fails the first step with L201, and its text is left alone', async () => {
    const bench = selfTestBench(9);
    bench.idle(3, '热情为您服务');
    await bench.clock.advance(SECOND_MS);
    bench.simulator.setFault(3, 'dead', true);
    const ended = bench.begin();
    await bench.clock.advance(60 * SECOND_MS);
    expect(ended.steps).toEqual([{ step: 'ping', outcome: 'failed', code: 'L201', facts: {} }]);
    expect(bench.bus.wantedText('window-3', 0)?.text).toBe('热情为您服务');
  });

  test('[HW7] a port that is lost is named', async () => {
    const bench = selfTestBench(9);
    await bench.clock.advance(SECOND_MS);
    bench.line.unplug();
    const ended = bench.begin();
    await bench.clock.advance(60 * SECOND_MS);
    expect(ended.steps).toMatchObject([{ step: 'ping', outcome: 'failed', code: 'L203' }]);
  });

  test('[HW7] the clock of a board has Sunday as day 7', () => {
    expect(boardTimeOf(new Date(2025, 0, 5, 9, 30, 1))).toEqual({
      ...{ year: 2025, month: 1, day: 5, hour: 9, minute: 30, second: 1, weekday: 7 },
    });
  });
});
