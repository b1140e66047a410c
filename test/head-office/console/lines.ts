import type { BranchLine } from '#head-office/console-data/list-branches.ts';

export const NOW = 1_772_413_200_000;

export const STATUS = {
  protocol: 1,
  at: NOW,
  epoch: 1,
  lastSeq: 10,
  branchName: { zh: '城东支行', en: 'East Branch' },
  timeZone: 'Asia/Shanghai',
  businessDay: '2026-03-02',
  waiting: 4,
  serving: 2,
  openCounters: 3,
  counters: 8,
  longestWaitMs: 60_000,
  devicesDown: 0,
} as const satisfies BranchLine['status'];

/** A branch that is well and was heard of just now, with parts replaced. */
export function lineOf(more: Partial<BranchLine> = {}): BranchLine {
  return {
    branch: 'br-1',
    nameZh: '城东支行',
    nameEn: 'East Branch',
    epoch: 1,
    durableSeq: 10,
    lag: 0,
    forks: 0,
    unreadable: 0,
    status: STATUS,
    lastSeenAt: NOW,
    ...more,
  };
}
