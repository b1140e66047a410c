/**
 * What stations of one branch copy from each other (BR3 to BR6). The log's unit is a batch: all events of one
 * command, recorded as one. The core looks only at a batch's place, its seal and what it changes about who is host.
 */

export type StationId = string;

/** Which of a range's number blocks a host gives numbers from: 0 main, 1 the standby's, then spare ones (BR5). */
export type BlockIndex = number;

/** What a batch changes about who decides; null for the branch's ordinary work. */
export type RoleChange =
  /** From this batch on, answers need this station's disk too (BR3). */
  | { readonly kind: 'pair-made'; readonly standby: StationId }
  /** The standby leaves properly (BR4): once it has this on disk it takes nothing over any more. */
  | { readonly kind: 'pair-ending' }
  /** Recorded when it has: from here on the host is alone. */
  | { readonly kind: 'pair-ended' }
  /** A host begins an epoch. `tookOver`: it was the standby and has not heard the old host's last word (BR5). */
  | {
      readonly kind: 'epoch-raised';
      readonly epoch: number;
      readonly host: StationId;
      readonly by: 'start' | 'head-office' | 'hand' | 'conflict';
      readonly tookOver: boolean;
      /** The other host of the same epoch, where a false statement had made two; its numbers stay apart too. */
      readonly over: StationId | null;
    }
  /**
   * What a station had recorded alone is in the log now (BR6). `hashes` of its batches; empty: it had nothing. `more`:
   * that was a part of it, and its last word is still to come.
   */
  | {
      readonly kind: 'late-merged';
      readonly station: StationId;
      readonly hashes: readonly string[];
      readonly more?: true;
    };

export interface Batch {
  readonly epoch: number;
  /** Place of its first and last event; no gaps, never restarting. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Hash of the event before it, and of its own last event. */
  readonly previousHash: string;
  readonly hash: string;
  readonly change: RoleChange | null;
}

/** Where a log ends, or a place in it. */
export interface LogPlace {
  readonly seq: number;
  readonly hash: string;
}

/** The last place of each epoch in a log, oldest first. */
export interface EpochEnd extends LogPlace {
  readonly epoch: number;
}

/** Reads a station's own log; never writes, never waits. */
export interface LogView {
  /** The seal at a place, or null beyond the end. Place 0 is before the first event. */
  hashAt(seq: number): string | null;
  epochEnds(): readonly EpochEnd[];
  /** Whether this PC's program knows everything in a batch. Where it is not told, it does. */
  canRead?(batch: Batch): boolean;
  /** The log holds what this PC's program does not know: it keeps storing, and decides nothing. */
  isTooOld?(): boolean;
  /** No PC of this name belongs to the branch any more, as far as this one knows. Where it is not told, all do. */
  isRemoved?(station: StationId): boolean;
  /** False: this branch has no head office, so a person decides at once and no question is ever open. */
  hasHeadOffice?(): boolean;
  /** The first of these batches, at least one, as far as they fit in one message and one merge. */
  portion<B extends Batch>(batches: readonly B[]): readonly B[];
}

/**
 * The last place a replica's log and the host's have in common, as far as the ends of the replica's epochs tell.
 * Where the replica went on longer in an epoch than the host's log did, that is the host's end of the epoch; the
 * replica still has to check that the seal there is its own.
 * @param ends of the replica's log, oldest first
 */
export function commonPlace(host: LogView, ends: readonly EpochEnd[]): LogPlace {
  const hostEnds = host.epochEnds();
  for (const end of ends.toReversed()) {
    if (host.hashAt(end.seq) === end.hash) return { seq: end.seq, hash: end.hash };
    const own = hostEnds.findLast(known => known.epoch <= end.epoch && known.seq < end.seq);
    const earlier = ends.findLast(known => known.seq < end.seq)?.seq ?? 0;
    if (own !== undefined && own.seq > earlier) return { seq: own.seq, hash: own.hash };
  }
  return { seq: 0, hash: host.hashAt(0) ?? '' };
}
