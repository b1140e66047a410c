import type Database from 'better-sqlite3';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import { type CommandAnswer, commandQueries } from './command-queries.ts';
import { type CredentialQueries, credentialQueries } from './credential-queries.ts';
import { type CustomerQueries, customerQueries } from './customer-queries.ts';
import { eventQueries, walkRows } from './event-queries.ts';
import { type NewEvent, sealEvents } from './seal-events.ts';
import { type SettingQueries, settingQueries } from './setting-queries.ts';
import { sha256Hex } from './sha256.ts';
import { type SnapshotQueries, snapshotQueries } from './snapshot-queries.ts';
import { isTaken, storageFailure } from './sqlite-failure.ts';
import type { ChainEnd, TipWitness } from './tip-witness.ts';
import { readRow } from './verify-chain.ts';

/** What is to be recorded as one: all of it or nothing. */
export interface AppendRequest {
  readonly events: readonly NewEvent[];
  /** The accepted command these events come from, with the answer its sender gets. */
  readonly command?: CommandAnswer & { readonly id: string };
  /**
   * Other writes that must live and die with the events (a password's hash, a setting). Synchronous; a failure it
   * answers takes everything back and becomes the append's own answer.
   */
  readonly alongside?: () => Result<unknown>;
}

/** The branch's append-only record. Synchronous: when `append` answers ok, the events are on disk. */
export interface Journal {
  readonly branch: string;
  readonly epoch: number;
  /**
   * Records events in one transaction and answers them with their places in the chain, as they will be read later.
   * A command id that is already recorded has had its effect: the answer is then an empty list (its first answer
   * is `answerOf`). On a failure nothing is changed, on disk or in memory.
   * Failures: `M607` the command id belongs to another command; `D403` disk full; `D404` the disk refuses;
   * `D406` another program is writing.
   * @throws when an event is not valid or its id is used twice: a bug in the caller; nothing is changed.
   */
  append(request: AppendRequest): Result<readonly EventEnvelope[]>;
  /**
   * Events from number `from` (default 1), at most `limit`, in order; appending meanwhile is allowed. Ends after
   * the first failure: `D405` a number is missing, `D407` an entry cannot be read; `facts.seq` names it.
   */
  read(range?: { readonly from?: number; readonly limit?: number }): Generator<Result<EventEnvelope>, void>;
  /** The end of the chain. */
  last(): ChainEnd;
  /** The recorded answer of an accepted command, or null. */
  answerOf(commandId: string): CommandAnswer | null;
  /**
   * False when the disk is nearly full: then refuse new tickets with `D403`, before promising anything, and let
   * the customers in hand be finished.
   */
  hasRoom(): boolean;
  readonly credentials: CredentialQueries;
  readonly customers: CustomerQueries;
  readonly settings: SettingQueries;
  readonly snapshots: SnapshotQueries;
  /** Gives the data folder back. Safe to call twice; every other call afterwards throws. */
  close(): void;
}

/** What `openJournal` hands over once the file is known to be sound. */
export interface JournalParts {
  readonly database: Database.Database;
  readonly branch: string;
  readonly epoch: number;
  readonly end: ChainEnd;
  readonly tip: TipWitness;
  readonly hasRoom: () => boolean;
  readonly onClose: () => void;
}

class TakenBack extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** Builds the journal on an open, migrated and checked database; see `openJournal`. */
export function createJournal(parts: JournalParts): Journal {
  const { database, branch, epoch, tip, hasRoom } = parts;
  const events = eventQueries(database);
  const commands = commandQueries(database);
  let end = parts.end;

  const write = database.transaction((sealed: ReturnType<typeof sealEvents>, request: AppendRequest) => {
    for (const event of sealed) events.insert(event);
    if (request.command !== undefined)
      commands.insert(request.command.id, request.command, end.seq + sealed.length);
    const alongside = request.alongside?.();
    if (alongside?.ok === false) throw new TakenBack(alongside.error);
  });

  /** Looked up only when an insert failed: a first look at every command would slow each ticket by a tenth. */
  const repeated = (command: AppendRequest['command']): Result<readonly EventEnvelope[]> | null => {
    const first = command === undefined ? null : commands.answerOf(command.id);
    if (first === null) return null;
    return first.fingerprint === command?.fingerprint ? ok([]) : fail('M607');
  };

  return {
    branch,
    epoch,
    append(request) {
      const sealed = sealEvents({ branch, epoch, after: end }, request.events, sha256Hex);
      try {
        write.immediate(sealed, request);
      } catch (error) {
        if (error instanceof TakenBack) return { ok: false, error: error.failure };
        return (isTaken(error) && repeated(request.command)) || storageFailure(error);
      }
      const envelopes = sealed.map(event => event.envelope);
      const last = envelopes.at(-1);
      if (last !== undefined) {
        end = { seq: last.seq, hash: last.hash };
        tip.note(end);
      }
      return ok(envelopes);
    },
    *read({ from = 1, limit = Number.POSITIVE_INFINITY } = {}) {
      let next = from;
      if (limit < 1) return;
      for (const row of walkRows(events, from)) {
        if (row.seq !== next) return yield fail('D405', { seq: next, problem: 'missing-seq' });
        const read = readRow(branch, row);
        if (!read.ok) return yield fail('D407', { seq: row.seq, problem: read.problem });
        yield ok(read.event);
        next += 1;
        if (next - from >= limit) return;
      }
    },
    last: () => end,
    answerOf: commandId => commands.answerOf(commandId),
    hasRoom,
    credentials: credentialQueries(database),
    customers: customerQueries(database),
    settings: settingQueries(database),
    snapshots: snapshotQueries(database, events),
    close() {
      if (!database.open) return;
      database.close();
      tip.close();
      parts.onClose();
    },
  };
}
