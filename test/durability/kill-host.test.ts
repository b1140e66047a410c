import { expect, test } from 'vitest';
import { SEED } from '../seed.ts';
import { killHosts, killLine } from './kill-host.ts';

const KILLS = 200;

test(`[TK3][TK4][CS5] ${KILLS} times kill -9 of a working host: nothing lost, nothing twice (seed ${SEED})`, async () => {
  const summary = await killHosts(KILLS, SEED, 2);
  console.log(killLine(summary));
  expect(summary).toMatchObject({ kills: KILLS, lost: 0, double: 0, problems: [] });
  // The hosts were really at work, and some really died while starting.
  expect(summary.acknowledged).toBeGreaterThan(5 * KILLS);
  expect(summary.killsDuringStart).toBeGreaterThan(0);
  expect(summary.uncertainPrints).toBeGreaterThan(0);
});
