import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { journalFiles } from '#main/journal/journal-files.ts';
import { appendMany, codeOf, happening, open, temporaryFolder, tryOpen, unwrap } from './journal-fixture.ts';

const EVENTS = 400;

/** A folder with a closed journal of some 40 pages. */
function workedFolder(): string {
  const folder = temporaryFolder();
  const journal = open(folder);
  unwrap(journal.append({ events: Array.from({ length: EVENTS }, (_, index) => happening(index + 1)) }));
  journal.close();
  return folder;
}

/** Copies the files of an open journal as a power cut would leave them, log and all. */
function cutOff(from: string): string {
  const folder = join(temporaryFolder(), 'cut');
  mkdirSync(folder);
  for (const name of readdirSync(from))
    if (name !== 'journal.lock') copyFileSync(join(from, name), join(folder, name));
  return folder;
}

function scribble(path: string, offset: number, length: number): Buffer {
  const bytes = readFileSync(path);
  bytes.fill('rubbish!', offset, offset + length);
  writeFileSync(path, bytes);
  return bytes;
}

describe('a damaged file is set aside, never emptied', () => {
  const PAGE_BYTES = 4096;
  const damages: [string, (path: string) => void][] = [
    ['rubbish over the header', path => scribble(path, 0, 100)],
    ['rubbish over the first pages', path => scribble(path, 0, 3 * PAGE_BYTES)],
    [
      'rubbish in the middle',
      path => scribble(path, Math.floor(statSync(path).size / 2 / PAGE_BYTES) * PAGE_BYTES, PAGE_BYTES),
    ],
    ['cut off in the middle', path => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ['cut off to one page', path => truncateSync(path, PAGE_BYTES)],
    ['emptied', path => truncateSync(path, 0)],
    ['a text file', path => writeFileSync(path, 'hello')],
    [
      'another program’s database',
      path => {
        rmSync(path);
        const database = new Database(path);
        database.exec('CREATE TABLE other (a TEXT)');
        database.close();
      },
    ],
  ];

  test.each(damages)('%s', (_, damage) => {
    const folder = workedFolder();
    const { database } = journalFiles(folder);
    damage(database);
    const bytes = readFileSync(database);

    const refused = tryOpen(folder);
    const setAside = join(folder, 'journal.damaged-20260302T010000000Z.sqlite');
    expect(refused).toEqual({ ok: false, error: { code: 'D402', facts: { setAside } } });
    expect(readFileSync(setAside).equals(bytes)).toBe(true);
    expect(existsSync(database)).toBe(false);

    // Starting again does not quietly begin an empty journal …
    expect(tryOpen(folder)).toEqual(refused);
    expect(existsSync(database)).toBe(false);
    // … a decision does, and the damaged file stays.
    const fresh = open(folder, { startNewAfterDamage: true });
    expect(fresh.last().seq).toBe(0);
    appendMany(fresh, 1, 1);
    fresh.close();
    expect(open(folder).last().seq).toBe(1);
    expect(readFileSync(setAside).equals(bytes)).toBe(true);
  });

  test('a second damage in the same millisecond does not overwrite the first', () => {
    const folder = workedFolder();
    const { database } = journalFiles(folder);
    writeFileSync(database, 'first');
    tryOpen(folder);
    writeFileSync(database, 'second');
    const refused = tryOpen(folder);
    const damaged = readdirSync(folder).filter(name => /damaged.*\.sqlite$/.test(name));
    expect(damaged.map(name => readFileSync(join(folder, name), 'utf8')).sort()).toEqual(['first', 'second']);
    expect(refused).toMatchObject({ error: { facts: { setAside: expect.stringContaining('-2.sqlite') } } });
  });

  test('a journal that has vanished is a loss, not a fresh start', () => {
    const folder = workedFolder();
    rmSync(journalFiles(folder).database);
    expect(codeOf(tryOpen(folder))).toBe('D402');
    expect(codeOf(tryOpen(folder))).toBe('D402');
    expect(open(folder, { startNewAfterDamage: true }).last().seq).toBe(0);
  });
});

describe('damage in the write-ahead log', () => {
  test('a whole log is read after a power cut', () => {
    const folder = temporaryFolder();
    appendMany(open(folder), 1, 20);
    expect(open(cutOff(folder)).last().seq).toBe(20);
  });

  test.each([
    ['rubbish over its header', (path: string) => scribble(path, 0, 32)],
    ['rubbish in its middle', (path: string) => scribble(path, Math.floor(statSync(path).size / 2), 64)],
    ['cut off', (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ['gone', (path: string) => rmSync(path)],
  ])('events lost by it are noticed before a number is given twice: %s', (_, damage) => {
    const folder = temporaryFolder();
    const journal = open(folder);
    appendMany(journal, 1, 20);
    const cut = cutOff(folder);
    damage(journalFiles(cut).wal);
    const bytes = existsSync(journalFiles(cut).wal) ? readFileSync(journalFiles(cut).wal) : null;

    const refused = tryOpen(cut);
    expect(refused).toMatchObject({ ok: false, error: { code: 'D405', facts: { problem: 'missing-tail' } } });
    // The log is still there for whoever can read more of it.
    if (bytes !== null) expect(readFileSync(journalFiles(cut).wal).equals(bytes)).toBe(true);
    const survived = open(cut, { acceptLostTail: true });
    expect(survived.last().seq).toBeLessThan(20);
    unwrap(survived.append({ events: [] }));
  });

  test('a log without its database is set aside', () => {
    const folder = temporaryFolder();
    appendMany(open(folder), 1, 5);
    const cut = cutOff(folder);
    rmSync(journalFiles(cut).database);
    rmSync(journalFiles(cut).tip);
    expect(codeOf(tryOpen(cut))).toBe('D402');
    expect(readdirSync(cut).some(name => /damaged.*-wal$/.test(name))).toBe(true);
  });
});
