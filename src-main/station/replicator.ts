import { mayCall, uploadableSeq } from '#core/replication/host-step.ts';
import type { LogView, StationId } from '#core/replication/log.ts';
import { safePlace } from '#core/replication/safe.ts';
import {
  BRANCH_TIMINGS,
  type ClaimAnswer,
  type Station,
  type StationEffect,
  type StationInput,
  type StationStep,
} from '#core/replication/station.ts';
import { startStation, stepStation } from '#core/replication/station-step.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { JournalBatch } from '../journal/check-batches.ts';
import type { Replicator, ReplicatorParts, StationStatus } from './replicator-contract.ts';
import type { StationMessage } from './station-network.ts';

const TICK_MS = 250;

interface Waiting {
  readonly promise: Promise<Result<void>>;
  readonly settle: (result: Result<void>) => void;
}

/** Makes the shell; nothing happens before `start`. */
export function createReplicator(parts: ReplicatorParts): Replicator {
  const { station: id, log, network, headOffice, clock, timings = BRANCH_TIMINGS } = parts;
  const roleListeners = new Set<Parameters<Replicator['onRole']>[0]>();
  const safeListeners = new Set<(seq: number) => void>();
  const statusListeners = new Set<() => void>();
  const waiting = new Map<string, Waiting>();
  const stored = new Map<StationId, number>();
  const view: LogView = { ...log, hasHeadOffice: () => headOffice.isThere?.() !== false };
  let state: Station | null = null;
  let stopped = false;
  let cancelTick = () => {};
  let depth = 0;
  let toldRole = '';
  let toldSafe = -1;
  let toldStatus = '';
  /** How far the host has said that the log is safe, and whether its pair is broken. */
  let hostSafe = 0;
  let hostAlone = false;
  let toldAlone = false;
  let ticks = 0;
  let telling = false;
  /** Some command's sender hears of it when the present step is over. */
  let answered = false;
  let tellAgain = false;

  const give = (input: StationInput) => {
    if (state === null || stopped) return;
    take(stepStation(state, input, view, clock.nowMs()));
  };

  /** Effects in their order; what one of them brings about is a step of its own, in between. */
  const take = (step: StationStep) => {
    depth++;
    try {
      state = step.state;
      for (const effect of step.effects) {
        if (stopped) return;
        perform(effect);
      }
    } finally {
      depth--;
    }
    if (depth > 0 || stopped) return;
    // Whoever waits for an answer gets it before the screens do.
    if (answered) queueMicrotask(tell);
    else tell();
    answered = false;
  };

  const giveFromOutside = (input: StationInput) => {
    // From outside, never in the middle of a step.
    if (depth === 0) give(input);
    else queueMicrotask(() => give(input));
  };

  /** After a whole step: what has changed for everybody else. What that brings about is told in the next round. */
  const tell = () => {
    tellAgain = true;
    if (telling || stopped) return;
    telling = true;
    try {
      while (tellAgain && !stopped) {
        tellAgain = false;
        tellOnce();
      }
    } finally {
      telling = false;
    }
  };

  const tellOnce = () => {
    if (state === null) return;
    const { part, seen } = state;
    const isHost = part.kind === 'host';
    const { seq: safe, alone } = safePlace(state, { seq: hostSafe, alone: hostAlone }, toldSafe);
    const broken = isHost && alone;
    log.release(safe, alone);
    if (safe !== toldSafe || broken !== toldAlone) {
      const isMore = safe > toldSafe;
      toldSafe = safe;
      toldAlone = broken;
      if (isHost) network.sendSafe({ epoch: seen.epoch, seq: safe, alone: broken });
      if (isMore) for (const listener of safeListeners) listener(safe);
    }
    const role = `${isHost} ${isHost ? id : seen.host}`;
    if (role !== toldRole) {
      toldRole = role;
      hostSafe = isHost ? 0 : hostSafe;
      hostAlone = false;
      for (const listener of [...roleListeners]) listener({ isHost, host: isHost ? id : seen.host });
    }
    const { silentMs: _, lag: __, ...shown } = status();
    const text = JSON.stringify(shown);
    if (text === toldStatus) return;
    toldStatus = text;
    for (const listener of [...statusListeners]) listener();
  };

  const settle = (commandIds: readonly string[], result: Result<void>) => {
    for (const commandId of commandIds) {
      waiting.get(commandId)?.settle(result);
      waiting.delete(commandId);
    }
  };

  const expectAnswer = (commandId: string) => {
    if (waiting.has(commandId)) return;
    let settleIt: Waiting['settle'] = () => {};
    const promise = new Promise<Result<void>>(resolve => {
      settleIt = resolve;
    });
    waiting.set(commandId, { promise, settle: settleIt });
  };

  const hear = (answer: Promise<ClaimAnswer>) => {
    answer
      .catch((): ClaimAnswer => ({ kind: 'unreachable' }))
      .then(word => give({ kind: 'claimed', answer: word }));
  };

  const record = (batch: JournalBatch | null) => {
    if (batch !== null) give({ kind: 'recorded', batch, commandId: null, alone: false });
  };

  const perform = (effect: StationEffect) => {
    switch (effect.kind) {
      case 'send':
        network.send(effect.to, effect.message as StationMessage);
        return;
      case 'send-log': {
        const batches = log.batchesAfter(effect.after.seq);
        const { epoch = 0, host = null } = state?.seen ?? {};
        if (batches.length > 0) network.send(effect.to, { kind: 'batches', epoch, host, batches });
        return;
      }
      case 'remember':
        // What is not on disk must not be acted on: better no station than one that forgets what it promised.
        if (!log.remember(effect.seen)) stopBecause();
        return;
      case 'record':
        return record(log.record(effect.change));
      case 'merge':
        return record(log.merge(effect.station, effect.batches as readonly JournalBatch[], effect.more));
      case 'store': {
        const tip = log.tip();
        const batches = (effect.batches as readonly JournalBatch[]).filter(one => one.firstSeq > tip.seq);
        if (batches[0]?.firstSeq !== tip.seq + 1 || !log.store(batches)) return;
        return give({ kind: 'stored', batches });
      }
      case 'cut': {
        if (effect.place.seq >= log.tip().seq) return;
        if (log.cut(effect.place) === null) return;
        hostSafe = Math.min(hostSafe, effect.place.seq);
        return give({ kind: 'cut', place: effect.place, aside: log.aside(), roles: log.roles() });
      }
      case 'claim':
        return hear(headOffice.claim(effect.expected));
      case 'register':
        return hear(headOffice.register(effect.epoch));
      case 'answer':
        answered = true;
        return settle(effect.commandIds, ok(undefined));
      case 'drop-answers':
        return settle(effect.commandIds, fail('U551'));
      case 'report':
        parts.onReport?.(effect.what);
    }
  };

  /** The disk keeps no promises: this station takes part again after its next start. */
  const stopBecause = () => {
    settle([...waiting.keys()], fail('U551'));
    stop();
  };

  const stop = () => {
    stopped = true;
    cancelTick();
  };

  const tick = () => {
    cancelTick = clock.after(TICK_MS, tick);
    // A station that connected since has not heard it.
    if (ticks++ % 4 === 0 && state?.part.kind === 'host')
      network.sendSafe({ epoch: state.seen.epoch, seq: uploadableSeq(state), alone: toldAlone });
    give({ kind: 'tick' });
  };

  network.onMessage((from, message) => {
    if (message.kind === 'stored') stored.set(from, message.place.seq);
    giveFromOutside({ kind: 'received', from, message });
  });
  network.onSafe((from, { epoch, seq, alone }) => {
    if (state?.part.kind !== 'replica' || state.seen.host !== from) return;
    // Of another epoch it is about another log, even if the host is the same again.
    if (epoch !== undefined && epoch !== state.seen.epoch) return;
    hostSafe = Math.max(hostSafe, seq);
    hostAlone = alone;
    if (depth === 0 && !stopped) tell();
  });

  const status = (): StationStatus => {
    const nowMs = clock.nowMs();
    if (state === null) {
      const roles = log.roles();
      return {
        ...{ station: id, role: 'replica', host: parts.seen.host, epoch: parts.seen.epoch },
        ...{ standby: roles.standby, pair: null, standbyHeard: false, undecided: false },
        ...{ askingHeadOffice: false, synced: false },
        ...{ silentMs: 0, lag: new Map(), block: roles.block, lateBatches: 0, mayCall: false },
      };
    }
    const { part, roles, seen, tip, aside } = state;
    const isHost = part.kind === 'host';
    // Of an earlier epoch it lacks what a later host decided.
    const isStandby = !isHost && roles.standby === id && roles.epoch === seen.epoch;
    const lag = network
      .stations()
      .map(other => [other, Math.max(0, tip.seq - (stored.get(other) ?? 0))] as const);
    return {
      station: id,
      role: isHost ? 'host' : isStandby ? 'standby' : 'replica',
      host: isHost ? id : seen.host,
      epoch: seen.epoch,
      standby: roles.standby,
      standbyHeard: roles.standby !== null && stored.has(roles.standby),
      pair: isHost ? part.pair : null,
      undecided: isHost ? part.pair === 'undecided' : part.undecided,
      askingHeadOffice: part.claimDueMs !== null,
      synced: isHost || part.synced,
      silentMs: Math.max(0, nowMs - part.heardMs),
      lag: new Map(isHost ? lag : []),
      block: roles.block,
      lateBatches: aside.batches.length,
      mayCall: mayCall(state),
    };
  };

  /** A person's wish: refused where it changes nothing. */
  const wish = (input: StationInput, code: ErrorCode, changes: () => boolean): Result<void> => {
    if (state === null || stopped || depth > 0) return fail(code);
    give(input);
    return changes() ? ok(undefined) : fail(code);
  };

  const listen =
    <Listener>(listeners: Set<Listener>) =>
    (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };

  return {
    start() {
      const disk = {
        ...{ seen: parts.seen, roles: log.roles(), tip: log.tip() },
        aside: { batches: log.aside() },
      };
      take(startStation(id, timings, disk, clock.nowMs()));
      tick();
    },
    stop,
    isHost: () => state?.part.kind === 'host' && !stopped,
    mayCall: () => state !== null && !stopped && mayCall(state),
    uploadableSeq: () => (state === null ? 0 : uploadableSeq(state)),
    recorded(batch, commandId, alone) {
      if (commandId !== null) expectAnswer(commandId);
      give({ kind: 'recorded', batch, commandId, alone });
    },
    askedAgain(commandId, alone) {
      const seq = log.seqOfCommand(commandId);
      if (seq === null) return;
      expectAnswer(commandId);
      give({ kind: 'asked-again', commandId, seq, alone });
    },
    whenSafe: commandId => waiting.get(commandId)?.promise ?? null,
    status,
    decide: decision => {
      const before = state?.seen.epoch ?? 0;
      return wish({ kind: 'decided', decision }, 'U544', () => (state?.seen.epoch ?? 0) > before);
    },
    nameStandby: standby =>
      wish(
        { kind: 'name-standby', standby },
        'U543',
        () => state?.part.kind === 'host' && state.part.wanted === standby,
      ),
    releaseStandby: () => wish({ kind: 'release-standby' }, 'U547', () => state?.roles.leaving === true),
    onRole: listen(roleListeners),
    onSafe: listen(safeListeners),
    onStatus: listen(statusListeners),
  };
}
