import type { Batch, EpochEnd, LogPlace, RoleChange, StationId } from './log.ts';
import type { Roles } from './roles.ts';

/** The state, inputs and effects of one station's part in the branch's common log (BR3 to BR6). */

/** Waits, in milliseconds. */
export interface ReplicationTimings {
  /** Without a sign of the standby, the pair is broken for the host (BR4). */
  readonly hostPatienceMs: number;
  /** The standby waits longer, so that a living host asks first. */
  readonly standbyPatienceMs: number;
  readonly beatEveryMs: number;
  /** Between two questions to head office. */
  readonly claimEveryMs: number;
}

export const BRANCH_TIMINGS: ReplicationTimings = {
  hostPatienceMs: 4_000,
  standbyPatienceMs: 6_000,
  beatEveryMs: 1_000,
  claimEveryMs: 2_000,
};

/** The highest epoch a station has accepted, and whose it is. On disk before anything is done by it. */
export interface SeenEpoch {
  readonly epoch: number;
  readonly host: StationId | null;
  /** This station asked head office for the epoch after it and has no word yet: it may have been named. */
  readonly asked: boolean;
  /** It had asked for `epoch` when it followed another into it: where that was a person's word it may yet be named. */
  readonly open?: true;
  /** The last epoch this disk had heard of while it was empty: of those before it has nothing of its own. */
  readonly joined?: number;
}

/**
 * A host's pair. `solo`: there is none, it decides alone. `whole`: the standby answers. `lost`: it does not, head
 * office is asked. `undecided`: head office cannot be asked, a person must decide (BR4).
 */
export type PairState = 'solo' | 'whole' | 'lost' | 'undecided';

export interface HostPart {
  readonly kind: 'host';
  readonly pair: PairState;
  /** When the standby was heard last. */
  readonly heardMs: number;
  /** The standby's disk has everything up to here. */
  readonly standbySeq: number;
  /** Commands recorded here and not answered yet: until the standby has them. */
  readonly waiting: readonly { readonly commandId: string; readonly seq: number }[];
  /** The next question to head office; null: none is due. */
  readonly claimDueMs: number | null;
  /** Becomes the standby as soon as it has caught up; null: the former one, when it is back. */
  readonly wanted: StationId | null;
}

export interface ReplicaPart {
  readonly kind: 'replica';
  readonly heardMs: number;
  /** Its log is the host's, as far as it knows. */
  readonly synced: boolean;
  /** Its log is the beginning of the present host's: nothing in it will be set aside for this host. */
  readonly agreed: boolean;
  /** Only a station that is the standby asks head office. */
  readonly claimDueMs: number | null;
  /** Head office cannot be asked: a person must decide. */
  readonly undecided: boolean;
}

/** What a station recorded alone and had to set aside when it followed another (BR6). On disk until it is merged. */
export interface Aside {
  readonly batches: readonly Batch[];
}

export interface Station {
  readonly id: StationId;
  readonly timings: ReplicationTimings;
  readonly seen: SeenEpoch;
  readonly roles: Roles;
  readonly tip: LogPlace;
  readonly aside: Aside;
  /** Its program does not know everything in its log: it copies, and is neither host nor standby. */
  readonly tooOld: boolean;
  readonly part: HostPart | ReplicaPart;
  readonly beatDueMs: number;
}

/** What one station says to another. Every message carries the sender's epoch and whose it is for it. */
export type ReplicationMessage = {
  readonly epoch: number;
  readonly host: StationId | null;
} & (
  | { readonly kind: 'beat'; readonly tip: LogPlace }
  /** "From where do I go on?" `ends` of the replica's epochs, without those already found to differ. */
  | { readonly kind: 'follow'; readonly tip: LogPlace; readonly ends: readonly EpochEnd[] }
  /** "We agree up to here; set the rest aside and ask again." */
  | { readonly kind: 'agree'; readonly place: LogPlace }
  | { readonly kind: 'batches'; readonly batches: readonly Batch[] }
  /** On the replica's disk. */
  | { readonly kind: 'stored'; readonly place: LogPlace }
  /** To somebody of a lower epoch: who decides now. */
  | { readonly kind: 'fenced' }
  /** What the sender recorded alone, or the first part of it: then there is `more`. */
  | { readonly kind: 'late'; readonly batches: readonly Batch[]; readonly more?: true }
);

/** Head office's word about a claim; `unreachable` when it gave none. */
export type ClaimAnswer =
  | { readonly kind: 'named'; readonly epoch: number; readonly host: StationId }
  | { readonly kind: 'unreachable' };

export type StationInput =
  | { readonly kind: 'tick' }
  | { readonly kind: 'received'; readonly from: StationId; readonly message: ReplicationMessage }
  /** The host's own program recorded a command, or a change asked for by an effect: it is on this disk. */
  | {
      readonly kind: 'recorded';
      readonly batch: Batch;
      readonly commandId: string | null;
      /** A broken pair need not keep it waiting: it gives no ticket to a counter (BR4). */
      readonly alone: boolean;
    }
  /** A command recorded before is asked for again; `seq` is where it lies. */
  | {
      readonly kind: 'asked-again';
      readonly commandId: string;
      readonly seq: number;
      readonly alone: boolean;
    }
  /** Batches of the host are on this disk. */
  | { readonly kind: 'stored'; readonly batches: readonly Batch[] }
  /** The log was cut after `place`; `roles` are those of what is left. */
  | {
      readonly kind: 'cut';
      readonly place: LogPlace;
      /**
       * All that lies aside on disk now and is not in what is left, oldest first: what the cut part had merged lies
       * there again, and must come before what was done with it.
       */
      readonly aside: readonly Batch[];
      readonly roles: Roles;
    }
  | { readonly kind: 'claimed'; readonly answer: ClaimAnswer }
  /** A person with the right decides, by PIN (BR4): on the host "go on alone", on the standby "the host is off". */
  | { readonly kind: 'decided'; readonly decision: 'go-on-alone' | 'take-over' }
  | { readonly kind: 'name-standby'; readonly standby: StationId }
  | { readonly kind: 'release-standby' };

export type StationEffect =
  | { readonly kind: 'send'; readonly to: StationId | 'everybody'; readonly message: ReplicationMessage }
  /** Read the own log after `place` and send it as `batches`. */
  | { readonly kind: 'send-log'; readonly to: StationId; readonly after: LogPlace }
  /** On disk before anything that follows. */
  | { readonly kind: 'remember'; readonly seen: SeenEpoch }
  /** Seal and record a batch with this change; comes back as `recorded`. */
  | { readonly kind: 'record'; readonly change: RoleChange }
  /** Record the host's batches; comes back as `stored`. */
  | { readonly kind: 'store'; readonly batches: readonly Batch[] }
  /** Move everything after `place` aside, in one transaction; comes back as `cut`. */
  | { readonly kind: 'cut'; readonly place: LogPlace }
  /** Ask head office to name this station for the epoch after `expected` (compare-and-set). */
  | { readonly kind: 'claim'; readonly expected: number }
  /** Tell head office of an epoch a person decided. */
  | { readonly kind: 'register'; readonly epoch: number }
  /** These commands are safe now: answer them. */
  | { readonly kind: 'answer'; readonly commandIds: readonly string[] }
  /** Commands recorded here that this station cannot answer any more: their senders ask the new host. */
  | { readonly kind: 'drop-answers'; readonly commandIds: readonly string[] }
  /** Record what `station` had recorded alone as late events, with a `late-merged` change that tells of `more` too. */
  | {
      readonly kind: 'merge';
      readonly station: StationId;
      readonly batches: readonly Batch[];
      readonly more?: true;
    }
  | { readonly kind: 'report'; readonly what: 'two-hosts' | 'pair-broken' | 'pair-whole' | 'undecided' };

export interface StationStep {
  readonly state: Station;
  readonly effects: readonly StationEffect[];
}
