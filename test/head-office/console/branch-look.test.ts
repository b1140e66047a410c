import { describe, expect, it } from 'vitest';
import {
  findBranches,
  longestWaitMs,
  needsLook,
  quietMs,
  totalsOf,
} from '#head-office/console/branch-look.ts';
import { lineOf, NOW, STATUS } from './lines.ts';

describe('how a branch looks at head office', () => {
  it('[HO5] is live for a minute after it was heard of, then quiet for as long as it was not', () => {
    expect(quietMs(lineOf(), NOW + 60_000)).toBeNull();
    expect(quietMs(lineOf(), NOW + 60_001)).toBe(60_001);
    expect(quietMs(lineOf({ lastSeenAt: null }), NOW)).toBe(Number.POSITIVE_INFINITY);
    // Clocks a little apart are no silence.
    expect(quietMs(lineOf(), NOW - 5_000)).toBeNull();
  });

  it('[HO5] lets the longest wait grow while the branch is live, and never while it is quiet', () => {
    expect(longestWaitMs(lineOf(), NOW + 3_000)).toBe(63_000);
    expect(longestWaitMs(lineOf(), NOW + 600_000)).toBe(60_000);
    expect(longestWaitMs(lineOf({ status: { ...STATUS, waiting: 0 } }), NOW)).toBeNull();
    expect(longestWaitMs(lineOf({ status: null }), NOW)).toBeNull();
  });

  it.each([
    ['a fork', { forks: 1 }, true],
    ['unreadable entries', { unreadable: 1 }, true],
    ['a device down', { status: { ...STATUS, devicesDown: 1 } }, true],
    ['silence', { lastSeenAt: NOW - 61_000 }, true],
    ['a journal on its way', { lag: 800 }, false],
    ['nothing', {}, false],
  ])('[HO5] %s needs a look: %#', (_what, more, expected) => {
    expect(needsLook(lineOf(more), NOW)).toBe(expected);
  });

  it('[HO5] adds people and windows of live branches only', () => {
    const lines = [
      lineOf(),
      lineOf({ branch: 'br-2' }),
      lineOf({ branch: 'br-3', lastSeenAt: NOW - 90_000 }),
    ];
    expect(totalsOf(lines, NOW)).toEqual({
      branches: 3,
      live: 2,
      quiet: 1,
      waiting: 8,
      serving: 4,
      openCounters: 6,
      counters: 16,
      devicesDown: 0,
      needLook: 1,
    });
  });

  it('is found by either name or by id, in any case', () => {
    const lines = [lineOf(), lineOf({ branch: 'br-2', nameZh: null, nameEn: null })];
    const found = (typed: string) => findBranches(lines, typed).map(({ branch }) => branch);
    expect([found(' EAST'), found('城东'), found('BR-2'), found(''), found('zzz')]).toEqual([
      ['br-1'],
      ['br-1'],
      ['br-2'],
      ['br-1', 'br-2'],
      [],
    ]);
  });
});
