import { expect, test } from 'vitest';
import { paintDots } from '../../../src-renderer/bench/picture-dots.ts';

function runsOf(bytes: readonly number[], widthDots: number, heightDots: number) {
  const runs: [number, number, number][] = [];
  const dots = Buffer.from(bytes).toString('base64');
  paintDots(dots, widthDots, heightDots, (...run) => runs.push(run));
  return runs;
}

test('[HW1] black dots of a printed picture are painted in runs, the highest bit left', () => {
  expect(runsOf([0b1000_0001, 0b1100_0000, 0, 0b0000_0001], 16, 2)).toEqual([
    [0, 0, 1],
    [7, 0, 3],
    [15, 1, 1],
  ]);
});

test('[HW1] bits beyond the width of a picture are no dots, and rows that are missing are white', () => {
  expect(runsOf([0xff, 0xff], 10, 3)).toEqual([[0, 0, 10]]);
  expect(runsOf([], 10, 3)).toEqual([]);
});
