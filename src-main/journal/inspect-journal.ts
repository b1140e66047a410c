import type Database from 'better-sqlite3';
import { type Failure, fail } from '#core/wire/result.ts';
import { storedEpoch } from './epochs.ts';
import { eventQueries } from './event-queries.ts';
import { type Migration, pendingMigrations, recordedMigrations } from './migrate.ts';
import { SETTING_KEYS, settingQueries } from './setting-queries.ts';
import { sha256Hex } from './sha256.ts';
import { openForReading } from './sqlite-connection.ts';
import { isDamage, storageFailure } from './sqlite-failure.ts';
import { type ChainEnd, EMPTY_CHAIN } from './tip-witness.ts';
import { type ChainProblem, checkLink } from './verify-chain.ts';

/** What a look at a journal finds: fit to be opened, damaged, or a reason to leave it alone. */
export type Inspection =
  | { readonly state: 'sound'; readonly end: ChainEnd; readonly pending: readonly Migration[] }
  | { readonly state: 'damaged' }
  | { readonly state: 'refused'; readonly error: Failure };

/** What the journal is held against. */
export interface Expectation {
  readonly branch: string;
  readonly epoch: number;
  readonly migrations: readonly Migration[];
  /** What the witness remembers; null when it knows nothing, or when its loss has been accepted. */
  readonly tip: ChainEnd | null;
}

/**
 * Looks at a journal through a read-only connection, so that a newer, foreign or damaged one is not touched: closing
 * a writing connection would already tidy the write-ahead log away. SQLite's own check finds broken pages; the last
 * event and the witness find a journal that was cut short. The whole chain is `verifyChain`'s work, not a start's.
 * Refusals: `D401` newer, `D408` another branch, `D409` migration files, `D405` chain broken at its end,
 * `U505` epoch lower than the journal's, `D403`/`D404`/`D406` the disk refuses.
 */
export function inspectJournal(path: string, expected: Expectation): Inspection {
  let database: Database.Database | null = null;
  try {
    database = openForReading(path);
    return inspect(database, expected);
  } catch (error) {
    if (isDamage(error)) return { state: 'damaged' };
    return { state: 'refused', error: storageFailure(error).error };
  } finally {
    database?.close();
  }
}

function inspect(database: Database.Database, expected: Expectation): Inspection {
  const recorded = recordedMigrations(database);
  if (recorded === null || recorded.length === 0) return { state: 'damaged' };
  const pending = pendingMigrations(expected.migrations, recorded);
  if (!pending.ok) return { state: 'refused', error: pending.error };
  if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') return { state: 'damaged' };

  const branch = branchOf(database);
  if (branch === null) return { state: 'damaged' };
  if (branch !== expected.branch)
    return refused(fail('D408', { journal: branch, expected: expected.branch }));

  return inspectEnd(database, expected, pending.value);
}

/** The branch a journal was made for, or null when it does not say. @throws SqliteError */
export function branchOf(database: Database.Database): string | null {
  const select = database.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  return select.get(SETTING_KEYS.branch) ?? null;
}

function inspectEnd(
  database: Database.Database,
  { branch, epoch, tip }: Expectation,
  pending: readonly Migration[],
): Inspection {
  const events = eventQueries(database);
  const [last, beforeLast] = events.newest(2);
  const broken = (seq: number, problem: ChainProblem) => refused(fail('D405', { seq, problem }));
  let end = EMPTY_CHAIN;
  if (last !== undefined) {
    const previous = beforeLast ?? { ...EMPTY_CHAIN, epoch: 0 };
    const link = checkLink(branch, previous, last, sha256Hex);
    if (!link.ok) return broken(previous.seq + 1, link.problem);
    // A take-over raised it on this disk: what the caller began with is long past.
    const known = Math.max(epoch, storedEpoch(settingQueries(database)));
    if (last.epoch > known) return refused(fail('U505', { epoch, journalEpoch: last.epoch }));
    end = { seq: last.seq, hash: last.hash };
  }
  if (tip !== null && tip.seq > end.seq) return broken(end.seq + 1, 'missing-tail');
  if (tip !== null && tip.seq > 0 && events.hashAt(tip.seq) !== tip.hash)
    return broken(tip.seq, 'other-history');
  return { state: 'sound', end, pending };
}

function refused(failure: ReturnType<typeof fail>): Inspection {
  return { state: 'refused', error: failure.error };
}
