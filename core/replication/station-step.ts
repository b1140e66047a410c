import { askedAgain, hostHeard, hostRecorded, hostTick, standbyWanted } from './host-step.ts';
import type { LogPlace, LogView, StationId } from './log.ts';
import { replicaCut, replicaHeard, replicaStored, replicaTick } from './replica-step.ts';
import type { Roles } from './roles.ts';
import type {
  ClaimAnswer,
  ReplicationMessage,
  ReplicationTimings,
  SeenEpoch,
  Station,
  StationInput,
  StationStep,
} from './station.ts';
import {
  becomeHost,
  becomeReplica,
  fencedReply,
  isAbove,
  isStandby,
  raiseEpoch,
  stepOf,
} from './station-parts.ts';

/** What a station finds on its disk when it starts. */
export interface StationOnDisk {
  readonly seen: SeenEpoch;
  readonly roles: Roles;
  readonly tip: LogPlace;
  readonly aside: Station['aside'];
  /** See `Station.tooOld`. */
  readonly tooOld?: boolean;
}

/**
 * The station as it starts. A host with a standby answers nothing before it has heard from it; one that had been named
 * and did not come to record it does so at the first tick.
 */
export function startStation(
  id: StationId,
  timings: ReplicationTimings,
  disk: StationOnDisk,
  nowMs: number,
): StationStep {
  const base: Station = {
    ...{ id, timings, ...disk, tooOld: disk.tooOld === true },
    ...{ part: becomeReplica(nowMs), beatDueMs: nowMs },
  };
  const isHost = disk.seen.host === id && !base.tooOld;
  if (isHost && disk.seen.epoch === disk.roles.epoch)
    return stepOf({ ...base, part: becomeHost(base, nowMs) });
  return stepOf(base);
}

/**
 * One input, at one time, with the station's log to look into.
 * @returns the state after it and what the program has to do, in this order; a crash between two effects is allowed
 */
export function stepStation(given: Station, input: StationInput, log: LogView, nowMs: number): StationStep {
  const tooOld = log.isTooOld?.() === true;
  const state = withoutFuture(given.tooOld === tooOld ? given : { ...given, tooOld }, nowMs);
  switch (input.kind) {
    case 'tick':
      // Named, but a full disk or a crash kept it from recording so.
      if (state.seen.host === state.id && state.seen.epoch > state.roles.epoch && !tooOld)
        return raiseEpoch(state, state.seen.epoch, 'head-office', null);
      return state.part.kind === 'host'
        ? hostTick(state, state.part, log, nowMs)
        : replicaTick(state, state.part, log, nowMs);
    case 'received':
      return received(state, input.from, input.message, log, nowMs);
    case 'recorded':
      return hostRecorded(state, input, log, nowMs);
    case 'asked-again':
      return askedAgain(state, input);
    case 'stored':
      return replicaStored(state, input.batches);
    case 'cut':
      return replicaCut(state, input, log);
    case 'claimed':
      return claimed(state, input.answer, log, nowMs);
    case 'decided':
      return decided(state, input.decision, nowMs);
    case 'name-standby':
      return state.part.kind === 'host' ? standbyWanted(state, state.part, input.standby) : stepOf(state);
    case 'release-standby':
      return state.part.kind === 'host' && state.part.pair === 'whole' && !state.roles.leaving
        ? stepOf(state, { kind: 'record', change: { kind: 'pair-ending' } })
        : stepOf(state);
  }
}

/** Should a clock have been set back, nothing waits for a time that is far off. */
function withoutFuture(state: Station, nowMs: number): Station {
  const { part, timings } = state;
  const beatDueMs = Math.min(state.beatDueMs, nowMs + timings.beatEveryMs);
  const heardMs = Math.min(part.heardMs, nowMs);
  const claimDueMs =
    part.claimDueMs === null ? null : Math.min(part.claimDueMs, nowMs + timings.claimEveryMs);
  if (beatDueMs === state.beatDueMs && heardMs === part.heardMs && claimDueMs === part.claimDueMs)
    return state;
  return { ...state, beatDueMs, part: { ...part, heardMs, claimDueMs } };
}

/** Messages of a host to replicas; the others are of replicas to their host. */
const OF_HOSTS: ReadonlySet<ReplicationMessage['kind']> = new Set(['beat', 'agree', 'batches']);

function received(
  state: Station,
  from: StationId,
  message: ReplicationMessage,
  log: LogView,
  nowMs: number,
): StationStep {
  const { seen } = state;
  if (isAbove(message, seen)) {
    if (isOfRemoved(state, message, log)) return overRemoved(state, message);
    const adopted = adopt(state, message, nowMs);
    if (!OF_HOSTS.has(message.kind) || adopted.state.seen.host !== from) return adopted;
    const next = received(adopted.state, from, message, log, nowMs);
    return { state: next.state, effects: [...adopted.effects, ...next.effects] };
  }
  // A lower epoch is over, whoever speaks for it (BR5).
  if (isAbove(seen, message)) return lowerHeard(state, from, message);
  if (message.kind === 'fenced') return stepOf(state);
  if (state.part.kind === 'host') return hostHeard(state, state.part, from, message, log, nowMs);
  if (seen.host === from) return replicaHeard(state, state.part, from, message, log, nowMs);
  return stepOf(state);
}

/**
 * Somebody speaks for a term that is over. Another host of the same epoch is a person's false statement: nothing is
 * lost by it. The higher one goes on in a new epoch, the other follows it and brings what it had recorded alone (BR6).
 */
function lowerHeard(state: Station, from: StationId, message: ReplicationMessage): StationStep {
  const { seen, part } = state;
  const fenced = message.kind === 'fenced' ? [] : [fencedReply(state, from)];
  const isOther = message.epoch === seen.epoch && message.host !== null && seen.host !== null;
  if (!isOther) return stepOf(state, ...fenced);
  const report = { kind: 'report', what: 'two-hosts' } as const;
  if (part.kind !== 'host') return stepOf(state, report, ...fenced);
  const raised = raiseEpoch(state, seen.epoch + 1, 'conflict', message.host);
  const register = { kind: 'register', epoch: seen.epoch + 1 } as const;
  return { state: raised.state, effects: [report, ...raised.effects, register] };
}

/** Whether a host hears that a PC decides which was removed: nobody could reach that one. */
function isOfRemoved(
  { id, part }: Station,
  { host }: { readonly host: StationId | null },
  log: LogView,
): boolean {
  return part.kind === 'host' && host !== null && host !== id && log.isRemoved?.(host) === true;
}

/** It goes on, above the removed one. */
function overRemoved(
  state: Station,
  { epoch, host }: { readonly epoch: number; readonly host: StationId | null },
): StationStep {
  const raised = raiseEpoch(state, epoch + 1, 'conflict', host);
  return { state: raised.state, effects: [...raised.effects, { kind: 'register', epoch: epoch + 1 }] };
}

/** Follows a higher term; a host stops being one. */
function adopt(
  state: Station,
  { epoch, host }: { readonly epoch: number; readonly host: StationId | null },
  nowMs: number,
): StationStep {
  const { id, part, tip } = state;
  const { open: _, ...known } = state.seen;
  const isOpen = hasAskedFor(state.seen, epoch);
  // Head office named this station, and its word may have reached somebody else first. Nobody begins an epoch it has
  // not asked for: another PC has this one's name, or this disk is an old copy.
  if (host === id && isOpen) return ownTurn(state, epoch);
  const seen: SeenEpoch = {
    ...known,
    ...(tip.seq === 0 ? { joined: epoch } : {}),
    ...(isOpen ? { open: true } : {}),
    ...{ epoch, host: host === id ? null : host, asked: known.asked && epoch === known.epoch },
  };
  const dropped = part.kind === 'host' ? part.waiting.map(({ commandId }) => commandId) : [];
  const isOther = epoch === known.epoch && host !== null && known.host !== null;
  return stepOf(
    { ...state, seen, part: becomeReplica(nowMs) },
    { kind: 'remember', seen },
    ...(isOther ? [{ kind: 'report', what: 'two-hosts' } as const] : []),
    ...(dropped.length > 0 ? [{ kind: 'drop-answers', commandIds: dropped } as const] : []),
  );
}

/** Whether this station has asked to be named for an epoch and has had no word about it. */
function hasAskedFor({ epoch, asked, open }: SeenEpoch, which: number): boolean {
  return (asked && which === epoch + 1) || (open === true && which === epoch);
}

/** Begins the epoch head office named it for; the next one where it has followed a person's host into that already. */
function ownTurn(state: Station, epoch: number): StationStep {
  const next = Math.max(epoch, state.roles.epoch + 1);
  const raised = raiseEpoch(state, next, 'head-office', null);
  const register = next > epoch ? [{ kind: 'register', epoch: next } as const] : [];
  return { state: raised.state, effects: [...raised.effects, ...register] };
}

/** Head office's word: whoever it names for the next epoch decides (BR4). */
function claimed(state: Station, answer: ClaimAnswer, log: LogView, nowMs: number): StationStep {
  const { seen, part } = state;
  if (answer.kind === 'unreachable') {
    if (part.kind === 'host')
      return part.pair === 'lost'
        ? stepOf({ ...state, part: { ...part, pair: 'undecided' } }, { kind: 'report', what: 'undecided' })
        : stepOf(state);
    if (part.claimDueMs === null || part.undecided) return stepOf(state);
    return stepOf({ ...state, part: { ...part, undecided: true } }, { kind: 'report', what: 'undecided' });
  }
  // Late, or it has not heard of a person's decision yet: no answer to a question about the epoch after this one.
  if (!isAbove(answer, seen)) return stepOf(state);
  return isOfRemoved(state, answer, log) ? overRemoved(state, answer) : adopt(state, answer, nowMs);
}

/** A person's word, by PIN, where head office cannot be asked (BR4). */
function decided(state: Station, decision: 'go-on-alone' | 'take-over', nowMs: number): StationStep {
  const { part, timings } = state;
  const next = state.seen.epoch + 1;
  const register = { kind: 'register', epoch: next } as const;
  if (decision === 'go-on-alone') {
    if (part.kind !== 'host' || part.pair === 'solo' || part.pair === 'whole') return stepOf(state);
  } else {
    const silent = part.kind === 'replica' && nowMs - part.heardMs >= timings.standbyPatienceMs;
    if (!silent || !isStandby(state)) return stepOf(state);
  }
  const raised = raiseEpoch(state, next, 'hand', null);
  return { state: raised.state, effects: [...raised.effects, register] };
}
