import type { BranchEvent } from '#core/branch/events.ts';
import { evolve } from '#core/branch/evolve.ts';
import type { BranchState } from '#core/branch/state.ts';
import { isAlone } from './alone-events.ts';

/** Recorded and applied, but not told yet. */
interface Untold {
  readonly seq: number;
  readonly events: readonly BranchEvent[];
  /** The state after it. */
  readonly after: BranchState;
  readonly alone: boolean;
  /** Shown before its turn. */
  early: boolean;
}

/** What windows and devices of a branch of several PCs may show: the state as far as everything is safe (BR3). */
export interface ShownState {
  present(): BranchState;
  /** Begins anew: all of it is shown. */
  reset(state: BranchState): void;
  /** A batch is recorded and may not be shown yet. @param after the state it leads to */
  add(lastSeq: number, events: readonly BranchEvent[], after: BranchState): void;
  /** See `Host.release`. */
  release(seq: number, alsoAlone: boolean): void;
  /** BR7: shown at once, recorded nowhere. */
  pretend(events: readonly BranchEvent[]): void;
}

/**
 * @param kept BR7: what this PC did without its host and its journal does not have yet
 * @param onSafe called once with the events of each batch, when they may be told
 */
export function createShownState(
  first: BranchState,
  kept: () => readonly BranchEvent[],
  onSafe: (events: readonly BranchEvent[]) => void,
): ShownState {
  let untold: Untold[] = [];
  let shown = first;
  const withKept = (state: BranchState) => kept().reduce(evolve, state);

  return {
    present: () => shown,
    reset(state) {
      untold = [];
      shown = withKept(state);
    },
    add(seq, events, after) {
      untold.push({ seq, events, after, alone: isAlone(events), early: false });
    },
    release(seq, alsoAlone) {
      for (let next = untold[0]; next !== undefined && next.seq <= seq; next = untold[0]) {
        untold.shift();
        shown = withKept(next.after);
        if (!next.early) onSafe(next.events);
      }
      if (!alsoAlone) return;
      for (const batch of untold) {
        if (!batch.alone || batch.early) continue;
        batch.early = true;
        // What came before it and is kept back is about other tickets: it gave one to a counter.
        shown = batch.events.reduce(evolve, shown);
        onSafe(batch.events);
      }
    },
    pretend(events) {
      shown = events.reduce(evolve, shown);
    },
  };
}
