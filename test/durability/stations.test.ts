import { expect, test } from 'vitest';
import { SEED } from '../seed.ts';
import { stationKillLine } from './check-stations.ts';
import { killStations } from './kill-stations.ts';

const KILLS = Number(process.env.FOYER_KILLS ?? 12);
/** A person decides in fewer of them: what is tried is the same but for who names the next host. */
const HAND_KILLS = Number(process.env.FOYER_HAND_KILLS ?? Math.ceil(KILLS / 4));
/** By how much every patience is shorter than in a real branch; `FOYER_SCALE=1` measures real times. */
const SCALE = Number(process.env.FOYER_SCALE ?? 4);

test.each([
  { decidedBy: 'head-office', kills: KILLS },
  { decidedBy: 'hand', kills: HAND_KILLS },
] as const)(
  `[BR3][BR4][BR5][BR6][CS5] five PCs, $kills times kill -9, $decidedBy decides: nothing lost, nobody called twice (seed ${SEED})`,
  async ({ decidedBy, kills }) => {
    const summary = await killStations({ kills, seed: SEED, scale: SCALE, decidedBy });
    console.log(`${decidedBy} decides: ${stationKillLine(summary)}`);
    expect(summary).toMatchObject({ kills, lost: 0, doubleCalls: 0, problems: [] });
    expect(summary.acknowledged).toBeGreaterThan(5 * kills);
  },
  3 * 60 * 60_000,
);
