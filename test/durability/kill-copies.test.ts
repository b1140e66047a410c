import { expect, test } from 'vitest';
import { SEED } from '../seed.ts';
import { killCopies } from '../src-main/journal/kill-copies.ts';

const ROUNDS = 100;

test(`[BR3][BR6] ${ROUNDS} times kill -9 while batches are stored and moved aside (seed ${SEED})`, async () => {
  const { aside, copied } = await killCopies(ROUNDS, SEED);
  console.log(`${ROUNDS} kills: ${copied} events copied, ${aside} batches aside`);
  expect(aside).toBeGreaterThan(ROUNDS / 4);
});
