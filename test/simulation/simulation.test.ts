import { describe, expect, it } from 'vitest';
import { PLANTED_BUGS, type PlantedBug } from './bugs.ts';
import { runSchedule } from './world.ts';

/** Quick by default; `npm run test:simulate -- --seeds 10000` plays many more. */
const SCHEDULES = 200;
const SCHEDULES_PER_BUG = 1000;

describe('a branch of three to five PCs and head office under faults', () => {
  it(`[BR3][BR4][BR5][BR6] ${SCHEDULES} schedules: what was answered is there, no number twice, no ticket with two counters, one log in the end`, () => {
    const failed: string[] = [];
    for (let seed = 1; seed <= SCHEDULES; seed++)
      for (const violation of runSchedule(seed, null).violations) failed.push(`seed ${seed}: ${violation}`);
    expect(failed).toEqual([]);
  }, 120_000);

  it('a seed plays the same schedule again', () => {
    expect(runSchedule(77, null)).toEqual(runSchedule(77, null));
  });

  // Each of these breaks a rule when the named one of `core/replication` is taken away.
  it.each([
    [9, 'a replica cuts its log by a word that has been overtaken'],
    [12, 'a disk is full when somebody begins an epoch'],
    [15, 'two hosts of one epoch never meet, and what each recorded comes in parts'],
    [56, 'a standby that has asked to be named promises to leave'],
    [78, 'a standby on its way out is named'],
    [98, 'head office’s word reaches the named station by way of another one'],
    [109, 'a standby is named that has not caught up'],
    [116, 'a clock is set back a day'],
    [150, 'a standby of an epoch that is over asks to be named'],
    [212, 'a PC that took a broken one’s place is asked for what that had recorded alone'],
    [620, 'two hosts of one epoch meet'],
    [965, 'a removed PC hears that another of its name was named'],
    [1213, 'a host hears that a PC decides which was removed'],
    [2525, 'a PC that follows a person’s host had been named before'],
    [5270, 'a host goes on alone while it still keeps numbers of its own aside'],
    [7269, 'a PC that was to become the standby is removed'],
    [8882, 'a log is cut that had merged a part of what its station recorded alone'],
    [9154, 'a station takes over while it still keeps numbers of its own aside'],
    [38873, 'a host gives way to one that does not know that it was named'],
  ])('seed %i: %s', seed => {
    expect(runSchedule(seed, null).violations).toEqual([]);
  });

  it.each(Object.entries(PLANTED_BUGS) as [PlantedBug, string][])(
    'finds the planted mistake %s: %s',
    bug => {
      let found = 0;
      for (let seed = 1; seed <= SCHEDULES_PER_BUG && found === 0; seed++)
        if (runSchedule(seed, bug).violations.length > 0) found = seed;
      expect(found).toBeGreaterThan(0);
    },
    120_000,
  );
});
