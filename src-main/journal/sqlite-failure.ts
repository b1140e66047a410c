import Database from 'better-sqlite3';
import { fail, ok, type Result } from '#core/wire/result.ts';

/** True when SQLite found the file itself broken: not a database, or its pages contradict each other. */
export function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code);
}

/** True when a row with the same key was there already. */
export function isTaken(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)/.test(error.code);
}

/**
 * Turns what SQLite or the file system threw into the failure a caller can act on. Codes by sqlite.org/rescode.html.
 * `D403` full disk · `D406` another program holds the file · `D404` anything else the disk or its rights refuse,
 * with SQLite's or the system's own code in `facts.reason`.
 * @throws the same error when it is neither: a constraint or a wrong statement is a bug, not bad luck.
 */
export function storageFailure(error: unknown): ReturnType<typeof fail> {
  const code = errorCode(error);
  if (code === null) throw error;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return fail('D403');
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return fail('D406');
  if (/^SQLITE_(IOERR|READONLY|CANTOPEN|PERM|AUTH|NOLFS|PROTOCOL|CORRUPT|NOTADB)/.test(code))
    return fail('D404', { reason: code });
  if (/^E[A-Z]+$/.test(code)) return fail('D404', { reason: code });
  throw error;
}

/** Does storage work and answers what the disk refused as a value; codes and exceptions as `storageFailure`. */
export function attempt<T>(work: () => T): Result<T> {
  try {
    return ok(work());
  } catch (error) {
    return storageFailure(error);
  }
}

function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
