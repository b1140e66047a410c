import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { fail, ok } from '#core/wire/result.ts';
import { journalFiles } from '#main/journal/journal-files.ts';
import { openForWriting } from '#main/journal/sqlite-connection.ts';
import { storageFailure } from '#main/journal/sqlite-failure.ts';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import {
  appendMany,
  codeOf,
  everyEvent,
  happening,
  open,
  tamper,
  temporaryFolder,
  unwrap,
} from './journal-fixture.ts';

describe('appending', () => {
  test('gives numbers without gaps and answers events exactly as they are read later', () => {
    const journal = open(temporaryFolder());
    const data = { z: -0, a: { 中: '号票', gone: undefined }, list: [1, 2.5, 1e21, null, '\ud800'] };
    const appended = unwrap(journal.append({ events: [happening(1, data), happening(2)] }));
    expect(appended.map(event => event.seq)).toEqual([1, 2]);
    expect(everyEvent(journal)).toEqual(appended);
    expect(Object.is(appended[0]?.data.z, 0)).toBe(true);
    expect(journal.last()).toEqual({ seq: 2, hash: appended[1]?.hash });
  });

  test('a caller’s later change of its own object does not reach what was recorded', () => {
    const journal = open(temporaryFolder());
    const data = { list: [1] };
    const [event] = unwrap(journal.append({ events: [happening(1, data)] }));
    data.list.push(2);
    expect(event?.data).toEqual({ list: [1] });
  });

  test('an invalid event or an id used twice is a bug, and changes nothing', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    appendMany(journal, 1, 2);
    const end = journal.last();
    const wrong = [
      { ...happening(3), type: '' },
      { ...happening(3), at: 1.5 },
      { ...happening(3), actor: 'half \ud83d' },
      happening(3, { bad: Number.NaN }),
      happening(3, JSON.parse('{"__proto__":1}')),
      happening(2),
    ];
    for (const event of wrong) {
      expect(() => journal.append({ events: [happening(9), event] })).toThrow();
      expect(journal.last()).toEqual(end);
      expect(everyEvent(journal)).toHaveLength(2);
    }
    appendMany(journal, 3, 3);
    expect(unwrap(verifyJournalFile(folder))).toMatchObject({ whole: true, end: { seq: 3 } });
  });

  test('reads a range, across pages, while appending goes on', () => {
    const journal = open(temporaryFolder());
    unwrap(journal.append({ events: Array.from({ length: 1203 }, (_, index) => happening(index + 1)) }));
    expect([...journal.read({ from: 1200, limit: 2 })].map(read => unwrap(read).seq)).toEqual([1200, 1201]);
    expect([...journal.read({ limit: 0 })]).toEqual([]);
    expect([...journal.read({ from: 1204 })]).toEqual([]);
    const seen: number[] = [];
    for (const read of journal.read()) {
      seen.push(unwrap(read).seq);
      if (seen.length === 3) appendMany(journal, 1204, 1204);
    }
    expect(seen).toEqual(Array.from({ length: 1204 }, (_, index) => index + 1));
  });

  test('reading stops at a missing or unreadable entry and names it', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    appendMany(journal, 1, 6);
    journal.close();
    tamper(folder, database => database.exec("UPDATE event SET data = '{' WHERE seq = 4"));
    expect([...open(folder).read({ from: 3 })].map(codeOf)).toEqual(['ok', 'D407']);
  });

  test('rows of the journal cannot be changed or deleted by a later statement', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    appendMany(journal, 1, 2);
    journal.close();
    const database = openForWriting(journalFiles(folder).database);
    for (const sql of [
      "UPDATE event SET actor = 'x' WHERE seq = 1",
      'DELETE FROM event',
      "INSERT OR REPLACE INTO event SELECT seq, epoch, id, at, type, version, 'x', station, data, hash FROM event",
    ])
      expect(() => database.exec(sql), sql).toThrow('append-only');
    database.close();
  });
});

describe('commands', () => {
  const command = { id: 'command-1', fingerprint: 'issue A', answer: { number: 'A001' } };

  test('the same command id twice has one effect and the same answer, also after a restart', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    expect(journal.answerOf('command-1')).toBeNull();
    expect(unwrap(journal.append({ events: [happening(1)], command }))).toHaveLength(1);
    expect(unwrap(journal.append({ events: [happening(2)], command }))).toEqual([]);
    journal.close();
    const again = open(folder);
    expect(unwrap(again.append({ events: [happening(3)], command }))).toEqual([]);
    expect(again.answerOf('command-1')).toEqual({ fingerprint: 'issue A', answer: { number: 'A001' } });
    expect(again.last().seq).toBe(1);
  });

  test('a command id used for another command is refused', () => {
    const journal = open(temporaryFolder());
    unwrap(journal.append({ events: [happening(1)], command }));
    const other = { ...command, fingerprint: 'issue B' };
    expect(codeOf(journal.append({ events: [happening(2)], command: other }))).toBe('M607');
    expect(journal.last().seq).toBe(1);
  });

  test('what is written alongside lives and dies with the events', () => {
    const journal = open(temporaryFolder());
    const alongside = () => journal.credentials.setPasswordHash('1001', 'hash-1');
    unwrap(journal.append({ events: [happening(1)], alongside }));
    expect(journal.credentials.passwordHashOf('1001')).toBe('hash-1');

    const refusing = () => {
      journal.credentials.setPasswordHash('1001', 'hash-2');
      return fail('S704');
    };
    expect(codeOf(journal.append({ events: [happening(2)], command, alongside: refusing }))).toBe('S704');
    const broken = () => {
      journal.credentials.setPasswordHash('1001', 'hash-3');
      throw new RangeError('a bug');
    };
    expect(() => journal.append({ events: [happening(2)], alongside: broken })).toThrow('a bug');
    expect(journal.credentials.passwordHashOf('1001')).toBe('hash-1');
    expect(journal.answerOf('command-1')).toBeNull();
    expect(journal.last().seq).toBe(1);
    unwrap(journal.append({ events: [happening(2)], alongside: () => ok(null) }));
  });
});

describe('a full disk', () => {
  test('is answered as D403, changes nothing on disk or in memory, and everything goes on with room again', () => {
    const folder = temporaryFolder();
    const journal = open(folder, { maxPageCount: 40 });
    const big = (n: number) => happening(n, { text: 'x'.repeat(2000) });
    let n = 1;
    let code = 'ok';
    for (; n < 1000 && code === 'ok'; n += 1) code = codeOf(journal.append({ events: [big(n)] }));
    expect(code).toBe('D403');
    const end = journal.last();
    expect(end.seq).toBe(n - 2);
    // Refused again, in the same way; a list of events is refused as a whole.
    const command = { id: 'command-1', fingerprint: 'f', answer: 1 };
    const events = Array.from({ length: 20 }, (_, index) => big(n + index));
    expect(codeOf(journal.append({ events, command }))).toBe('D403');
    expect(codeOf(journal.settings.set('long', 'x'.repeat(100_000)))).toBe('D403');
    expect(journal.answerOf('command-1')).toBeNull();
    expect(journal.last()).toEqual(end);
    expect(everyEvent(journal)).toHaveLength(end.seq);
    journal.close();

    const roomy = open(folder);
    expect(roomy.last()).toEqual(end);
    expect(unwrap(roomy.append({ events, command }))[0]?.seq).toBe(end.seq + 1);
    expect(unwrap(verifyJournalFile(folder))).toMatchObject({ whole: true, end: { seq: end.seq + 20 } });
  });

  test('a nearly full disk says so before anything is promised, and still takes what is in hand', () => {
    let free = 64 * 1024 * 1024;
    const journal = open(temporaryFolder(), { freeBytes: () => free });
    expect(journal.hasRoom()).toBe(true);
    free -= 1;
    expect(journal.hasRoom()).toBe(false);
    appendMany(journal, 1, 3);
    free += 1;
    expect(journal.hasRoom()).toBe(true);
  });

  test('free space is asked of the real disk by default', () => {
    const folder = temporaryFolder();
    const journal = open(folder, { roomReserveBytes: 1 });
    expect(journal.hasRoom()).toBe(true);
    journal.close();
    expect(open(folder, { roomReserveBytes: Number.MAX_SAFE_INTEGER }).hasRoom()).toBe(false);
  });

  test('what the disk may throw has a code, and a bug stays a bug', () => {
    const thrown = (code: string) => new Database.SqliteError('message', code);
    const codes = ['SQLITE_FULL', 'SQLITE_IOERR_FSYNC', 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_BUSY'];
    expect(codes.map(code => storageFailure(thrown(code)).error.code)).toEqual([
      'D403',
      'D404',
      'D404',
      'D404',
      'D406',
    ]);
    expect(storageFailure(Object.assign(new Error(), { code: 'ENOSPC' })).error.code).toBe('D403');
    expect(() => storageFailure(thrown('SQLITE_CONSTRAINT_UNIQUE'))).toThrow();
    expect(() => storageFailure(new TypeError('a bug'))).toThrow('a bug');
  });
});
