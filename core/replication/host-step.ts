import { type Batch, commonPlace, type LogView, type StationId } from './log.ts';
import { owedBy, rolesAfter } from './roles.ts';
import type {
  HostPart,
  ReplicationMessage,
  Station,
  StationEffect,
  StationInput,
  StationStep,
} from './station.ts';
import { becomeHost, isSamePlace, ownLatePart, stepOf, termOf } from './station-parts.ts';

/** The host's part: it records, waits for the standby's disk, and stops deciding when it cannot know (BR3, BR4). */

/** Its sign of life, and the end of patience with a silent standby. */
export function hostTick(state: Station, part: HostPart, log: LogView, nowMs: number): StationStep {
  const { timings, seen, tip } = state;
  const effects: StationEffect[] = [];
  let next = part;
  let { seen: nextSeen, beatDueMs } = state;
  if (part.pair === 'whole' && nowMs - part.heardMs >= timings.hostPatienceMs) {
    next = { ...next, pair: 'lost', claimDueMs: nowMs };
    effects.push({ kind: 'report', what: 'pair-broken' });
  }
  if (next.claimDueMs !== null && next.claimDueMs <= nowMs) {
    next = { ...next, claimDueMs: nowMs + timings.claimEveryMs };
    if (log.hasHeadOffice?.() === false) {
      if (next.pair === 'lost') effects.push({ kind: 'report', what: 'undecided' });
      next = { ...next, pair: 'undecided' };
    } else {
      if (!seen.asked) {
        nextSeen = { ...seen, asked: true };
        effects.push({ kind: 'remember', seen: nextSeen });
      }
      effects.push({ kind: 'claim', expected: state.roles.epoch });
    }
  }
  if (beatDueMs <= nowMs) {
    beatDueMs = nowMs + timings.beatEveryMs;
    effects.push({ kind: 'send', to: 'everybody', message: { kind: 'beat', ...termOf(state), tip } });
    effects.push(...ownLate(state, part, log));
  }
  return stepOf({ ...state, seen: nextSeen, beatDueMs, part: next }, ...effects);
}

/** A replica of this epoch speaks. */
export function hostHeard(
  state: Station,
  part: HostPart,
  from: StationId,
  message: ReplicationMessage,
  log: LogView,
  nowMs: number,
): StationStep {
  switch (message.kind) {
    case 'follow': {
      const place = commonPlace(log, message.ends);
      if (isSamePlace(message.tip, place)) return stepOf(state, { kind: 'send-log', to: from, after: place });
      const agree = { kind: 'agree', ...termOf(state), place } as const;
      return stepOf(state, { kind: 'send', to: from, message: agree });
    }
    case 'stored':
      return log.hashAt(message.place.seq) === message.place.hash
        ? standbyStored(state, part, from, message.place.seq, log, nowMs)
        : stepOf(state);
    case 'late':
      return stepOf(state, ...mergeOf(state.roles, part, from, message, log));
    default:
      return stepOf(state);
  }
}

/** What is on the standby's disk is safe: its senders are answered (BR3). */
function standbyStored(
  state: Station,
  part: HostPart,
  from: StationId,
  seq: number,
  log: LogView,
  nowMs: number,
): StationStep {
  const { roles, tip } = state;
  if (roles.standby === null) {
    // Whoever was wanted and has been removed since never catches up.
    const isGone = part.wanted !== null && log.isRemoved?.(part.wanted) === true;
    const wanted = isGone ? roles.formerStandby : (part.wanted ?? roles.formerStandby);
    const isBack = from === wanted && seq === tip.seq;
    return isBack
      ? stepOf(state, { kind: 'record', change: { kind: 'pair-made', standby: from } })
      : stepOf(state);
  }
  if (from !== roles.standby) return stepOf(state);
  const caughtUp = seq >= tip.seq;
  // A standby that lives but stores nothing keeps everybody waiting: that is no sign of life.
  const heardMs = caughtUp || seq > part.standbySeq ? nowMs : part.heardMs;
  const safe = part.waiting.filter(waiting => waiting.seq <= seq).map(({ commandId }) => commandId);
  const effects: StationEffect[] = safe.length > 0 ? [{ kind: 'answer', commandIds: safe }] : [];
  let next: HostPart = {
    ...part,
    heardMs,
    standbySeq: Math.max(part.standbySeq, seq),
    waiting: part.waiting.filter(waiting => waiting.seq > seq),
  };
  if (caughtUp && part.pair !== 'whole') {
    next = { ...next, pair: 'whole', claimDueMs: null };
    effects.push({ kind: 'report', what: 'pair-whole' });
  }
  if (caughtUp && roles.leaving) effects.push({ kind: 'record', change: { kind: 'pair-ended' } });
  return stepOf({ ...state, part: next }, ...effects);
}

/**
 * Another station becomes the standby as soon as it has caught up. A present standby leaves properly before: in between
 * the host is alone, and nobody has to decide anything (BR4).
 */
export function standbyWanted(state: Station, part: HostPart, wanted: StationId): StationStep {
  const { id, roles } = state;
  if (wanted === id || wanted === roles.standby) return stepOf(state);
  if (part.pair !== 'solo' && part.pair !== 'whole') return stepOf(state);
  const next = { ...state, part: { ...part, wanted } };
  const isThere = part.pair === 'whole' && !roles.leaving;
  return isThere ? stepOf(next, { kind: 'record', change: { kind: 'pair-ending' } }) : stepOf(next);
}

/** Merges what `from` had recorded alone. Not while the pair is broken: the main block may not change hands then. */
function mergeOf(
  roles: Station['roles'],
  part: HostPart,
  from: StationId,
  given: Pick<Extract<ReplicationMessage, { kind: 'late' }>, 'batches' | 'more'>,
  log: LogView,
): StationEffect[] {
  const { batches } = given;
  if (part.pair !== 'solo' && part.pair !== 'whole') return [];
  const late = batches.filter(({ hash, lastSeq }) => !roles.merged.has(hash) && log.hashAt(lastSeq) !== hash);
  // What this program does not know waits for one that does: it may hold numbers.
  const unknown = late.findIndex(batch => log.canRead?.(batch) === false);
  const fresh = unknown < 0 ? late : late.slice(0, unknown);
  const more = given.more ?? (unknown >= 0 ? true : undefined);
  // Of a part that is in the log already there is nothing to say.
  const owed = more !== true && owedBy(roles, from).length > 0;
  if (fresh.length === 0 && !owed) return [];
  const merge: StationEffect = { kind: 'merge', station: from, batches: fresh, ...(more ? { more } : {}) };
  // They need not have met: the other may have come back to the next epoch.
  return hadTwoHosts(fresh, log) ? [{ kind: 'report', what: 'two-hosts' }, merge] : [merge];
}

/** Somebody began an epoch that another host has begun in this log: a person's false statement. */
function hadTwoHosts(late: readonly Batch[], log: LogView): boolean {
  const begun = late.flatMap(({ change }) => (change?.kind === 'epoch-raised' ? [change.epoch] : []));
  return begun.length > 0 && log.epochEnds().some(({ epoch }) => begun.includes(epoch));
}

/** A host that was one before, and was set aside then, merges what it had recorded alone itself. */
function ownLate(state: Station, part: HostPart, log: LogView): StationEffect[] {
  const late = ownLatePart(state, log);
  return late === null ? [] : mergeOf(state.roles, part, state.id, late, log);
}

/** The program recorded a batch: everybody gets it, and it is answered when it is safe. */
export function hostRecorded(
  state: Station,
  { batch, commandId, alone }: Extract<StationInput, { kind: 'recorded' }>,
  log: LogView,
  nowMs: number,
): StationStep {
  const roles = rolesAfter(state.roles, batch);
  const tip = { seq: batch.lastSeq, hash: batch.hash };
  const after: Station = { ...state, roles, tip };
  const push: StationEffect = {
    kind: 'send',
    to: 'everybody',
    message: { kind: 'batches', ...termOf(state), batches: [batch] },
  };
  const before = state.part.kind === 'host' ? state.part : becomeHost(after, nowMs);
  const part = partAfter(before, batch.change?.kind ?? null, nowMs);
  const waiting = commandId === null ? part.waiting : [...part.waiting, { commandId, seq: batch.lastSeq }];
  const isSafe = (one: { readonly commandId: string }) =>
    part.pair === 'solo' || (part.pair !== 'whole' && alone && one.commandId === commandId);
  const safe = waiting.filter(isSafe).map(one => one.commandId);
  return stepOf(
    { ...after, part: { ...part, waiting: waiting.filter(one => !isSafe(one)) } },
    push,
    ...(safe.length > 0 ? [{ kind: 'answer', commandIds: safe } as const] : []),
    // Before it gives a number: what it has aside itself may hold numbers of the very block it gives from now.
    ...(batch.change === null ? [] : ownLate(after, part, log)),
  );
}

/** A retry: answered when what it asked for is safe, however often it asks. */
export function askedAgain(
  state: Station,
  { commandId, seq, alone }: Extract<StationInput, { kind: 'asked-again' }>,
): StationStep {
  const { part } = state;
  if (part.kind !== 'host') return stepOf(state);
  const isSafe = seq <= uploadableSeq(state) || (alone && part.pair !== 'whole');
  if (isSafe) return stepOf(state, { kind: 'answer', commandIds: [commandId] });
  if (part.waiting.some(one => one.commandId === commandId)) return stepOf(state);
  return stepOf({ ...state, part: { ...part, waiting: [...part.waiting, { commandId, seq }] } });
}

function partAfter(
  part: HostPart,
  change: 'pair-made' | 'pair-ending' | 'pair-ended' | 'epoch-raised' | 'late-merged' | null,
  nowMs: number,
): HostPart {
  switch (change) {
    case 'pair-made':
      return { ...part, pair: 'whole', heardMs: nowMs, standbySeq: 0, wanted: null };
    case 'epoch-raised':
    case 'pair-ended':
      return { ...part, pair: 'solo', claimDueMs: null };
    default:
      return part;
  }
}

/**
 * How far head office may have the log: what could still be set aside after a take-over stays here, so that its copy
 * never forks by a take-over that went as it should.
 */
export function uploadableSeq({ part, tip }: Station): number {
  if (part.kind !== 'host') return 0;
  return part.pair === 'solo' ? tip.seq : part.standbySeq;
}

/** BR4: whether a ticket may be given to a counter now. Numbers are issued in every state of the pair. */
export function mayCall({ part }: Station): boolean {
  return part.kind === 'host' && (part.pair === 'solo' || part.pair === 'whole');
}
