import { expect, test } from 'vitest';
import { SEED } from '../../seed.ts';
import { killCopies } from './kill-copies.ts';

const ROUNDS = 6;

test(`[BR3][BR6] ${ROUNDS} times kill -9 while batches are stored and moved aside (seed ${SEED})`, async () => {
  const { aside, copied } = await killCopies(ROUNDS, SEED);
  expect(aside).toBeGreaterThan(0);
  expect(copied).toBeGreaterThan(0);
}, 90_000);
