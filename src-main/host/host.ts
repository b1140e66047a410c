import { randomBytes } from 'node:crypto';
import { type Actor, actorToText, type Command } from '#core/branch/commands.ts';
import { decide } from '#core/branch/decide.ts';
import type { OwnNumbers } from '#core/branch/decision.ts';
import { dueCommands } from '#core/branch/due.ts';
import { type BranchEvent, EVENT_DATA, EVENT_VERSIONS, type NewEvent } from '#core/branch/events.ts';
import { evolve } from '#core/branch/evolve.ts';
import { type DoneDeed, takeKeptDeed } from '#core/branch/kept-deeds.ts';
import { readWithLate } from '#core/branch/late-effects.ts';
import { type BranchState, EMPTY_BRANCH } from '#core/branch/state.ts';
import { addEvent, createDayFigures, type DayFigures } from '#core/figures/day-figures.ts';
import { businessDayOf } from '#core/queue/business-day.ts';
import { roleChangeOf } from '#core/replication/role-events.ts';
import { type Roles, rolesAfter } from '#core/replication/roles.ts';
import { canonicalJson } from '#core/wire/event-chain.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { JournalBatch } from '../journal/check-batches.ts';
import type { Journal } from '../journal/journal.ts';
import { sha256Hex } from '../journal/sha256.ts';
import { createIdSource } from './new-id.ts';

/** What an accepted command gives back. */
export type HostAnswer = Readonly<Record<string, unknown>>;

/** Real things the host uses, passed in by the wiring place. */
export interface HostParts {
  readonly journal: Pick<Journal, 'append' | 'read' | 'answerOf' | 'hasRoom' | 'last'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly station: string;
  /** Fresh unguessable ids; default `createIdSource`. */
  readonly newId?: () => string;
  /** Missing: a branch of one PC, which decides everything itself, at once. */
  readonly stations?: HostAmongStations;
  /** Tests play a program that knows less with it. */
  readonly readEvent?: (envelope: EventEnvelope) => Result<BranchEvent>;
}

/** What a branch of several PCs asks of its host (BR3, BR4). */
export interface HostAmongStations {
  /** False: another PC decides, and this one follows its journal. */
  isHost(): boolean;
  /** Another PC is known to decide: what this program is too old to read is kept for its update (`Host.unread`). */
  mayFollowUnread(): boolean;
  /**
   * BR5: the block a host gives numbers from that does not know whether it decides on this day; undefined: the one its
   * journal says.
   */
  hostBlock(businessDay: string): number | undefined;
  /** What may not be recorded now. */
  refuse(events: readonly NewEvent[]): Failure | undefined;
  /** A command for which another PC is the host; its news goes there. */
  passOn(command: Command, commandId: string | undefined): Result<HostAnswer>;
  /** A command was recorded here; `release` tells when it is safe. */
  recorded(batch: JournalBatch, commandId: string | undefined): void;
  /** A command that was recorded before came again. */
  repeated(commandId: string): void;
  /** BR7: what this PC did without its host and its journal does not have yet. */
  kept(): readonly BranchEvent[];
}

/** BR7: something decided without the host, before anybody hears of it. */
export interface Pretended {
  readonly at: number;
  readonly events: readonly NewEvent[];
  readonly answer: HostAnswer;
}

/** The branch's one decider: takes commands one after the other, records, then tells everybody. */
export interface Host {
  state(): BranchState;
  figures(): DayFigures;
  /**
   * Decides, records and applies a command. When it answers ok, the events are on disk. `commandId` makes a retry
   * harmless: the same id has one effect and gets the same answer (M607 when it carried something else before).
   * Failures: those of `decide` and `Journal.append`; `D403` no room for new tickets; `M601`, `C901` the command
   * would make an event that could not be read back.
   */
  execute(command: Command, commandId?: string): Result<HostAnswer>;
  /** Gives the commands that time alone makes due; called about once a second. */
  tick(): void;
  /**
   * Called after events were recorded and applied, with all of one command at once, in the journal's order.
   * Listeners never refuse.
   */
  onEvents(listener: (events: readonly BranchEvent[]) => void): void;
  /** As far as everything is safe: what windows and devices may show. The same as `state` in a branch of one PC. */
  shown(): BranchState;
  /** Who decides, as the journal tells. */
  roles(): Roles;
  /**
   * The program's own work, in the system's name and without a command. It is told with the next `release`.
   * Failures: of `Journal.append`; `M601` it could not be read back.
   */
  record(events: readonly NewEvent[]): Result<JournalBatch>;
  /**
   * Null: this program reads all of its journal. Else the first event it is too old for (`D407`): the journal goes on,
   * the state stays behind, and nothing is to be shown, decided or recorded by it.
   */
  unread(): Failure | null;
  /** Whether this program knows everything in these events. */
  canRead(events: readonly EventEnvelope[]): boolean;
  /**
   * Takes up what another PC decided and this PC's journal has already. Failure: `D407` where it may not follow
   * unread.
   */
  follow(batches: readonly JournalBatch[]): Result<void>;
  /**
   * BR7, a PC without its host: decides and shows, and records nothing. What comes from the host takes its place.
   * @param keep takes down what was decided, before anybody hears of it; false: the disk refuses
   * @param own where numbers come from
   * Failures: those of `decide`; `D404` it was not taken down.
   */
  pretend(command: Command, keep: (done: Pretended) => boolean, own?: OwnNumbers): Result<HostAnswer>;
  /**
   * BR7: records, as the host, what another PC did without it; a repeat has no second effect.
   * @param asked what it had been asked there
   * @returns the command id it is recorded under
   * Failures: those of `Journal.append`; `D403`; `M601`.
   */
  takeKept(deed: DoneDeed, asked: Command, answer: HostAnswer): Result<string>;
  /** Begins anew from the journal, a part of which was set aside (BR6). Failures: `D405`, `D407`. */
  rebuild(): Result<void>;
  /**
   * Events up to place `seq` are safe, and are told. `alsoAlone`: those of later batches too, as far as `isAlone`
   * says that a broken pair need not keep them.
   */
  release(seq: number, alsoAlone: boolean): void;
}

/** BR4: whether events may be answered while the pair is broken: they give no ticket to a counter, no block to a PC. */
export function isAlone(events: readonly { readonly type: string }[]): boolean {
  return !events.some(({ type }) => GIVES_TICKET.has(type));
}
const GIVES_TICKET: ReadonlySet<string> = new Set<NewEvent['type']>([
  'ticket-called',
  'finish-undone',
  'walk-in-started',
  // Two hosts must never give the same numbers away (BR5).
  'number-block-given',
]);

/** Recorded and applied, but not told yet. */
interface Untold {
  readonly seq: number;
  readonly events: readonly BranchEvent[];
  /** The state after it. */
  readonly after: BranchState;
  readonly alone: boolean;
  /** Shown before its turn. */
  early: boolean;
}

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
  /** Only among several PCs: what is on this disk and not safe yet, and the state before it. */
  let untoldBatches: Untold[] = [];
  let shown = EMPTY_BRANCH;
  /**
   * What is recorded and not yet worked into the state: another PC's disk has work with it meanwhile, so it is sent
   * first. Whoever asks for the state gets the one after it.
   */
  let recordedLast: (() => void) | null = null;
  const withKept = (present: BranchState) => (stations?.kept() ?? []).reduce(evolve, present);
  const readEvent = parts.readEvent ?? readWithLate;
  let unread: Failure | null = null;
  /** Who decides, as an unread journal goes on telling. */
  let unreadRoles = EMPTY_BRANCH.stations.roles;

  const stayBehind = (failure: Failure) => {
    unread = failure;
    unreadRoles = state.stations.roles;
  };
  const followUnread = (events: readonly EventEnvelope[]) => {
    for (const event of events) unreadRoles = rolesAfter(unreadRoles, { change: roleChangeOf([event]) });
  };

  const count = (event: BranchEvent) => {
    if (event.type === 'business-day-started') figures = createDayFigures();
    addEvent(figures, event);
  };

  const rebuild = (): Result<void> => {
    recordedLast = null;
    state = EMPTY_BRANCH;
    figures = createDayFigures();
    unread = null;
    for (const read of journal.read()) {
      if (!read.ok) return read;
      const event = unread === null ? readEvent(read.value) : null;
      if (event?.ok) {
        count(event.value);
        state = evolve(state, event.value);
        continue;
      }
      if (event !== null && stations?.mayFollowUnread() !== true) return event;
      if (event !== null) stayBehind(event.error);
      followUnread([read.value]);
    }
    untoldBatches = [];
    shown = withKept(state);
    return ok(undefined);
  };

  /** Asked whether a batch can be read, and then for what it says: it is read once. */
  let readLast: {
    readonly envelopes: readonly EventEnvelope[];
    readonly read: Result<BranchEvent[]>;
  } | null = null;
  const readBatch = (envelopes: readonly EventEnvelope[]): Result<BranchEvent[]> => {
    if (readLast?.envelopes !== envelopes) readLast = { envelopes, read: readAll(envelopes) };
    return readLast.read;
  };
  const readAll = (envelopes: readonly EventEnvelope[]): Result<BranchEvent[]> => {
    const happened: BranchEvent[] = [];
    for (const envelope of envelopes) {
      const event = readEvent(envelope);
      if (!event.ok) return event;
      happened.push(event.value);
    }
    return ok(happened);
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
      const alone = isAlone(happened);
      untoldBatches.push({ seq: batch.lastSeq, events: happened, after: state, alone, early: false });
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
    if (unread !== null) return fail('U553');
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
    const batch = stations ? batchOf(recorded.value, before, command) : null;
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
    shown: () => (stations ? shown : state),
    roles() {
      upToDate();
      return unread === null ? state.stations.roles : unreadRoles;
    },
    unread: () => unread,
    canRead: events => readBatch(events).ok,
    record(events) {
      if (unread !== null) return fail('U553');
      const recorded = append(events, { at: now(), actor: 'system', station }, null);
      return recorded as Result<JournalBatch>;
    },
    follow(batches) {
      for (const batch of batches) {
        const read = unread === null ? readBatch(batch.events) : null;
        if (read?.ok) {
          take(read.value, batch);
          continue;
        }
        if (read !== null && stations?.mayFollowUnread() !== true) return read;
        upToDate();
        if (read !== null) stayBehind(read.error);
        followUnread(batch.events);
      }
      return ok(undefined);
    },
    pretend(command, keep, own) {
      if (unread !== null) return fail('U553');
      const at = now();
      const context = { now: at, newId, ...(own ? { own } : { keepsDay: true }) };
      const decision = decide(shown, command, context);
      if (!decision.ok) return decision;
      const { events, answer } = decision.value;
      if (events.length > 0 && !keep({ at, events, answer })) return fail('D404');
      const by = { at, actor: actorToText(command.actor), station: command.station };
      const happened = events.map(event => ({ ...event, ...by }));
      for (const event of happened) shown = evolve(shown, event);
      if (happened.length > 0) tellListeners(happened);
      return ok(answer);
    },
    takeKept(deed, asked, answer) {
      if (unread !== null) return fail('U553');
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
      for (let first = untoldBatches[0]; first !== undefined && first.seq <= seq; first = untoldBatches[0]) {
        untoldBatches.shift();
        shown = withKept(first.after);
        if (first.early) continue;
        for (const event of first.events) count(event);
        tellListeners(first.events);
      }
      if (!alsoAlone) return;
      for (const batch of untoldBatches) {
        if (!batch.alone || batch.early) continue;
        batch.early = true;
        // What came before it and is kept back is about other tickets: it gave one to a counter.
        for (const event of batch.events) {
          shown = evolve(shown, event);
          count(event);
        }
        tellListeners(batch.events);
      }
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

/** What was recorded just now, as other PCs get it. */
function batchOf(
  events: readonly EventEnvelope[],
  before: { readonly seq: number; readonly hash: string },
  command: JournalBatch['command'],
): JournalBatch | null {
  const last = events.at(-1);
  return last === undefined
    ? null
    : {
        epoch: last.epoch,
        firstSeq: before.seq + 1,
        lastSeq: last.seq,
        previousHash: before.hash,
        hash: last.hash,
        change: roleChangeOf(events),
        events,
        command,
      };
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

/** Who speaks from a window: staff by the token of their session, else a customer (kiosk). */
export function sessionActor(state: BranchState, token: string | undefined): Result<Actor, Failure> {
  if (token === undefined) return ok({ kind: 'customer' });
  const sessionId = tokenToSessionId(token);
  const session = state.sessions.get(sessionId);
  return session ? ok({ kind: 'staff', staffNumber: session.staffNumber, sessionId }) : fail('S703');
}

/** The journal names a session by this hash; only the window that signed in knows the token. */
export function tokenToSessionId(token: string): string {
  return sha256Hex(token);
}

/** 256 random bits for a new session. */
export function newSessionToken(): string {
  return randomBytes(32).toString('hex');
}
