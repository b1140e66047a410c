import type { BranchLine } from '#head-office/console-data/list-branches.ts';

/** A branch reports every few seconds; one silent for longer is quiet. */
const LIVE_WITHIN_MS = 60_000;

/** How long a branch has been silent, in ms; null while it is live, `Infinity` when it never spoke. */
export function quietMs({ lastSeenAt }: BranchLine, now: number): number | null {
  if (lastSeenAt === null) return Number.POSITIVE_INFINITY;
  const age = now - lastSeenAt;
  return age > LIVE_WITHIN_MS ? age : null;
}

/**
 * The longest wait of those waiting, in ms: of a live branch it has grown since the branch said so, of a quiet one it
 * is what it was. Null when nobody waits or nothing is known.
 */
export function longestWaitMs(line: BranchLine, now: number): number | null {
  const { status, lastSeenAt } = line;
  if (status === null || lastSeenAt === null || status.waiting === 0) return null;
  if (quietMs(line, now) !== null) return status.longestWaitMs;
  return status.longestWaitMs + Math.max(0, now - lastSeenAt);
}

/** Whether somebody at head office should look at this branch. */
export function needsLook(line: BranchLine, now: number): boolean {
  return (
    line.forks > 0 ||
    line.unreadable > 0 ||
    quietMs(line, now) !== null ||
    (line.status !== null && line.status.devicesDown > 0)
  );
}

/** All branches at a glance; people and windows are those of live branches only. */
export interface Totals {
  readonly branches: number;
  readonly live: number;
  readonly quiet: number;
  readonly waiting: number;
  readonly serving: number;
  readonly openCounters: number;
  readonly counters: number;
  readonly devicesDown: number;
  readonly needLook: number;
}

/** @param now head office's clock, ms since 1970 */
export function totalsOf(lines: readonly BranchLine[], now: number): Totals {
  const live = lines.filter(line => quietMs(line, now) === null);
  type Counted = 'waiting' | 'serving' | 'openCounters' | 'counters' | 'devicesDown';
  const sum = (field: Counted) => live.reduce((total, { status }) => total + (status?.[field] ?? 0), 0);
  return {
    branches: lines.length,
    live: live.length,
    quiet: lines.length - live.length,
    waiting: sum('waiting'),
    serving: sum('serving'),
    openCounters: sum('openCounters'),
    counters: sum('counters'),
    devicesDown: sum('devicesDown'),
    needLook: lines.filter(line => needsLook(line, now)).length,
  };
}

/** Branches whose name in either language, or id, contains what was typed. */
export function findBranches(lines: readonly BranchLine[], typed: string): readonly BranchLine[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return lines;
  return lines.filter(({ branch, nameZh, nameEn }) =>
    [branch, nameZh ?? '', nameEn ?? ''].some(name => name.toLowerCase().includes(wanted)),
  );
}
