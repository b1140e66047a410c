import type { StationId } from '#core/replication/log.ts';
import type { ClaimAnswer, ReplicationMessage } from '#core/replication/station.ts';
import type { JournalBatch } from '../journal/check-batches.ts';

/** A message of `core/replication` as it travels: its batches are whole. */
export type StationMessage = ReplicationMessage & { readonly batches?: readonly JournalBatch[] };

/** How far a host's log is safe. */
export interface SafeWord {
  /** In which epoch; missing: a program that does not say it. */
  readonly epoch?: number;
  readonly seq: number;
  /** See `sendSafe`. */
  readonly alone: boolean;
}

/** The other PCs of the branch as the replicator sees them. Messages may be lost, never altered. */
export interface StationNetwork {
  /** `everybody`: every other station that is connected now. */
  send(to: StationId | 'everybody', message: StationMessage): void;
  onMessage(listener: (from: StationId, message: StationMessage) => void): void;
  /**
   * Everything up to here is on every disk that answers need (BR3); from the host to all others. `alone`: the pair is
   * broken, and later batches that need not wait for it are answered too (BR4).
   */
  sendSafe(word: SafeWord): void;
  onSafe(listener: (from: StationId, word: SafeWord) => void): void;
  /** The stations connected now. */
  stations(): readonly StationId[];
}

/** BR4: head office names one host for an epoch. `unreachable` when it gave no word in time. */
export interface HeadOfficeClaims {
  /** False: there is none for this branch. Missing: there is. */
  isThere?(): boolean;
  claim(expected: number): Promise<ClaimAnswer>;
  /** Tells of an epoch a person decided; a higher one stands. */
  register(epoch: number): Promise<ClaimAnswer>;
}

/** Without head office a person decides. */
export const NO_HEAD_OFFICE: HeadOfficeClaims = {
  isThere: () => false,
  claim: () => Promise.resolve({ kind: 'unreachable' }),
  register: () => Promise.resolve({ kind: 'unreachable' }),
};
