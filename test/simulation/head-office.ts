import type { StationId } from '#core/replication/log.ts';
import type { ClaimAnswer } from '#core/replication/station.ts';
import type { PlantedBug } from './bugs.ts';
import { GENESIS } from './disk.ts';
import type { WorkBatch } from './hall.ts';

/** One upload (HO1), as the branch sends it. */
export interface Push {
  readonly epoch: number;
  readonly station: StationId;
  readonly previousHash: string;
  readonly batches: readonly WorkBatch[];
}

export interface PushAnswer {
  readonly verdict: 'stored' | 'repeat' | 'gap' | 'fork' | 'lower-epoch';
  readonly durableSeq: number;
  readonly durableHash: string;
  readonly named: ClaimAnswer;
}

/** Head office as a branch sees it: who is named (compare-and-set), and the copy of the journal. */
export class HeadOffice {
  epoch = 0;
  host: StationId | null = null;
  rows: WorkBatch[] = [];
  /** How far the branch is told that it has everything. */
  cursor = 0;
  /** Batches that did not continue the copy, by seal: kept whole, and alarmed. */
  readonly forks = new Map<string, WorkBatch>();
  readonly #bug: PlantedBug | null;

  constructor(bug: PlantedBug | null) {
    this.#bug = bug;
  }

  /** What is in its database survives. */
  restart(): void {
    if (this.#bug !== 'head-office-forgets-epoch') return;
    this.epoch = 0;
    this.host = null;
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
   * @param dies the service dies amid its transaction: nothing of it counts, but for the planted bug
   */
  push({ epoch, station, previousHash, batches }: Push, dies: boolean): PushAnswer {
    const [first] = batches;
    const answer = (verdict: PushAnswer['verdict']): PushAnswer => ({
      verdict,
      durableSeq: this.cursor,
      durableHash: this.rows[this.cursor - 1]?.hash ?? GENESIS.hash,
      named: this.named(),
    });
    if (epoch < this.epoch || (epoch === this.epoch && (this.host ?? '') > station))
      return answer('lower-epoch');
    if (first === undefined || first.firstSeq > this.cursor + 1) return answer('gap');
    const held = this.rows[first.firstSeq - 2]?.hash ?? GENESIS.hash;
    const differs = batches.some(
      batch => batch.firstSeq <= this.cursor && this.rows[batch.firstSeq - 1]?.hash !== batch.hash,
    );
    if (previousHash !== held || differs) {
      for (const batch of batches)
        if (this.rows[batch.firstSeq - 1]?.hash !== batch.hash) this.forks.set(batch.hash, batch);
      return answer('fork');
    }
    const fresh = batches.filter(batch => batch.firstSeq > this.cursor);
    if (dies && this.#bug !== 'forget-cursor') return answer('gap');
    if (epoch > this.epoch || station > (this.host ?? '')) this.register(epoch, station);
    this.rows.push(...fresh);
    // The planted bug: the rows were committed, the cursor was to follow.
    if (!dies) this.cursor += fresh.length;
    return answer(fresh.length > 0 ? 'stored' : 'repeat');
  }

  named(): ClaimAnswer {
    return this.host === null
      ? { kind: 'unreachable' }
      : { kind: 'named', epoch: this.epoch, host: this.host };
  }
}
