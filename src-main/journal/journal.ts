import type Database from 'better-sqlite3';
import type { SeenEpoch } from '#core/replication/station.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import { type CommandAnswer, commandQueries } from './command-queries.ts';
import { type CredentialQueries, credentialQueries } from './credential-queries.ts';
import { type CustomerQueries, customerQueries } from './customer-queries.ts';
import { readSeen, storedEpoch, writeSeen } from './epochs.ts';
import { eventQueries, walkRows } from './event-queries.ts';
import { type BatchLog, createJournalBatches } from './journal-batches.ts';
import { type NewEvent, sealEvents } from './seal-events.ts';
import { SETTING_KEYS, type SettingQueries, settingQueries } from './setting-queries.ts';
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
export interface Journal extends BatchLog {
  readonly branch: string;
  /** Marked on every event appended here. */
  readonly epoch: number;
  /**
   * From now on events are appended under this epoch, also after a restart. On disk before it returns.
   * Failures: `U505` it is lower than the present one; `D403`, `D404`, `D406` the disk.
   */
  raiseEpoch(epoch: number): Result<unknown>;
  /** What `rememberSeen` kept last; null: nothing yet. */
  seenEpoch(): SeenEpoch | null;
  /** On disk before it returns. Failures: `D403`, `D404`, `D406`. */
  rememberSeen(seen: SeenEpoch): Result<unknown>;
  /**
   * Records events in one transaction, as one batch, and answers them with their places in the chain, as they will be read later.
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
  /** Milliseconds since 1970. */
  readonly now: () => number;
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
  const { database, branch, hasRoom } = parts;
  const events = eventQueries(database);
  const commands = commandQueries(database);
  const settings = settingQueries(database);
  const { insertBatch, moveEnd, end, ...batchLog } = createJournalBatches(parts);
  let raisedEpoch = Math.max(parts.epoch, storedEpoch(settings));
  /** Batches of a higher epoch, sealed elsewhere, raise it too. */
  const presentEpoch = () => Math.max(raisedEpoch, batchLog.epochEnds().at(-1)?.epoch ?? 0);

  const write = database.transaction((sealed: ReturnType<typeof sealEvents>, request: AppendRequest) => {
    for (const event of sealed) events.insert(event);
    if (request.command !== undefined)
      commands.insert(request.command.id, request.command, end().seq + sealed.length);
    insertBatch(sealed, request.command?.id ?? null);
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
    ...batchLog,
    branch,
    get epoch() {
      return presentEpoch();
    },
    raiseEpoch(epoch) {
      if (epoch < presentEpoch()) return fail('U505', { epoch, journalEpoch: presentEpoch() });
      const kept = settings.set(SETTING_KEYS.epoch, String(epoch));
      if (kept.ok) raisedEpoch = epoch;
      return kept;
    },
    seenEpoch: () => readSeen(settings),
    rememberSeen: seen => settings.set(SETTING_KEYS.seenEpoch, writeSeen(seen)),
    append(request) {
      const place = { branch, epoch: presentEpoch(), after: end() };
      const sealed = sealEvents(place, request.events, sha256Hex);
      try {
        write.immediate(sealed, request);
      } catch (error) {
        if (error instanceof TakenBack) return { ok: false, error: error.failure };
        return (isTaken(error) && repeated(request.command)) || storageFailure(error);
      }
      moveEnd(sealed);
      return ok(sealed.map(event => event.envelope));
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
    last: end,
    answerOf: commandId => commands.answerOf(commandId),
    hasRoom,
    credentials: credentialQueries(database),
    customers: customerQueries(database),
    settings,
    snapshots: snapshotQueries(database, events),
    close() {
      if (!database.open) return;
      database.close();
      parts.tip.close();
      parts.onClose();
    },
  };
}
