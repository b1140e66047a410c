import type { EpochEnd, LogPlace, LogView, RoleChange, StationId } from '#core/replication/log.ts';
import type { Roles } from '#core/replication/roles.ts';
import type { PairState, ReplicationTimings, SeenEpoch, StationEffect } from '#core/replication/station.ts';
import type { Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { JournalBatch } from '../journal/check-batches.ts';
import type { HeadOfficeClaims, StationNetwork } from './station-network.ts';

/** This PC's log and what is built from it. Null or false: the disk refuses, and nothing was changed. */
export interface ReplicatedLog {
  tip(): LogPlace;
  hashAt(seq: number): string | null;
  epochEnds(): readonly EpochEnd[];
  /** As the log tells now. */
  roles(): Roles;
  /** Batches after a place, as many as fit in one message. */
  batchesAfter(seq: number): readonly JournalBatch[];
  /** What lies aside and is not merged. */
  aside(): readonly JournalBatch[];
  seqOfCommand(commandId: string): number | null;
  remember(seen: SeenEpoch): boolean;
  record(change: RoleChange): JournalBatch | null;
  /** `more`: a part of what the station had recorded alone. */
  merge(station: StationId, batches: readonly JournalBatch[], more?: true): JournalBatch | null;
  /** As of `LogView`. */
  portion: LogView['portion'];
  canRead(batch: JournalBatch): boolean;
  isTooOld(): boolean;
  isRemoved(station: StationId): boolean;
  /** On disk when it returns; taken up at the latest when anything but the journal itself is asked for. */
  store(batches: readonly JournalBatch[]): boolean;
  cut(place: LogPlace): readonly JournalBatch[] | null;
  /**
   * Events up to `seq` are safe: devices and screens may follow them. `alsoAlone`: and those of later batches that
   * were answered although the pair is broken.
   */
  release(seq: number, alsoAlone: boolean): void;
}

/** Real things the replicator uses. */
export interface ReplicatorParts {
  readonly station: StationId;
  /** What `rememberSeen` kept last. */
  readonly seen: SeenEpoch;
  readonly log: ReplicatedLog;
  readonly network: StationNetwork;
  readonly headOffice: HeadOfficeClaims;
  /** Its time never goes back. */
  readonly clock: DriverClock;
  readonly timings?: ReplicationTimings;
  readonly onReport?: (what: Extract<StationEffect, { kind: 'report' }>['what']) => void;
}

/** How a station stands in its branch, for screens. */
export interface StationStatus {
  readonly station: StationId;
  readonly role: 'host' | 'standby' | 'replica';
  /** Who decides, as far as this station knows. */
  readonly host: StationId | null;
  readonly epoch: number;
  /** Whose disk answers need too. */
  readonly standby: StationId | null;
  /** Only of the host. */
  readonly pair: PairState | null;
  /** Since this program started; until then nobody knows what the standby has. */
  readonly standbyHeard: boolean;
  /** A person must decide (BR4). */
  readonly undecided: boolean;
  readonly askingHeadOffice: boolean;
  /** Of a replica: its log is the host's. */
  readonly synced: boolean;
  /** Milliseconds since the standby, or the host, was heard last. */
  readonly silentMs: number;
  /** How many events each station the host has heard of is behind. */
  readonly lag: ReadonlyMap<StationId, number>;
  /** Which number block the host gives from (BR5). */
  readonly block: number;
  /** Batches recorded alone that are not merged yet (BR6). */
  readonly lateBatches: number;
  readonly mayCall: boolean;
}

/** One PC's part in the branch's common log: the shell around `core/replication`. */
export interface Replicator {
  /** Begins, and ticks until `stop`. */
  start(): void;
  stop(): void;
  isHost(): boolean;
  /** BR4: whether a ticket may be given to a counter now. */
  mayCall(): boolean;
  /** How far head office may have the log. */
  uploadableSeq(): number;
  /** The host's program recorded a batch. `alone`: a broken pair need not keep its sender waiting. */
  recorded(batch: JournalBatch, commandId: string | null, alone: boolean): void;
  /** A recorded command came again. */
  askedAgain(commandId: string, alone: boolean): void;
  /**
   * Ok when the command may be answered (BR3); null: now. `U551`: this PC does not decide any more, the sender asks
   * the new host with the same command id.
   */
  whenSafe(commandId: string): Promise<Result<void>> | null;
  status(): StationStatus;
  /** BR4, a person with the right decides. Failure: `U544` there is nothing to decide here. */
  decide(decision: 'go-on-alone' | 'take-over'): Result<void>;
  /** Becomes the standby as soon as it has caught up. Failure: `U543`. */
  nameStandby(standby: StationId): Result<void>;
  /** The standby leaves properly. Failure: `U547`. */
  releaseStandby(): Result<void>;
  /** Called when this PC begins or ends to decide, or follows another host. @returns how to stop listening */
  onRole(listener: (role: { readonly isHost: boolean; readonly host: StationId | null }) => void): () => void;
  /** Called when more of the log is safe. @returns how to stop listening */
  onSafe(listener: (seq: number) => void): () => void;
  /** Something `status` tells has changed. @returns how to stop listening */
  onStatus(listener: () => void): () => void;
}
