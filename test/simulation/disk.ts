import type { EpochEnd, LogPlace, LogView } from '#core/replication/log.ts';
import { NO_ROLES, type Roles, rolesAfter } from '#core/replication/roles.ts';
import type { SeenEpoch } from '#core/replication/station.ts';
import { apply, emptyHall, type MutableHall, type WorkBatch } from './hall.ts';

const LATE_BATCHES = 3;

export const GENESIS: LogPlace = { seq: 0, hash: 'genesis' };

/** One station's disk: what was written survives a crash, unless the planted bug "no fsync" keeps it in memory. */
export class Disk implements LogView {
  log: WorkBatch[] = [];
  seen: SeenEpoch = { epoch: 0, host: null, asked: false };
  aside: WorkBatch[] = [];
  /** Batches at the end of the log that a crash would lose (planted bug). */
  unsynced = 0;
  full = false;
  hall: MutableHall = emptyHall();
  roles: Roles = NO_ROLES;

  tip(): LogPlace {
    const last = this.log.at(-1);
    return last === undefined ? GENESIS : { seq: last.lastSeq, hash: last.hash };
  }

  hashAt(seq: number): string | null {
    // One event a batch in the simulation: a batch's place is its number.
    return seq === 0 ? GENESIS.hash : (this.log[seq - 1]?.hash ?? null);
  }

  epochEnds(): EpochEnd[] {
    const ends: EpochEnd[] = [{ epoch: 0, ...GENESIS }];
    for (const { epoch, lastSeq, hash } of this.log) {
      const end = { epoch, seq: lastSeq, hash };
      if (ends.at(-1)?.epoch === epoch) ends[ends.length - 1] = end;
      else ends.push(end);
    }
    return ends;
  }

  /** Few, so that what somebody recorded alone comes in many parts. */
  portion<B>(batches: readonly B[]): readonly B[] {
    return batches.slice(0, LATE_BATCHES);
  }

  append(batches: readonly WorkBatch[]): void {
    for (const batch of batches) {
      if (batch.firstSeq !== this.log.length + 1) throw new Error('a gap was written');
      this.log.push(batch);
      apply(this.hall, batch);
      this.roles = rolesAfter(this.roles, batch);
    }
  }

  /** Moves everything after `place` aside. */
  cut(place: LogPlace): WorkBatch[] {
    const moved = this.log.splice(place.seq);
    this.aside.push(...moved);
    this.replay();
    return moved;
  }

  /** A power cut: what was not synced is gone. */
  crash(): void {
    if (this.unsynced === 0) return;
    this.log.splice(this.log.length - this.unsynced);
    this.unsynced = 0;
    this.replay();
  }

  private replay(): void {
    this.hall = emptyHall();
    this.roles = NO_ROLES;
    for (const batch of this.log) {
      apply(this.hall, batch);
      this.roles = rolesAfter(this.roles, batch);
    }
  }
}
