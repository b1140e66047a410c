import Database from 'better-sqlite3';

/** How long a statement waits for another connection (a verification, a backup) before it is answered as busy. */
const BUSY_TIMEOUT_MS = 2_000;

/** Opens an existing database for reading only; nothing on disk changes, not even when it is closed. */
export function openForReading(path: string): Database.Database {
  return new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
}

/**
 * Opens a database for writing with the settings every writing connection must have: write-ahead log, a wait for
 * the disk at each commit, foreign keys. `synchronous` is set after the switch to WAL and explicitly, because this
 * build of SQLite otherwise drops to NORMAL at the first write; `assertDurable` proves it.
 * @param maxPageCount largest size in pages (see `OpenJournalOptions`).
 * @throws SqliteError
 */
export function openForWriting(path: string, maxPageCount?: number): Database.Database {
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // Without it INSERT OR REPLACE would delete an event without asking the trigger that forbids it.
    database.pragma('recursive_triggers = ON');
    if (maxPageCount !== undefined) database.pragma(`max_page_count = ${Math.trunc(maxPageCount)}`);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Call after a write. @throws Error when a commit would not wait for the disk: this build must not be shipped. */
export function assertDurable(database: Database.Database): void {
  const synchronous = database.pragma('synchronous', { simple: true });
  const journalMode = database.pragma('journal_mode', { simple: true });
  if (synchronous !== 2 || journalMode !== 'wal')
    throw new Error(`journal is not durable: synchronous ${synchronous}, journal mode ${journalMode}`);
}
