import type { Batch, LogPlace, LogView, StationId } from './log.ts';
import { owedBy } from './roles.ts';
import type { HostPart, ReplicaPart, Station, StationEffect, StationStep } from './station.ts';

/** A state and what follows from it. */
export function stepOf(state: Station, ...effects: readonly StationEffect[]): StationStep {
  return { state, effects };
}

/** A replica that has just begun to listen. */
export function becomeReplica(nowMs: number): ReplicaPart {
  return {
    kind: 'replica',
    heardMs: nowMs,
    synced: false,
    agreed: false,
    claimDueMs: null,
    undecided: false,
  };
}

/** A host as its log makes it: with a standby, it answers nothing before that has spoken. */
export function becomeHost(state: Station, nowMs: number): HostPart {
  return {
    kind: 'host',
    pair: state.roles.standby === null ? 'solo' : 'whole',
    heardMs: nowMs,
    standbySeq: 0,
    waiting: [],
    claimDueMs: null,
    wanted: null,
  };
}

/** Who decides, as far as a station knows: goes with every message. */
export function termOf({ seen }: Station): { readonly epoch: number; readonly host: StationId | null } {
  return { epoch: seen.epoch, host: seen.host };
}

/**
 * The order of terms: by epoch, then by host. Two hosts of one epoch exist only by a person's false statement; even
 * then every station, asked in any order, takes the same one for the higher.
 */
export function isAbove(
  a: { readonly epoch: number; readonly host: StationId | null },
  b: { readonly epoch: number; readonly host: StationId | null },
): boolean {
  return a.epoch > b.epoch || (a.epoch === b.epoch && (a.host ?? '') > (b.host ?? ''));
}

/** Tells a station of a lower term who decides now. */
export function fencedReply(state: Station, to: StationId): StationEffect {
  return { kind: 'send', to, message: { kind: 'fenced', ...termOf(state) } };
}

/** Tells the host what is on this disk. A program too old for the log says it only while answers wait for it. */
export function storedReply(state: Station, to: StationId): StationEffect[] {
  if (state.tooOld && state.roles.standby !== state.id) return [];
  return [{ kind: 'send', to, message: { kind: 'stored', ...termOf(state), place: state.tip } }];
}

/** Equal in number and seal. */
export function isSamePlace(a: LogPlace, b: LogPlace): boolean {
  return a.seq === b.seq && a.hash === b.hash;
}

/** Begins an epoch as its host. On disk first: a crash in between is made good at the next start. */
export function raiseEpoch(
  state: Station,
  epoch: number,
  by: 'head-office' | 'hand' | 'conflict',
  over: StationId | null,
): StationStep {
  const { open: _, ...known } = state.seen;
  const seen = { ...known, epoch, host: state.id, asked: false };
  const tookOver = state.roles.host !== state.id;
  const remember = { kind: 'remember', seen } as const;
  // Named, and its program cannot decide: it begins once it has been updated.
  if (state.tooOld) return stepOf({ ...state, seen }, remember);
  return stepOf({ ...state, seen }, remember, {
    kind: 'record',
    change: { kind: 'epoch-raised', epoch, host: state.id, by, tookOver, over },
  });
}

/**
 * Whether this station may take over: it is the standby of the present epoch, not on its way out, and its program
 * knows everything in the log. A standby of an earlier epoch may lack what a later host answered alone.
 */
export function isStandby({ id, seen, roles, tooOld }: Station): boolean {
  return roles.standby === id && !roles.leaving && roles.epoch === seen.epoch && !tooOld;
}

/**
 * What this station recorded alone and the log still lacks, as far as it goes in one message and one merge: the rest
 * comes when the log has these (BR6). Null: nothing, and nobody waits for its word.
 */
export function ownLatePart(
  { id, aside, roles, seen }: Station,
  log: LogView,
): { readonly batches: readonly Batch[]; readonly more?: true } | null {
  const batches = aside.batches.filter(
    ({ hash, lastSeq }) => !roles.merged.has(hash) && log.hashAt(lastSeq) !== hash,
  );
  const owed = owedBy(roles, id);
  // A new PC that took a broken one's place has its name and not its disk: it never has the other's last word.
  const isOfAnotherDisk = owed.some(({ epoch }) => epoch <= (seen.joined ?? 0));
  if (batches.length === 0 && (owed.length === 0 || isOfAnotherDisk)) return null;
  const first = log.portion(batches);
  return first.length < batches.length || isOfAnotherDisk
    ? { batches: first, more: true }
    : { batches: first };
}
