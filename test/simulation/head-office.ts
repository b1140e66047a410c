import type { StationId } from '#core/replication/log.ts';
import type { ClaimAnswer } from '#core/replication/station.ts';
import type { PlantedBug } from './bugs.ts';
import { GENESIS } from './disk.ts';
import type { WorkBatch } from './hall.ts';

/** Head office as a branch sees it: who is named (compare-and-set), and the copy of the journal. */
export class HeadOffice {
  epoch = 0;
  host: StationId | null = null;
  rows: WorkBatch[] = [];
  /** How far the branch is told that it has everything. */
  cursor = 0;
  /** Batches that did not continue the copy: kept whole. */
  readonly forks: WorkBatch[] = [];
  readonly #bug: PlantedBug | null;

  constructor(bug: PlantedBug | null) {
    this.#bug = bug;
  }

  /** BR4: the first to ask for the epoch after `expected` is named; the same one may ask again. */
  claim(expected: number, station: StationId): ClaimAnswer {
    if (this.epoch <= expected || this.#bug === 'name-anybody') {
      this.epoch = Math.max(this.epoch, expected + 1);
      this.host = station;
    }
    return this.named();
  }

  /** A person's decision is told afterwards; a higher epoch stands. */
  register(epoch: number, station: StationId): ClaimAnswer {
    if (epoch > this.epoch || (epoch === this.epoch && station > (this.host ?? ''))) {
      this.epoch = epoch;
      this.host = station;
    }
    return this.named();
  }

  /**
   * HO1: takes batches after the cursor. A lower epoch is refused with the name of who decides.
   * @param crash the service dies between writing and answering
   */
  push(epoch: number, station: StationId, batches: readonly WorkBatch[], crash: boolean): ClaimAnswer | null {
    if (epoch < this.epoch || (epoch === this.epoch && (this.host ?? '') > station)) return this.named();
    this.register(epoch, station);
    for (const batch of batches) {
      if (batch.firstSeq <= this.cursor) {
        if (this.rows[batch.firstSeq - 1]?.hash !== batch.hash) this.forks.push(batch);
        continue;
      }
      const last = this.rows.at(-1)?.hash ?? GENESIS.hash;
      if (batch.previousHash !== last && this.#bug !== 'forget-cursor') {
        this.forks.push(batch);
        continue;
      }
      this.rows.push(batch);
      // The planted bug: the rows were committed, the cursor was to follow.
      if (!(crash && this.#bug === 'forget-cursor')) this.cursor = batch.lastSeq;
    }
    return null;
  }

  named(): ClaimAnswer {
    return this.host === null
      ? { kind: 'unreachable' }
      : { kind: 'named', epoch: this.epoch, host: this.host };
  }
}
