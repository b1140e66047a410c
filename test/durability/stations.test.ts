import { expect, test } from 'vitest';
import { SEED } from '../seed.ts';
import { killStations, stationKillLine } from './kill-stations.ts';

const KILLS = Number(process.env.FOYER_KILLS ?? 12);
/** By how much every patience is shorter than in a real branch; `FOYER_SCALE=1` measures real times. */
const SCALE = Number(process.env.FOYER_SCALE ?? 4);

test(
  `[BR3][BR4][BR5][BR6][CS5] five PCs, ${KILLS} times kill -9: nothing lost, nobody called twice (seed ${SEED})`,
  async () => {
    const summary = await killStations(KILLS, SEED, SCALE);
    console.log(stationKillLine(summary));
    expect(summary).toMatchObject({ kills: KILLS, lost: 0, doubleCalls: 0, problems: [] });
    expect(summary.acknowledged).toBeGreaterThan(5 * KILLS);
  },
  3 * 60 * 60_000,
);
