import type { Batch, EpochEnd, LogPlace, LogView, StationId } from '#core/replication/log.ts';
import { NO_ROLES, type Roles, rolesAfter } from '#core/replication/roles.ts';
import type { SeenEpoch } from '#core/replication/station.ts';
import type { PlantedBug } from './bugs.ts';
import { apply, emptyHall, type MutableHall, type WorkBatch } from './hall.ts';
import type { Random } from './random.ts';

export const GENESIS: LogPlace = { seq: 0, hash: 'genesis' };

/** Batches that fit in one message and one merge; small, so that large merges come in several parts. */
const PORTION = 3;

/** What is written as one. Its parts reach the disk one after the other. */
export type Transaction =
  | { readonly kind: 'append'; readonly batches: readonly WorkBatch[] }
  | { readonly kind: 'cut'; readonly place: LogPlace }
  | { readonly kind: 'term'; readonly seen: SeenEpoch };

/** How a write that a power cut came into was found again. */
export type Found = 'lost' | 'torn, taken back' | 'whole on the disk';

interface Image {
  readonly log: readonly WorkBatch[];
  readonly aside: readonly WorkBatch[];
  readonly seen: SeenEpoch;
}

/** One PC's disk. A transaction counts when it is synced; what a power cut finds unsynced is whole, torn or lost. */
export class Disk implements LogView {
  log: WorkBatch[] = [];
  seen: SeenEpoch = { epoch: 0, host: null, asked: false };
  aside: WorkBatch[] = [];
  full = false;
  /** What this PC knows of others, for its log's view. */
  isRemoved: (station: StationId) => boolean = () => false;
  hall: MutableHall = emptyHall();
  roles: Roles = NO_ROLES;
  /** Events up to this version can be read by the program on this PC. */
  reads = 1;
  /** The newest version of an event in the log. */
  newest = 1;
  readonly #bug: PlantedBug | null;
  /** Written and not synced: with the planted bug "no fsync" this grows, and `#synced` is what is safe. */
  #unsynced: Transaction[] = [];
  #synced: Image | null = null;

  constructor(bug: PlantedBug | null) {
    this.#bug = bug;
  }

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

  portion<B extends Batch>(batches: readonly B[]): readonly B[] {
    return batches.slice(0, PORTION);
  }

  /** Whether this PC's program knows everything in a batch. */
  canRead(batch: Batch): boolean {
    return needsOf(batch as WorkBatch) <= this.reads || this.#bug === 'name-too-old';
  }

  isTooOld(): boolean {
    return this.isUnread && this.#bug !== 'name-too-old';
  }

  /** In truth, whatever its program makes of it. */
  get isUnread(): boolean {
    return this.newest > this.reads;
  }

  /** What lies aside and is not in the log, as `src-main/journal/aside-queries.ts` keeps it. */
  asideLeft(): readonly WorkBatch[] {
    const left = this.aside.filter(
      ({ hash, lastSeq }) => !this.roles.merged.has(hash) && this.hashAt(lastSeq) !== hash,
    );
    return [...new Map(left.map(batch => [batch.hash, batch])).values()].sort(
      (a, b) => a.lastSeq - b.lastSeq || (a.hash < b.hash ? -1 : 1),
    );
  }

  /** A power cut now would not lose this batch: in the log, or aside. */
  holds(seq: number, hash: string): boolean {
    const log = this.#synced?.log ?? this.log;
    return log[seq - 1]?.hash === hash || (this.#synced?.aside ?? this.aside).some(one => one.hash === hash);
  }

  /** Written, in the operating system's memory: a power cut now finds it whole, torn or not at all. */
  begin(transaction: Transaction): void {
    if (this.#bug === 'no-fsync')
      this.#synced ??= { log: [...this.log], aside: [...this.aside], seen: this.seen };
    this.#unsynced.push(transaction);
  }

  /** On the disk. @returns what a cut moved aside */
  sync(): readonly WorkBatch[] {
    const transaction = this.#unsynced.at(-1);
    if (transaction === undefined) return [];
    const isSynced = this.#bug !== 'no-fsync' || this.#unsynced.length > 3;
    if (isSynced) {
      this.#unsynced = [];
      this.#synced = null;
    }
    return this.#apply(transaction);
  }

  /** A power cut, and what the next start finds. */
  crash(random: Random): Found[] {
    const unsynced = this.#unsynced;
    this.#unsynced = [];
    if (unsynced.length === 0) return [];
    if (this.#synced !== null) {
      this.log = [...this.#synced.log];
      this.aside = [...this.#synced.aside];
      this.seen = this.#synced.seen;
      this.#synced = null;
      this.#replay();
    }
    const found: Found[] = [];
    for (const transaction of unsynced) {
      if (random.chance(0.3)) {
        this.#apply(transaction);
        found.push('whole on the disk');
        continue;
      }
      const isTorn = random.chance(0.5);
      if (isTorn && this.#bug === 'believe-torn-tail') this.#applyTorn(transaction);
      found.push(isTorn ? 'torn, taken back' : 'lost');
      break;
    }
    return found;
  }

  #apply(transaction: Transaction): readonly WorkBatch[] {
    switch (transaction.kind) {
      case 'term':
        this.seen = transaction.seen;
        return [];
      case 'append':
        for (const batch of transaction.batches) {
          if (batch.firstSeq !== this.log.length + 1) throw new Error('a gap was written');
          this.log.push(batch);
          this.#take(batch);
        }
        return [];
      case 'cut': {
        const moved = this.log.splice(transaction.place.seq);
        this.aside.push(...moved);
        this.#replay();
        return moved;
      }
    }
  }

  /** The planted bug: half of a transaction counts. Events without their command; a cut without what it moves. */
  #applyTorn(transaction: Transaction): void {
    if (transaction.kind === 'append') {
      const [first] = transaction.batches;
      if (first !== undefined) this.#apply({ kind: 'append', batches: [{ ...first, commandId: null }] });
    } else if (transaction.kind === 'cut') {
      this.log.splice(transaction.place.seq);
      this.#replay();
    } else this.seen = transaction.seen;
  }

  #take(batch: WorkBatch): void {
    apply(this.hall, batch, this.#bug);
    this.roles = rolesAfter(this.roles, batch);
    this.newest = Math.max(this.newest, needsOf(batch));
  }

  #replay(): void {
    this.hall = emptyHall();
    this.roles = NO_ROLES;
    this.newest = 1;
    for (const batch of this.log) this.#take(batch);
  }
}

function needsOf({ needs }: WorkBatch): number {
  return needs ?? 1;
}
