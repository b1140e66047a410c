import { truncateSync } from 'node:fs';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { isDamage, storageFailure } from './sqlite-failure.ts';

/** A hold on a data folder that no second program can have. */
export interface FolderLock {
  /** Lets another program in. Safe to call twice. */
  release(): void;
}

/**
 * Takes the data folder for this program alone.
 *
 * The lock is SQLite's own exclusive file lock on a small file that is kept open in a transaction: the operating
 * system drops it the moment the process ends, however it ends, so no stale lock is ever left to be cleaned up and
 * no process number can be mistaken for another's. The journal itself is not locked exclusively, so that it can be
 * verified while the branch works. Nobody else may open the lock file with plain file calls in this process: on
 * POSIX systems closing any descriptor of a file drops the process's locks on it.
 *
 * Failures: `D406` another program (or this one) holds the folder, `D403`/`D404` the disk refuses.
 */
export function lockFolder(lockFile: string): Result<FolderLock> {
  try {
    return takeLock(lockFile);
  } catch (error) {
    if (!isDamage(error)) return storageFailure(error);
  }
  // The file carries no data, so rubbish in it (a bad sector, a stray copy) costs nothing; a holder would have
  // been answered as busy before its content was read.
  try {
    truncateSync(lockFile);
    return takeLock(lockFile);
  } catch (error) {
    return storageFailure(error);
  }
}

function takeLock(lockFile: string): Result<FolderLock> {
  const database = new Database(lockFile, { timeout: 0 });
  try {
    // No rollback file beside the lock: nothing is ever written.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return fail('D406');
    throw error;
  }
  return ok({ release: () => void database.close() });
}
