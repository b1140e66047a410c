import type { StationId } from '#core/replication/log.ts';
import { type SafePlace, safePlace } from '#core/replication/safe.ts';
import type { Station } from '#core/replication/station.ts';
import type { PlantedBug } from './bugs.ts';

/** How far a PC's screens and devices may follow the log, as `src-main/station/replicator.ts` tells them. */
export class SafeWord {
  #hostSafe = 0;
  #hostAlone = false;
  #told = -1;
  #toldAlone = false;
  #toldRole = '';

  ofHost(state: Station, bug: PlantedBug | null): SafePlace {
    return placeFor(bug, state, { seq: 0, alone: false }, 0);
  }

  heard(state: Station, from: StationId, word: SafePlace & { readonly epoch: number }): void {
    const { part, seen } = state;
    // Of another epoch it is about another log, even if the host is the same again.
    if (part.kind !== 'replica' || seen.host !== from || seen.epoch !== word.epoch) return;
    this.#hostSafe = Math.max(this.#hostSafe, word.seq);
    this.#hostAlone = word.alone;
  }

  cut(seq: number): void {
    this.#hostSafe = Math.min(this.#hostSafe, seq);
  }

  /** What is new for screens and devices since the last time; null: nothing. */
  told(state: Station, bug: PlantedBug | null): SafePlace | null {
    const isHost = state.part.kind === 'host';
    const heard = { seq: this.#hostSafe, alone: this.#hostAlone };
    const { seq, alone } = placeFor(bug, state, heard, this.#told);
    const isNew = seq !== this.#told || alone !== this.#toldAlone;
    this.#told = seq;
    this.#toldAlone = alone;
    const role = `${isHost} ${state.seen.host}`;
    if (role !== this.#toldRole) {
      this.#toldRole = role;
      this.#hostSafe = isHost ? 0 : this.#hostSafe;
      this.#hostAlone = false;
    }
    return isNew ? { seq, alone } : null;
  }
}

/** Two planted bugs: the host believes its own disk, or a replica believes a word about another log. */
function placeFor(bug: PlantedBug | null, state: Station, heard: SafePlace, told: number): SafePlace {
  const { part, tip } = state;
  if (bug === 'stale-safe' && part.kind === 'host') return { seq: tip.seq, alone: false };
  const isUnsure = bug === 'safe-of-another-log' && part.kind === 'replica';
  return safePlace(isUnsure ? { ...state, part: { ...part, agreed: true } } : state, heard, told);
}
