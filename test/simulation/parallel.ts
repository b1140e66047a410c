import { Worker } from 'node:worker_threads';
import type { PlantedBug } from './bugs.ts';
import { Tally } from './faults.ts';
import { runSchedule, type ScheduleResult } from './world.ts';

export interface Sums {
  readonly answered: number;
  readonly takeOvers: number;
  readonly mostTakeOvers: number;
  readonly twoHosts: number;
  readonly lateMerged: number;
  readonly mostLateMerged: number;
}

export interface Played {
  /** In the order of their seeds. */
  readonly failed: readonly Pick<ScheduleResult, 'seed' | 'violations'>[];
  readonly tally: Tally;
  readonly sums: Sums;
}

/** What one thread plays: every `step`-th seed. */
export interface Share {
  readonly first: number;
  readonly end: number;
  readonly step: number;
  readonly bug: PlantedBug | null;
  /** The first failed schedule is enough. */
  readonly untilFound: boolean;
}

const NO_SUMS: Sums = {
  answered: 0,
  takeOvers: 0,
  mostTakeOvers: 0,
  twoHosts: 0,
  lateMerged: 0,
  mostLateMerged: 0,
};

/** Plays a share in this thread. */
export function playShare({ first, end, step, bug, untilFound }: Share): Played {
  const failed: Pick<ScheduleResult, 'seed' | 'violations'>[] = [];
  const tally = new Tally();
  let sums = NO_SUMS;
  for (let seed = first; seed < end; seed += step) {
    const result = runSchedule(seed, bug);
    tally.addAll(result.counts);
    sums = addSums(sums, {
      ...{ answered: result.answered, takeOvers: result.takeOvers, mostTakeOvers: result.takeOvers },
      ...{
        twoHosts: result.twoHosts ? 1 : 0,
        lateMerged: result.lateMerged,
        mostLateMerged: result.lateMerged,
      },
    });
    if (result.violations.length === 0) continue;
    failed.push({ seed, violations: result.violations });
    if (untilFound) break;
  }
  return { failed, tally, sums };
}

/** Plays `count` schedules from `first` on as many threads. The result does not depend on how many they are. */
export async function playInParallel(
  first: number,
  count: number,
  threads: number,
  bug: PlantedBug | null = null,
  untilFound = false,
): Promise<Played> {
  const shares = Array.from({ length: threads }, (_, index) => ({
    ...{ first: first + index, end: first + count, step: threads, bug, untilFound },
  }));
  const parts = await Promise.all(threads === 1 ? shares.map(playShare) : shares.map(playElsewhere));
  const tally = new Tally();
  let sums = NO_SUMS;
  for (const part of parts) {
    tally.addAll(part.tally.counts);
    sums = addSums(sums, part.sums);
  }
  const failed = parts.flatMap(part => part.failed).sort((a, b) => a.seed - b.seed);
  return { failed, tally, sums };
}

function playElsewhere(share: Share): Promise<Played> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: share });
    worker.once('error', reject);
    worker.once('message', ({ failed, counts, sums }) => {
      const tally = new Tally();
      tally.addAll(counts);
      resolve({ failed, tally, sums });
    });
  });
}

function addSums(a: Sums, b: Sums): Sums {
  return {
    answered: a.answered + b.answered,
    takeOvers: a.takeOvers + b.takeOvers,
    mostTakeOvers: Math.max(a.mostTakeOvers, b.mostTakeOvers),
    twoHosts: a.twoHosts + b.twoHosts,
    lateMerged: a.lateMerged + b.lateMerged,
    mostLateMerged: Math.max(a.mostLateMerged, b.mostLateMerged),
  };
}
