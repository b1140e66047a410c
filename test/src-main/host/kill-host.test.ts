import { expect, test } from 'vitest';
import { killHosts, killLine } from '../../durability/kill-host.ts';
import { SEED } from '../../seed.ts';

const KILLS = 5;

/** The quick sister of `test/durability/kill-host.test.ts`. */
test(`[TK3][TK4][CS5] ${KILLS} times kill -9 of a working host: nothing lost, nothing twice (seed ${SEED})`, async () => {
  const summary = await killHosts(KILLS, SEED, 1);
  console.log(killLine(summary));
  expect(summary).toMatchObject({ kills: KILLS, lost: 0, double: 0, problems: [] });
  expect(summary.acknowledged).toBeGreaterThan(0);
}, 120_000);
