import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { journalFiles } from '#main/journal/journal-files.ts';
import { assertDurable, openForWriting } from '#main/journal/sqlite-connection.ts';
import {
  appendMany,
  codeOf,
  everyEvent,
  happening,
  open,
  tamper,
  temporaryFolder,
  tryOpen,
  unwrap,
} from './journal-fixture.ts';

describe('opening the journal', () => {
  test('makes the folder and an empty journal, and finds the same one again', () => {
    const folder = join(temporaryFolder(), 'data', 'branch');
    const journal = open(folder);
    expect(journal.last()).toEqual({ seq: 0, hash: '0'.repeat(64) });
    appendMany(journal, 1, 3);
    const { seq, hash } = journal.last();
    journal.close();
    const again = open(folder);
    expect(again.last()).toEqual({ seq, hash });
    expect(everyEvent(again)).toHaveLength(3);
  });

  test('a journal that was being made when the power went is made anew', () => {
    const folder = temporaryFolder();
    writeFileSync(journalFiles(folder).unfinished, 'half a database');
    expect(codeOf(tryOpen(folder))).toBe('ok');
    expect(existsSync(journalFiles(folder).unfinished)).toBe(false);
  });

  test('every commit of a writing connection waits for the disk', () => {
    const path = join(temporaryFolder(), 'any.sqlite');
    const database = openForWriting(path);
    onTestFinished(() => void database.close());
    database.exec('CREATE TABLE t (a TEXT) STRICT');
    expect(() => assertDurable(database)).not.toThrow();
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);

    // What this build of SQLite does when it is left alone: the assertion must see it.
    const careless = new Database(path);
    onTestFinished(() => void careless.close());
    careless.pragma('journal_mode = WAL');
    careless.exec("INSERT INTO t VALUES ('x')");
    expect(() => assertDurable(careless)).toThrow('synchronous 1');
  });

  test('a database newer than the program is refused and not touched', () => {
    const folder = temporaryFolder();
    open(folder).close();
    tamper(folder, database => database.exec("INSERT INTO migration VALUES (9990, '9990-future.sql', 'ff')"));
    const before = readFileSync(journalFiles(folder).database);
    const refused = tryOpen(folder);
    expect(refused).toEqual({ ok: false, error: { code: 'D401', facts: { database: 9990, program: 50 } } });
    expect(readFileSync(journalFiles(folder).database).equals(before)).toBe(true);
    expect(readdirSync(folder).filter(name => name.includes('damaged'))).toEqual([]);
  });

  test('a journal of another branch is refused', () => {
    const folder = temporaryFolder();
    open(folder).close();
    expect(codeOf(tryOpen(folder, { branch: '0102' }))).toBe('D408');
    expect(codeOf(tryOpen(folder))).toBe('ok');
  });

  test('[BR5] an epoch below the journal’s is refused; a higher one goes on in the same chain', () => {
    const folder = temporaryFolder();
    const first = open(folder, { epoch: 4 });
    appendMany(first, 1, 2);
    first.close();
    expect(codeOf(tryOpen(folder, { epoch: 3 }))).toBe('U505');
    const next = open(folder, { epoch: 5 });
    appendMany(next, 3, 3);
    expect(everyEvent(next).map(event => event.epoch)).toEqual([4, 4, 5]);
  });

  test('[ID3] a last event that is not what was sealed is refused and left as it is', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    appendMany(journal, 1, 3);
    journal.close();
    tamper(folder, database => database.exec("UPDATE event SET actor = 'nobody' WHERE seq = 3"));
    const refused = tryOpen(folder);
    expect(refused).toEqual({ ok: false, error: { code: 'D405', facts: { seq: 3, problem: 'wrong-hash' } } });
    expect(existsSync(journalFiles(folder).database)).toBe(true);
  });

  test('[ID3] a journal put back from an older copy is noticed, and goes on only when that is accepted', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    appendMany(journal, 1, 5);
    journal.close();
    tamper(folder, database => database.exec('DELETE FROM event WHERE seq > 3'));
    const refused = tryOpen(folder);
    expect(refused).toEqual({
      ok: false,
      error: { code: 'D405', facts: { seq: 4, problem: 'missing-tail' } },
    });
    const accepted = open(folder, { acceptLostTail: true });
    expect(accepted.last().seq).toBe(3);
    accepted.close();
    expect(codeOf(tryOpen(folder))).toBe('ok');
  });

  test('[ID3] a whole chain that is not the one that stood here is refused', () => {
    const folder = temporaryFolder();
    const other = temporaryFolder();
    for (const place of [folder, other]) {
      const journal = open(place);
      unwrap(journal.append({ events: [happening(1, { place })] }));
      journal.close();
    }
    tamper(folder, database => {
      database.exec('DELETE FROM event');
      database.prepare('ATTACH ? AS other').run(journalFiles(other).database);
      database.exec('INSERT INTO event SELECT * FROM other.event');
    });
    const refused = tryOpen(folder);
    expect(refused).toEqual({
      ok: false,
      error: { code: 'D405', facts: { seq: 1, problem: 'other-history' } },
    });
  });

  test('a witness that is missing or unreadable proves nothing and hinders nothing', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    appendMany(journal, 1, 2);
    journal.close();
    writeFileSync(journalFiles(folder).tip, '\0\0\0\0');
    const again = open(folder);
    appendMany(again, 3, 3);
    again.close();
    rmSync(journalFiles(folder).tip);
    expect(open(folder).last().seq).toBe(3);
  });
});

describe('one program to a data folder', () => {
  test('a second opening is refused until the first is closed', () => {
    const folder = temporaryFolder();
    const first = open(folder);
    expect(codeOf(tryOpen(folder))).toBe('D406');
    appendMany(first, 1, 1);
    first.close();
    expect(open(folder).last().seq).toBe(1);
  });

  test('a refused opening gives the folder back', () => {
    const folder = temporaryFolder();
    open(folder).close();
    expect(codeOf(tryOpen(folder, { branch: 'other' }))).toBe('D408');
    expect(codeOf(tryOpen(folder))).toBe('ok');
  });

  test('rubbish in the lock file does not lock a branch out', () => {
    const folder = temporaryFolder();
    writeFileSync(journalFiles(folder).lock, 'rubbish'.repeat(2000));
    const journal = open(folder);
    expect(codeOf(tryOpen(folder))).toBe('D406');
    journal.close();
  });

  test('another process is refused too, and kill -9 gives the folder back', async () => {
    const folder = temporaryFolder();
    const script = fileURLToPath(new URL('./append-until-killed.ts', import.meta.url));
    const child = spawn(process.execPath, [script, folder, '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    expect(codeOf(tryOpen(folder))).toBe('D406');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(codeOf(tryOpen(folder))).toBe('ok');
  });
});

test('a folder that cannot be made is answered with a code', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const refused = tryOpen(join(folder, 'file', 'data'));
  expect(refused).toEqual({ ok: false, error: { code: 'D404', facts: { reason: 'ENOTDIR' } } });
});
