import type { Batch, EpochEnd, LogView, StationId } from './log.ts';
import { rolesAfter } from './roles.ts';
import type {
  ReplicaPart,
  ReplicationMessage,
  Station,
  StationEffect,
  StationInput,
  StationStep,
} from './station.ts';
import { isSamePlace, isStandby, ownLatePart, stepOf, storedReply, termOf } from './station-parts.ts';

/** A replica's part: it copies its host's log; as the standby it takes over when nobody else decides (BR4 to BR6). */

/** Out of patience with its host, the standby asks head office, which names one of the two. */
export function replicaTick(state: Station, part: ReplicaPart, log: LogView, nowMs: number): StationStep {
  const { timings, seen } = state;
  if (nowMs - part.heardMs < timings.standbyPatienceMs) return stepOf(state);
  if (!isStandby(state)) return whoDecides(state, log, nowMs);
  if (part.claimDueMs !== null && part.claimDueMs > nowMs) return stepOf(state);
  const claiming: ReplicaPart = { ...part, claimDueMs: nowMs + timings.claimEveryMs };
  if (log.hasHeadOffice?.() === false) {
    const told = part.undecided ? [] : [{ kind: 'report', what: 'undecided' } as const];
    return stepOf({ ...state, part: { ...claiming, undecided: true } }, ...told);
  }
  const claim = { kind: 'claim', expected: state.roles.epoch } as const;
  if (seen.asked) return stepOf({ ...state, part: claiming }, claim);
  const asked = { ...seen, asked: true };
  return stepOf({ ...state, seen: asked, part: claiming }, { kind: 'remember', seen: asked }, claim);
}

/** Others ask their host: it may have given way to a third one that does not know it yet, and says so then. */
function whoDecides(state: Station, log: LogView, nowMs: number): StationStep {
  const { id, seen, timings, beatDueMs } = state;
  if (beatDueMs > nowMs || seen.host === null || seen.host === id) return stepOf(state);
  const asked = { ...state, beatDueMs: nowMs + timings.beatEveryMs };
  return stepOf(asked, followFrom(state, seen.host, log.epochEnds()));
}

/** The host of this epoch speaks. */
export function replicaHeard(
  state: Station,
  part: ReplicaPart,
  from: StationId,
  message: ReplicationMessage,
  log: LogView,
  nowMs: number,
): StationStep {
  const heard: ReplicaPart = { ...part, heardMs: nowMs, claimDueMs: null, undecided: false };
  const listening: Station = { ...state, part: heard };
  switch (message.kind) {
    case 'beat': {
      if (!isSamePlace(message.tip, state.tip))
        return stepOf(
          { ...state, part: { ...heard, synced: false } },
          followFrom(state, from, log.epochEnds()),
        );
      const synced: Station = { ...state, part: { ...heard, synced: true, agreed: true } };
      return stepOf(synced, ...storedReply(synced, from), ...lateWord(synced, from, log));
    }
    case 'agree': {
      const { place } = message;
      // A word from before: what is in this log by now is in the host's, and may have been answered for.
      if (part.agreed) return stepOf(listening);
      const ends = log.epochEnds();
      if (log.hashAt(place.seq) !== place.hash)
        return stepOf(
          listening,
          followFrom(
            state,
            from,
            ends.filter(end => end.seq < place.seq),
          ),
        );
      return place.seq < state.tip.seq
        ? stepOf(listening, { kind: 'cut', place })
        : stepOf(listening, followFrom(state, from, ends));
    }
    case 'batches':
      return batchesHeard(listening, from, message.batches, log);
    default:
      return stepOf(state);
  }
}

/** Takes what continues its own log; anything else makes it ask where to go on. */
function batchesHeard(state: Station, from: StationId, batches: readonly Batch[], log: LogView): StationStep {
  const known = batches.filter(batch => batch.lastSeq <= state.tip.seq);
  const fresh = batches.filter(batch => batch.lastSeq > state.tip.seq);
  const ask = followFrom(state, from, log.epochEnds());
  if (known.some(batch => log.hashAt(batch.lastSeq) !== batch.hash)) return stepOf(state, ask);
  if (fresh.length === 0) return stepOf(state, ...storedReply(state, from));
  let place = state.tip;
  for (const batch of fresh) {
    if (batch.firstSeq !== place.seq + 1 || batch.previousHash !== place.hash) return stepOf(state, ask);
    place = { seq: batch.lastSeq, hash: batch.hash };
  }
  // Head office may have named this station: it promises nothing more about not taking over before it knows.
  // Nor does it take what would keep it from deciding then.
  const isTooMuch = (batch: Batch) => batch.change?.kind === 'pair-ending' || log.canRead?.(batch) === false;
  const ending = state.seen.asked ? fresh.findIndex(isTooMuch) : -1;
  const taken = ending >= 0 ? fresh.slice(0, ending) : fresh;
  return taken.length > 0 ? stepOf(state, { kind: 'store', batches: taken }) : stepOf(state);
}

/** The host's batches are on this disk. */
export function replicaStored(state: Station, batches: readonly Batch[]): StationStep {
  let { roles, tip } = state;
  for (const batch of batches) {
    roles = rolesAfter(roles, batch);
    tip = { seq: batch.lastSeq, hash: batch.hash };
  }
  const { merged } = roles;
  const aside = { batches: state.aside.batches.filter(({ hash }) => !merged.has(hash)) };
  const part = state.part.kind === 'replica' ? { ...state.part, agreed: true } : state.part;
  const after: Station = { ...state, roles, tip, aside, part };
  return state.seen.host === null ? stepOf(after) : stepOf(after, ...storedReply(after, state.seen.host));
}

/** What it had recorded alone lies aside now; it goes on from where both agree. */
export function replicaCut(
  state: Station,
  { place, aside, roles }: Extract<StationInput, { kind: 'cut' }>,
  log: LogView,
): StationStep {
  const after: Station = { ...state, tip: place, roles, aside: { batches: aside } };
  const { host } = state.seen;
  return host === null ? stepOf(after) : stepOf(after, followFrom(after, host, log.epochEnds()));
}

/** Brings the host what was recorded alone, again with every beat until the log says that it was merged (BR6). */
function lateWord(state: Station, host: StationId, log: LogView): StationEffect[] {
  const late = ownLatePart(state, log);
  if (late === null) return [];
  return [{ kind: 'send', to: host, message: { kind: 'late', ...termOf(state), ...late } }];
}

function followFrom(state: Station, to: StationId, ends: readonly EpochEnd[]): StationEffect {
  return { kind: 'send', to, message: { kind: 'follow', ...termOf(state), tip: state.tip, ends } };
}
