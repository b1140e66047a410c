import { randomBytes } from 'node:crypto';
import { type Actor, actorToText, type Command } from '#core/branch/commands.ts';
import { decide } from '#core/branch/decide.ts';
import { dueCommands } from '#core/branch/due.ts';
import {
  type BranchEvent,
  EVENT_DATA,
  EVENT_VERSIONS,
  envelopeToEvent,
  type NewEvent,
} from '#core/branch/events.ts';
import { evolve } from '#core/branch/evolve.ts';
import { type BranchState, EMPTY_BRANCH } from '#core/branch/state.ts';
import { addEvent, createDayFigures, type DayFigures } from '#core/figures/day-figures.ts';
import { canonicalJson } from '#core/wire/event-chain.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { Journal } from '../journal/journal.ts';
import { sha256Hex } from '../journal/sha256.ts';
import { createIdSource } from './new-id.ts';

/** What an accepted command gives back. */
export type HostAnswer = Readonly<Record<string, unknown>>;

/** Real things the host uses, passed in by the wiring place. */
export interface HostParts {
  readonly journal: Pick<Journal, 'append' | 'read' | 'answerOf' | 'hasRoom'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly station: string;
  /** Fresh unguessable ids; default `createIdSource`. */
  readonly newId?: () => string;
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
}

/**
 * Brings the journal's events back into the state and starts taking commands.
 * Failures: `D405`, `D407` the journal cannot be read to its end.
 */
export function startHost(parts: HostParts): Result<Host> {
  const { journal, now, station } = parts;
  const newId = parts.newId ?? createIdSource();
  const listeners: ((events: readonly BranchEvent[]) => void)[] = [];
  let state = EMPTY_BRANCH;
  let figures = createDayFigures();

  const apply = (event: BranchEvent) => {
    if (event.type === 'business-day-started') figures = createDayFigures();
    addEvent(figures, event);
    state = evolve(state, event);
  };

  for (const read of journal.read()) {
    const event = read.ok ? envelopeToEvent(read.value) : read;
    if (!event.ok) return event;
    apply(event.value);
  }

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

  const execute = (command: Command, commandId?: string): Result<HostAnswer> => {
    const fingerprint = commandId === undefined ? '' : fingerprintOf(command);
    const first = commandId === undefined ? null : journal.answerOf(commandId);
    if (first) return first.fingerprint === fingerprint ? ok(first.answer as HostAnswer) : fail('M607');
    // Refused before anything is promised; customers already here can still be served to the end.
    if ((command.type === 'issue-ticket' || command.type === 'check-in') && !journal.hasRoom())
      return fail('D403');

    const at = now();
    const decision = decide(state, command, { now: at, newId });
    if (!decision.ok) return decision;
    const { events, answer } = decision.value;
    if (events.length === 0) return ok(answer);

    const actor = actorToText(command.actor);
    const misfit = findMisfit(events);
    if (misfit) return { ok: false, error: misfit };
    const recorded = journal.append({
      events: events.map(({ type, data }) => ({
        id: newId(),
        at,
        type,
        version: EVENT_VERSIONS[type],
        actor,
        station: command.station,
        data,
      })),
      ...(commandId === undefined ? {} : { command: { id: commandId, fingerprint, answer } }),
    });
    if (!recorded.ok) return recorded;
    const happened = events.map(event => ({ ...event, at, actor, station: command.station }));
    for (const event of happened) apply(event);
    tellListeners(happened);
    return ok(answer);
  };

  return ok({
    state: () => state,
    figures: () => figures,
    execute,
    tick() {
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
