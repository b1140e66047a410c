import { decide } from '#core/branch/decide.ts';
import { evolve } from '#core/branch/evolve.ts';
import { type BranchState, EMPTY_BRANCH } from '#core/branch/state.ts';
import { type Measurement, percentile } from './bench-line.ts';
import { type Answer, type DayShape, dayOfTickets } from './day-of-tickets.ts';

export interface ReplayBenchOptions extends DayShape {
  /** Days played one after the other; the median counts. */
  readonly days: number;
}

const BUDGET_MS = 1000;

/** PF6: the rules alone, `decide` and `evolve` for each command of a day, without journal, ids' randomness or views. */
export function measureReplay(options: ReplayBenchOptions): Measurement {
  const dayMs = Array.from({ length: options.days }, () => playDay(options));
  const measured = percentile(dayMs, 0.5);
  return {
    id: 'PF6',
    baseline: BUDGET_MS,
    measured,
    unit: 'ms',
    ratio: BUDGET_MS / measured,
    budget: { kind: 'at-least', ratio: 1 },
  };
}

/** Milliseconds for one day. */
function playDay(shape: DayShape): number {
  let state: BranchState = EMPTY_BRANCH;
  let ids = 0;
  const newId = () => `id-${ids++}`;
  const startMs = performance.now();
  const day = dayOfTickets(shape);
  let step = day.next();
  while (!step.done) {
    const { at, command } = step.value;
    const decision = decide(state, command, { now: at, newId });
    const answer: Answer = decision.ok ? { ok: true, value: decision.value.answer } : decision;
    if (decision.ok) {
      for (const event of decision.value.events)
        state = evolve(state, { ...event, at, actor: 'system', station: command.station });
    }
    step = day.next(answer);
  }
  return performance.now() - startMs;
}
