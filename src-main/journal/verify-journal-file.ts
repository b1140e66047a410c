import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { type EventRow, eventQueries, walkRows } from './event-queries.ts';
import { branchOf } from './inspect-journal.ts';
import { journalFiles } from './journal-files.ts';
import { sha256Hex } from './sha256.ts';
import { openForReading } from './sqlite-connection.ts';
import { isDamage, storageFailure } from './sqlite-failure.ts';
import { readTip } from './tip-witness.ts';
import { type ChainReport, verifyChain } from './verify-chain.ts';

/**
 * Proves the journal of a data folder, or names its first broken entry (ID3). Reads only, and takes no lock, so it
 * works while the branch works; entries appended meanwhile are part of the walk.
 * Failures, when it cannot be told: `C903` there is no journal in this folder; `D402` the file cannot be read as a
 * journal at all (it is not moved); `D404`/`D406` the disk refuses.
 */
export function verifyJournalFile(folder: string): Result<ChainReport> {
  const files = journalFiles(folder);
  if (!existsSync(files.database)) return fail('C903');
  // Before the walk: the branch may move it on meanwhile.
  const tip = readTip(files.tip);
  let database: Database.Database | null = null;
  try {
    database = openForReading(files.database);
    const branch = branchOf(database);
    if (branch === null) return fail('D402');
    return ok(verifyChain(branch, readableRows(database), tip, sha256Hex));
  } catch (error) {
    if (isDamage(error) || isForeign(error)) return fail('D402');
    return storageFailure(error);
  } finally {
    database?.close();
  }
}

function* readableRows(database: Database.Database): Generator<EventRow | null, void> {
  try {
    yield* walkRows(eventQueries(database), 1);
  } catch (error) {
    if (!isDamage(error)) throw error;
    yield null;
  }
}

/** A database without our tables answers "no such table" with the general code. */
function isForeign(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR';
}
