/**
 * A second, plainer telling of whom to call next (CS1, CS2), to compare the policy with: lists are filtered and
 * sorted, rounds are written out slot by slot, and no code is shared with what it checks.
 */
export interface Waiting {
  readonly id: string;
  readonly classId: string;
  /** In the order of arrival. */
  readonly place: number;
  readonly since: number;
  readonly readyAt: number | null;
  readonly appointmentAt: number | null;
  readonly callsToGo: number | null;
  readonly overtakes: number;
}

export type ReferenceGate =
  | { kind: 'returned' | 'parked-ready' | 'appointment-due' | 'arrival' }
  | { kind: 'longest-wait'; limits: { classId: string; minutes: number }[] }
  | { kind: 'ratio'; shares: { classId: string; calls: number }[] }
  | { kind: 'ageing'; weights: { classId: string; weight: number }[] };

export interface ReferenceRules {
  readonly gates: readonly ReferenceGate[];
  /** How often one of a class may be overtaken. */
  readonly caps: Readonly<Record<string, number>>;
  readonly now: number;
  /** Slots of the unfinished ratio round, e.g. P G O once the first P of 2:1:1 was called. */
  readonly slotsLeft: readonly string[];
}

export interface ReferenceChoice {
  readonly id: string;
  readonly gate: string;
  readonly passed: readonly string[];
}

/** Whom a counter calls that could call everybody in `waiting`. */
export function referenceChoice(
  waiting: readonly Waiting[],
  rules: ReferenceRules,
): ReferenceChoice | undefined {
  const line = [...waiting].sort((a, b) => a.place - b.place);
  const inTurn = line.filter(one => !isLater(one, rules.now));
  if (inTurn.length === 0) {
    const [first] = line;
    return first && { id: first.id, gate: first.callsToGo === null ? 'arrival' : 'returned', passed: [] };
  }
  const passedBy = (one: Waiting) => inTurn.filter(other => other.place < one.place);
  const mayBeCalled = (one: Waiting) =>
    passedBy(one).every(other => other.overtakes < (rules.caps[other.classId] ?? 5));
  const answer = ([one, gate]: [Waiting, string]) => ({
    id: one.id,
    gate,
    passed: passedBy(one).map(other => other.id),
  });
  const wanted = byGates(inTurn, rules);
  if (mayBeCalled(wanted[0])) return answer(wanted);
  const [allowed] = byGates(inTurn.filter(mayBeCalled), rules);
  return answer([allowed, 'overtaking-cap']);
}

/** The slots left in the round after the ratio gate called one of `classId`. */
export function slotsAfter(
  gate: Extract<ReferenceGate, { kind: 'ratio' }>,
  slotsLeft: readonly string[],
  classId: string,
): string[] {
  const slots = slotsLeft.includes(classId) ? [...slotsLeft] : roundOf(gate);
  slots.splice(slots.indexOf(classId), 1);
  return slots;
}

function roundOf({ shares }: Extract<ReferenceGate, { kind: 'ratio' }>): string[] {
  return shares.flatMap(({ classId, calls }) => Array<string>(calls).fill(classId));
}

const isLater = (one: Waiting, now: number) =>
  (one.callsToGo !== null && one.callsToGo > 0) || (one.appointmentAt !== null && one.appointmentAt > now);

/** Somebody is in turn, so somebody is found: by a gate, else the first in line. */
function byGates(inTurn: readonly Waiting[], rules: ReferenceRules): [Waiting, string] {
  for (const gate of rules.gates) {
    const found = byGate(gate, inTurn, rules);
    if (found) return [found, gate.kind];
  }
  const first = inTurn[0] as Waiting;
  return [first, first.callsToGo === null ? 'arrival' : 'returned'];
}

function byGate(gate: ReferenceGate, line: readonly Waiting[], rules: ReferenceRules): Waiting | undefined {
  const waited = (one: Waiting) => Math.max(0, rules.now - one.since);
  /** Sorting keeps the order of arrival among equals. */
  const smallest = (among: Waiting[], value: (one: Waiting) => number) =>
    among.sort((a, b) => value(a) - value(b))[0];
  switch (gate.kind) {
    case 'arrival':
      return line[0];
    case 'returned':
      return line.filter(one => one.callsToGo === 0)[0];
    case 'parked-ready':
      return smallest(
        line.filter(one => one.readyAt !== null),
        one => one.readyAt ?? 0,
      );
    case 'appointment-due':
      return smallest(
        line.filter(one => one.appointmentAt !== null),
        one => one.appointmentAt ?? 0,
      );
    case 'longest-wait': {
      const leftMs = (one: Waiting) => {
        const limit = gate.limits.find(({ classId }) => classId === one.classId);
        return limit ? limit.minutes * 60_000 - waited(one) : 0;
      };
      return smallest(
        line.filter(one => leftMs(one) < 0),
        leftMs,
      );
    }
    case 'ageing': {
      const weight = (one: Waiting) =>
        gate.weights.find(({ classId }) => classId === one.classId)?.weight ?? 0;
      return smallest([...line], one => -waited(one) * (weight(one) + 1));
    }
    case 'ratio': {
      const isWaiting = (classId: string) => line.some(one => one.classId === classId);
      const slot = rules.slotsLeft.find(isWaiting) ?? roundOf(gate).find(isWaiting);
      return line.find(one => one.classId === slot);
    }
  }
}
