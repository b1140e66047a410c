import { actorToText, type Command } from '#core/branch/commands.ts';
import { decide } from '#core/branch/decide.ts';
import { dueCommands } from '#core/branch/due.ts';
import { type BranchEvent, EVENT_DATA, EVENT_VERSIONS, type NewEvent } from '#core/branch/events.ts';
import { evolve } from '#core/branch/evolve.ts';
import { takeKeptDeed } from '#core/branch/kept-deeds.ts';
import { readWithLate } from '#core/branch/late-effects.ts';
import { EMPTY_BRANCH } from '#core/branch/state.ts';
import { addEvent, createDayFigures } from '#core/figures/day-figures.ts';
import { businessDayOf } from '#core/queue/business-day.ts';
import { canonicalJson } from '#core/wire/event-chain.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import { batchOfAppend, type JournalBatch } from '../journal/check-batches.ts';
import { sha256Hex } from '../journal/sha256.ts';
import type { Host, HostAnswer, HostParts } from './host-contract.ts';
import { createLogReader } from './log-reader.ts';
import { createIdSource } from './new-id.ts';
import { createShownState } from './shown-state.ts';

/**
 * Brings the journal's events back into the state and starts taking commands.
 * Failures: `D405`, `D407` the journal cannot be read to its end.
 */
export function startHost(parts: HostParts): Result<Host> {
  const { journal, now, station, stations } = parts;
  const newId = parts.newId ?? createIdSource();
  const listeners: ((events: readonly BranchEvent[]) => void)[] = [];
  let state = EMPTY_BRANCH;
  let figures = createDayFigures();
  /**
   * What is recorded and not yet worked into the state: another PC's disk has work with it meanwhile, so it is sent
   * first. Whoever asks for the state gets the one after it.
   */
  let recordedLast: (() => void) | null = null;
  const reader = createLogReader(parts.readEvent ?? readWithLate);
  /** Only among several PCs: what is on this disk and not safe yet is not shown. */
  const shown = createShownState(
    EMPTY_BRANCH,
    () => stations?.kept() ?? [],
    events => {
      for (const event of events) count(event);
      tellListeners(events);
    },
  );

  const count = (event: BranchEvent) => {
    if (event.type === 'business-day-started') figures = createDayFigures();
    addEvent(figures, event);
  };

  const rebuild = (): Result<void> => {
    recordedLast = null;
    state = EMPTY_BRANCH;
    figures = createDayFigures();
    reader.reset();
    for (const read of journal.read()) {
      if (!read.ok) return read;
      const event = reader.unread() === null ? reader.readEvent(read.value) : null;
      if (event?.ok) {
        count(event.value);
        state = evolve(state, event.value);
        continue;
      }
      if (event !== null && stations?.mayFollowUnread() !== true) return event;
      if (event !== null) reader.stayBehind(event.error, state.stations.roles);
      reader.follow([read.value]);
    }
    shown.reset(state);
    return ok(undefined);
  };

  const built = rebuild();
  if (!built.ok) return built;

  const upToDate = () => {
    const work = recordedLast;
    recordedLast = null;
    work?.();
  };

  /** Everybody hears of it when it is safe, which in a branch of one PC is now. */
  const take = (happened: readonly BranchEvent[], batch: JournalBatch | null) => {
    if (batch === null) {
      for (const event of happened) state = evolve(state, event);
      for (const event of happened) count(event);
      return tellListeners(happened);
    }
    upToDate();
    recordedLast = () => {
      for (const event of happened) state = evolve(state, event);
      shown.add(batch.lastSeq, happened, state);
    };
  };

  /** A listener may give a command of its own: its events follow when everybody has heard of these. */
  const untold: (readonly BranchEvent[])[] = [];
  let telling = false;
  const tellListeners = (happened: readonly BranchEvent[]) => {
    untold.push(happened);
    if (telling) return;
    telling = true;
    try {
      for (let next = untold.shift(); next !== undefined; next = untold.shift())
        for (const listener of listeners) listener(next);
    } finally {
      telling = false;
    }
  };

  const blockAt = (at: number) => {
    const { document } = state;
    const hostBlock = document && stations?.hostBlock(businessDayOf(at, document.branch.timeZone));
    return typeof hostBlock === 'number' ? { hostBlock } : {};
  };

  const execute = (command: Command, commandId?: string): Result<HostAnswer> => {
    upToDate();
    const fingerprint = commandId === undefined ? '' : fingerprintOf(command);
    const first = commandId === undefined ? null : journal.answerOf(commandId);
    if (stations && !stations.isHost()) return stations.passOn(command, commandId);
    if (reader.unread() !== null) return fail('U553');
    if (first && first.fingerprint !== fingerprint) return fail('M607');
    if (first) {
      if (commandId !== undefined) stations?.repeated(commandId);
      return ok(first.answer as HostAnswer);
    }
    // Refused before anything is promised; customers already here can still be served to the end.
    if ((command.type === 'issue-ticket' || command.type === 'check-in') && !journal.hasRoom())
      return fail('D403');

    const at = now();
    const decision = decide(state, command, { now: at, newId, ...blockAt(at) });
    if (!decision.ok) return decision;
    const { events, answer } = decision.value;
    if (events.length === 0) return ok(answer);

    const refused = stations?.refuse(events);
    if (refused) return { ok: false, error: refused };
    const by = { at, actor: actorToText(command.actor), station: command.station };
    const saved = commandId === undefined ? null : { id: commandId, fingerprint, answer };
    const recorded = append(events, by, saved);
    if (!recorded.ok) return recorded;
    if (recorded.value !== null) stations?.recorded(recorded.value, commandId);
    upToDate();
    return ok(answer);
  };

  /** Records and applies. @returns the batch, for other PCs; null in a branch of one PC */
  const append = (
    events: readonly NewEvent[],
    by: { readonly at: number; readonly actor: string; readonly station: string },
    command: JournalBatch['command'],
  ): Result<JournalBatch | null> => {
    const misfit = findMisfit(events);
    if (misfit) return { ok: false, error: misfit };
    const before = journal.last();
    const recorded = journal.append({
      events: events.map(({ type, data }) => ({
        id: newId(),
        type,
        version: EVENT_VERSIONS[type],
        ...by,
        data,
      })),
      ...(command === null ? {} : { command }),
    });
    if (!recorded.ok) return recorded;
    const batch = stations ? batchOfAppend(before, recorded.value, command) : null;
    take(
      events.map(event => ({ ...event, ...by })),
      batch,
    );
    return ok(batch);
  };

  return ok({
    state() {
      upToDate();
      return state;
    },
    figures: () => figures,
    execute,
    shown: () => (stations ? shown.present() : state),
    roles() {
      upToDate();
      return reader.unread() === null ? state.stations.roles : reader.unreadRoles();
    },
    unread: reader.unread,
    canRead: events => reader.readBatch(events).ok,
    record(events) {
      if (reader.unread() !== null) return fail('U553');
      const recorded = append(events, { at: now(), actor: 'system', station }, null);
      return recorded as Result<JournalBatch>;
    },
    follow(batches) {
      for (const batch of batches) {
        const read = reader.unread() === null ? reader.readBatch(batch.events) : null;
        if (read?.ok) {
          take(read.value, batch);
          continue;
        }
        if (read !== null && stations?.mayFollowUnread() !== true) return read;
        upToDate();
        if (read !== null) reader.stayBehind(read.error, state.stations.roles);
        reader.follow(batch.events);
      }
      return ok(undefined);
    },
    pretend(command, keep, own) {
      if (reader.unread() !== null) return fail('U553');
      const at = now();
      const context = { now: at, newId, ...(own ? { own } : { keepsDay: true }) };
      const decision = decide(shown.present(), command, context);
      if (!decision.ok) return decision;
      const { events, answer } = decision.value;
      if (events.length > 0 && !keep({ at, events, answer })) return fail('D404');
      const by = { at, actor: actorToText(command.actor), station: command.station };
      const happened = events.map(event => ({ ...event, ...by }));
      shown.pretend(happened);
      if (happened.length > 0) tellListeners(happened);
      return ok(answer);
    },
    takeKept(deed, asked, answer) {
      if (reader.unread() !== null) return fail('U553');
      upToDate();
      const { actor, station: there } = deed;
      const fingerprint = fingerprintOf(asked);
      const text = canonicalJson(answer);
      const isOther = (known: ReturnType<typeof journal.answerOf>) =>
        known !== null && (known.fingerprint !== fingerprint || canonicalJson(known.answer) !== text);
      // Asked of a host first, which answered too late: then both happened, and both are recorded.
      const id = isOther(journal.answerOf(deed.id)) ? sha256Hex(`kept ${deed.id} ${text}`) : deed.id;
      if (journal.answerOf(id) !== null) {
        stations?.repeated(id);
        return ok(id);
      }
      if (deed.type === 'issue-ticket' && !journal.hasRoom()) return fail('D403');
      const { at, events } = takeKeptDeed(state, deed, now());
      if (events.length === 0) return ok(id);
      const by = { at, actor: actorToText(actor), station: there };
      const recorded = append(events, by, { id, fingerprint, answer });
      if (!recorded.ok) return recorded;
      if (recorded.value !== null) stations?.recorded(recorded.value, id);
      upToDate();
      return ok(id);
    },
    rebuild,
    release(seq, alsoAlone) {
      upToDate();
      shown.release(seq, alsoAlone);
    },
    tick() {
      if (stations && !stations.isHost()) return;
      upToDate();
      for (const due of dueCommands(state, now())) {
        const done = execute({ ...due, actor: { kind: 'system' }, station } as Command);
        // Refused by the disk: asked again with the next tick.
        if (!done.ok) return;
      }
    },
    onEvents: listener => void listeners.push(listener),
  });
}

/** What cannot be read back must not be recorded: the branch would never start again. */
function findMisfit(events: readonly NewEvent[]): Failure | undefined {
  for (const { type, data } of events) {
    const checked = EVENT_DATA[type].safeParse(data);
    if (checked.success) continue;
    const field = checked.error.issues[0]?.path.join('.').slice(0, 100) ?? '';
    return { code: type === 'bank-document-applied' ? 'C901' : 'M601', facts: { type, field } };
  }
  return undefined;
}

/** Of what a command means, so that one id cannot carry two meanings. */
function fingerprintOf({ type, args, actor }: Command): string {
  return sha256Hex(canonicalJson({ type, args, actor: actorToText(actor) }));
}
