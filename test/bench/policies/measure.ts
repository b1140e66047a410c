import { CALL_POLICIES, type CallPolicy } from './call-policies.ts';
import { type PlayedDay, playDay } from './play-day.ts';
import { CLASS_IDS, type ClassId, DAY_KINDS, type DayKind, MINUTE_MS, makeTrace } from './traces.ts';

/** Waits in minutes. */
export interface WaitFigures {
  readonly mean: number;
  readonly p95: number;
  readonly longest: number;
}

/** One policy on one kind of day, over all its seeds together. */
export interface PolicyFigures {
  readonly policy: CallPolicy;
  readonly byClass: Readonly<Record<ClassId, WaitFigures>>;
  /** Shares of all customers who waited longer than 15, 20 and 30 minutes. */
  readonly over: readonly [number, number, number];
  readonly mostOvertakes: number;
  readonly idleCounterMinutesPerDay: number;
}

export interface KindFigures {
  readonly kind: DayKind;
  readonly policies: readonly PolicyFigures[];
}

/** Every policy on the same traces: `seeds` days of each kind. */
export function measurePolicies(seeds: readonly number[]): KindFigures[] {
  return DAY_KINDS.map(kind => {
    const traces = seeds.map(seed => makeTrace(kind, seed));
    const policies = CALL_POLICIES.map(policy =>
      toFigures(
        policy,
        traces.map(trace => playDay(trace, kind, policy)),
      ),
    );
    return { kind, policies };
  });
}

function toFigures(policy: CallPolicy, days: readonly PlayedDay[]): PolicyFigures {
  const minutesOf = (classId: ClassId) =>
    days.flatMap(day => day.waitsMs[classId].map(wait => wait / MINUTE_MS)).sort((a, b) => a - b);
  const [ordinary, gold, platinum] = CLASS_IDS.map(minutesOf) as [number[], number[], number[]];
  const all = [...ordinary, ...gold, ...platinum];
  const over = (limit: number) => all.filter(minutes => minutes > limit).length / all.length;
  const idleMs = days.reduce((sum, day) => sum + day.idleCounterMs, 0);
  return {
    policy,
    byClass: { ordinary: waitFigures(ordinary), gold: waitFigures(gold), platinum: waitFigures(platinum) },
    over: [over(15), over(20), over(30)],
    mostOvertakes: Math.max(...days.map(day => day.mostOvertakes)),
    idleCounterMinutesPerDay: idleMs / MINUTE_MS / days.length,
  };
}

/** @param sorted minutes, smallest first */
function waitFigures(sorted: readonly number[]): WaitFigures {
  const sum = sorted.reduce((total, minutes) => total + minutes, 0);
  return {
    mean: sum / sorted.length,
    p95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0,
    longest: sorted.at(-1) ?? 0,
  };
}
