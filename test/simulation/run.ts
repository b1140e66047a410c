import { parseArgs } from 'node:util';
import { PLANTED_BUGS, type PlantedBug } from './bugs.ts';
import { playInParallel } from './parallel.ts';
import { bugLine, countLines } from './report.ts';
import { runSchedule } from './world.ts';

/**
 * `npm run test:simulate -- [--seeds N] [--first N] [--seed N] [--bugs] [--bug NAME] [--workers N]`: plays N schedules
 * of a whole branch under faults and checks what must hold (BR3 to BR6); prints what was done to it how often. `--seed`
 * replays one. `--bugs` plants each known mistake and tells after how many schedules it was found. Exit code 0: all as
 * it must be, and no fault that never happened in 10,000 schedules or more.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1000' },
      first: { type: 'string', default: '1' },
      seed: { type: 'string' },
      bugs: { type: 'boolean', default: false },
      bug: { type: 'string' },
      workers: { type: 'string', default: '2' },
    },
  });
  const bug = (values.bug ?? null) as PlantedBug | null;
  if (values.seed !== undefined) {
    const result = runSchedule(Number(values.seed), bug);
    console.log(JSON.stringify({ ...result, counts: Object.fromEntries(result.counts) }, null, 2));
    return result.violations.length === 0 ? 0 : 1;
  }
  const workers = Math.max(1, Number(values.workers));
  if (values.bugs) return findBugs(Number(values.seeds), workers);
  return playSchedules(Number(values.first), Number(values.seeds), workers, bug);
}

async function playSchedules(
  first: number,
  count: number,
  workers: number,
  bug: PlantedBug | null,
): Promise<number> {
  const { failed, tally, sums } = await playInParallel(first, count, workers, bug);
  for (const { seed, violations } of failed.slice(0, 20))
    console.log(`seed ${seed}: ${violations.slice(0, 4).join('; ')}`);
  const { lines, never } = countLines(tally);
  for (const line of lines) console.log(line);
  if (never.length > 0) console.log(`never happened: ${never.join(', ')}`);
  console.log(
    `schedules ${count} (seeds ${first} to ${first + count - 1}), failed ${failed.length}; commands answered ` +
      `${sums.answered}, hosts changed ${sums.takeOvers}, most in one schedule ${sums.mostTakeOvers}, schedules with two ` +
      `hosts ${sums.twoHosts}, late batches merged ${sums.lateMerged}, most in one schedule ${sums.mostLateMerged}`,
  );
  const isWide = count < 10_000 || never.length === 0;
  return failed.length === 0 && isWide ? 0 : 1;
}

async function findBugs(most: number, workers: number): Promise<number> {
  const bugs = Object.keys(PLANTED_BUGS) as PlantedBug[];
  let missed = 0;
  for (const bug of bugs) {
    const { failed } = await playInParallel(1, most, bug === bugs[0] ? workers : 1, bug, true);
    const [found] = failed;
    if (found === undefined) missed += 1;
    console.log(bugLine(bug, most, found));
  }
  console.log(`mistakes planted ${bugs.length}, found ${bugs.length - missed}`);
  return missed === 0 ? 0 : 1;
}

process.exitCode = await main();
