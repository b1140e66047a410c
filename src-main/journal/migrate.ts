import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { sha256Hex } from './sha256.ts';

/** One shipped step of the database's shape. */
export interface Migration {
  readonly number: number;
  /** File name with its ending. */
  readonly name: string;
  readonly sql: string;
  /** Of the text with LF line ends, so that a checkout on Windows is the same migration. */
  readonly sha256: string;
}

/** What a database remembers of a migration it has been through. */
export type RecordedMigration = Pick<Migration, 'number' | 'name' | 'sha256'>;

const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;

/**
 * Reads the shipped migrations, lowest number first. Files are named `0010-what-it-does.sql`, in tens so that a fix
 * fits between two that have not shipped; once shipped they are never edited, renamed or removed.
 * Failure `D409` with `facts.file`: folder or files missing, a name without a number, a number used twice.
 */
export function readMigrations(folder: string): Result<readonly Migration[]> {
  let names: string[];
  try {
    names = readdirSync(folder).filter(name => name.endsWith('.sql'));
  } catch {
    return fail('D409', { file: folder, problem: 'missing' });
  }
  if (names.length === 0) return fail('D409', { file: folder, problem: 'missing' });
  const migrations: Migration[] = [];
  for (const name of names.sort()) {
    const number = Number(FILE_NAME.exec(name)?.[1] ?? 0);
    if (number === 0) return fail('D409', { file: name, problem: 'name' });
    if (migrations.at(-1)?.number === number)
      return fail('D409', { file: name, problem: 'number-used-twice' });
    const sql = readFileSync(join(folder, name), 'utf8').replace(/\r\n/g, '\n');
    migrations.push({ number, name, sql, sha256: sha256Hex(sql) });
  }
  return ok(migrations);
}

/** The migrations a database has been through, lowest first; null when it never was one of ours. */
export function recordedMigrations(database: Database.Database): readonly RecordedMigration[] | null {
  const table = database
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'migration'`,
    )
    .get();
  if (table === undefined) return null;
  return database
    .prepare<[], RecordedMigration>('SELECT number, name, sha256 FROM migration ORDER BY number')
    .all();
}

/**
 * Compares a database with the program and answers what is still to do. Changes nothing.
 * Failures: `D401` the database has been through a migration this program has not heard of;
 * `D409` with `facts.file` a shipped file that was applied is missing or reads differently, or a new one has a
 * number below one already applied.
 */
export function pendingMigrations(
  shipped: readonly Migration[],
  recorded: readonly RecordedMigration[],
): Result<readonly Migration[]> {
  const newestShipped = shipped.at(-1)?.number ?? 0;
  const newestRecorded = recorded.at(-1)?.number ?? 0;
  if (newestRecorded > newestShipped)
    return fail('D401', { database: newestRecorded, program: newestShipped });
  const byNumber = new Map(shipped.map(migration => [migration.number, migration]));
  for (const { number, name, sha256 } of recorded) {
    const file = byNumber.get(number);
    if (file === undefined) return fail('D409', { file: name, problem: 'missing' });
    if (file.sha256 !== sha256) return fail('D409', { file: file.name, problem: 'changed' });
    byNumber.delete(number);
  }
  const pending = [...byNumber.values()];
  const late = pending.find(migration => migration.number < newestRecorded);
  return late === undefined ? ok(pending) : fail('D409', { file: late.name, problem: 'out-of-order' });
}

/**
 * Applies migrations in one transaction and records them: all or none.
 * @throws SqliteError of a statement that fails; the database is then as it was.
 */
export function applyMigrations(database: Database.Database, pending: readonly Migration[]): void {
  if (pending.length === 0) return;
  database
    .transaction(() => {
      database.exec(
        `CREATE TABLE IF NOT EXISTS migration (
          number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL
        ) STRICT`,
      );
      const record = database.prepare('INSERT INTO migration (number, name, sha256) VALUES (?, ?, ?)');
      for (const { number, name, sql, sha256 } of pending) {
        database.exec(sql);
        if (!database.inTransaction) throw new Error(`${name} ends the transaction it runs in`);
        record.run(number, name, sha256);
      }
    })
    .immediate();
}
