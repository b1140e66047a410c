import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import {
  applyMigrations,
  pendingMigrations,
  readMigrations,
  recordedMigrations,
} from '#main/journal/migrate.ts';
import { temporaryFolder, unwrap } from './journal-fixture.ts';

function folderWith(files: Record<string, string>): string {
  const folder = join(temporaryFolder(), 'migrations');
  mkdirSync(folder);
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql);
  return folder;
}

const A = { '0010-a.sql': 'CREATE TABLE a (x TEXT) STRICT;' };
const B = { '0020-b.sql': 'CREATE TABLE b (x TEXT) STRICT;' };
const shipped = (files: Record<string, string>) => unwrap(readMigrations(folderWith(files)));
const problem = (file: string, problem: string) => ({
  ok: false,
  error: { code: 'D409', facts: { file, problem } },
});

describe('reading the shipped files', () => {
  test('orders them by number and takes Windows line ends for the same text', () => {
    const unix = shipped({ ...B, '0010-a.sql': 'SELECT 1;\nSELECT 2;\n' });
    const windows = shipped({ ...B, '0010-a.sql': 'SELECT 1;\r\nSELECT 2;\r\n', 'README.md': 'not one' });
    expect(unix.map(migration => migration.number)).toEqual([10, 20]);
    expect(windows).toEqual(unix);
  });

  test('refuses a folder that is missing or empty, and names that do not order', () => {
    expect(readMigrations('/nowhere/at/all')).toEqual(problem('/nowhere/at/all', 'missing'));
    const empty = folderWith({});
    expect(readMigrations(empty)).toEqual(problem(empty, 'missing'));
    expect(readMigrations(folderWith({ 'create.sql': '' }))).toEqual(problem('create.sql', 'name'));
    expect(readMigrations(folderWith({ ...A, '0010-b.sql': '' }))).toEqual(
      problem('0010-b.sql', 'number-used-twice'),
    );
  });
});

describe('comparing with a database', () => {
  test('answers what is still to do', () => {
    const both = shipped({ ...A, ...B });
    expect(unwrap(pendingMigrations(both, [])).map(migration => migration.number)).toEqual([10, 20]);
    expect(unwrap(pendingMigrations(both, both.slice(0, 1))).map(migration => migration.number)).toEqual([
      20,
    ]);
    expect(unwrap(pendingMigrations(both, both))).toEqual([]);
  });

  test('refuses a newer database, and a shipped file that changed, went or came too late', () => {
    const a = shipped(A);
    const b = shipped(B);
    const both = [...a, ...b];
    expect(pendingMigrations(a, both)).toEqual({
      ok: false,
      error: { code: 'D401', facts: { database: 20, program: 10 } },
    });
    expect(pendingMigrations(b, both)).toEqual(problem('0010-a.sql', 'missing'));
    expect(pendingMigrations(both, b)).toEqual(problem('0010-a.sql', 'out-of-order'));
    const changed = shipped({ '0010-a.sql': 'CREATE TABLE a (y TEXT) STRICT;', ...B });
    expect(pendingMigrations(changed, both)).toEqual(problem('0010-a.sql', 'changed'));
  });
});

describe('applying', () => {
  test('records number, name and sum', () => {
    const database = new Database(':memory:');
    expect(recordedMigrations(database)).toBeNull();
    const both = shipped({ ...A, ...B });
    applyMigrations(database, both);
    expect(recordedMigrations(database)).toEqual(
      both.map(({ number, name, sha256 }) => ({ number, name, sha256 })),
    );
  });

  test('a statement that fails takes back all pending ones', () => {
    const database = new Database(':memory:');
    const [a, b] = shipped({
      ...A,
      '0020-b.sql': 'CREATE TABLE b (x TEXT) STRICT; CREATE TABLE a (x TEXT);',
    });
    if (a === undefined || b === undefined) throw new Error('two migrations expected');
    expect(() => applyMigrations(database, [a, b])).toThrow('already exists');
    expect(database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0);
  });

  test('a file that ends the transaction is a bug', () => {
    const database = new Database(':memory:');
    expect(() => applyMigrations(database, shipped({ '0010-a.sql': 'COMMIT;' }))).toThrow(
      'ends the transaction',
    );
  });
});
