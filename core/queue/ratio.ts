import type { GateOf } from '../branch/bank-document-gates.ts';

/** Calls of the unfinished round, by class. */
export type RatioCalls = ReadonlyMap<string, number>;

/**
 * CS1: the class whose turn it is: the first in the gate's order that has a share left in this round and somebody
 * waiting. When no class that waits has one left, a new round begins.
 * @param waiting classes of the tickets that could be called
 * @returns undefined when nobody of the gate's classes waits
 */
export function classInTurn(
  { shares }: GateOf<'ratio'>,
  calls: RatioCalls,
  waiting: ReadonlySet<string>,
): string | undefined {
  const present = shares.filter(share => waiting.has(share.classId));
  const left = present.find(share => (calls.get(share.classId) ?? 0) < share.calls);
  return (left ?? present[0])?.classId;
}

/** The calls of the round after the gate has called one of `classId`; a call beyond its share began a new round. */
export function nextRound({ shares }: GateOf<'ratio'>, calls: RatioCalls, classId: string): RatioCalls {
  const share = shares.find(one => one.classId === classId)?.calls ?? 0;
  const used = calls.get(classId) ?? 0;
  return used < share ? new Map(calls).set(classId, used + 1) : new Map([[classId, 1]]);
}
