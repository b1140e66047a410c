import { describe, expect, it } from 'vitest';
import { PLANTED_BUGS, type PlantedBug } from './bugs.ts';
import { runSchedule } from './world.ts';

/** Quick by default; `npm run test:simulate -- --seeds 10000` plays many more. */
const SCHEDULES = 200;
const SCHEDULES_PER_BUG = 1000;

describe('a branch of three PCs and head office under faults', () => {
  it(`[BR3][BR4][BR5][BR6] ${SCHEDULES} schedules: what was answered is there, no number twice, no ticket with two counters, one log in the end`, () => {
    const failed: string[] = [];
    for (let seed = 1; seed <= SCHEDULES; seed++)
      for (const violation of runSchedule(seed, null).violations) failed.push(`seed ${seed}: ${violation}`);
    expect(failed).toEqual([]);
  }, 120_000);

  it('a seed plays the same schedule again', () => {
    expect(runSchedule(77, null)).toEqual(runSchedule(77, null));
  });

  // Each of these once broke a rule.
  it.each([
    [106, 'what a host has aside itself is in its log already, and comes in parts'],
    [24, 'head office’s word reaches the named station by way of another one'],
    [594, 'a station that takes over still keeps numbers of its own aside'],
    [1132, 'head office and a person name different hosts for one epoch'],
    [3052, 'a returning host has recorded more in its epoch than is left of it'],
    [4682, 'a host changes its block while its standby does not hear of it'],
    [16272, 'head office names a station that follows a person’s host already'],
    [19197, 'a station is named again after it was set aside'],
    [21195, 'the old host merges numbers its successor does not know of'],
    [57545, 'a person goes on alone after head office has named the standby'],
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
