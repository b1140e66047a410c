import { describe, expect, test } from 'vitest';
import { databaseAt, migrateTo, schemaOf, shippedMigrations } from './branch-schema.ts';
import snapshot from './schema-snapshot.json' with { type: 'json' };

// What has shipped is never edited: computers in 40,000 branches run different versions. When this fails because of
// a NEW migration, add its file and the new picture to schema-snapshot.json; otherwise take the change back.
test('the shipped migrations and the shape they make are as recorded', () => {
  const files = Object.fromEntries(shippedMigrations().map(({ name, sha256 }) => [name, sha256]));
  expect({ files, schema: schemaOf(databaseAt(9999)) }).toEqual(snapshot.branch);
});

test('every table is strict', () => {
  const tables = databaseAt(9999)
    .prepare<[], { name: string; strict: number }>(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  expect(tables.length).toBeGreaterThan(4);
  expect(tables.filter(table => table.strict !== 1)).toEqual([]);
});

describe('0010-create-journal', () => {
  test('holds events by number, each id once, found by key without a scan', () => {
    const database = databaseAt(10);
    const insert = database.prepare("INSERT INTO event VALUES (?, 1, ?, 1, 't', 1, 'a', 's', '{}', 'h')");
    insert.run(1, 'id-1');
    expect(() => insert.run(1, 'id-2')).toThrow('UNIQUE');
    expect(() => insert.run(2, 'id-1')).toThrow('UNIQUE');
    expect(() => insert.run('two', 'id-2')).toThrow('datatype');
    const plan = (sql: string) => JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
    expect(plan('SELECT * FROM event WHERE seq >= 5 ORDER BY seq LIMIT 9')).toMatch(/SEARCH.*PRIMARY KEY/);
    expect(plan("SELECT * FROM command_answer WHERE command_id = 'c'")).toMatch(/SEARCH.*PRIMARY KEY/);
  });

  test('refuses to change or delete an event', () => {
    const database = databaseAt(10);
    database.exec("INSERT INTO event VALUES (1, 1, 'i', 1, 't', 1, 'a', 's', '{}', 'h')");
    expect(() => database.exec('UPDATE event SET at = 2')).toThrow('append-only');
    expect(() => database.exec('DELETE FROM event')).toThrow('append-only');
  });
});

test('0020-create-setting-and-credential keeps the events that were there', () => {
  const database = databaseAt(10);
  database.exec("INSERT INTO event VALUES (1, 1, 'i', 1, 't', 1, 'a', 's', '{}', 'h')");
  migrateTo(database, 10, 20);
  database.exec(
    "INSERT INTO setting VALUES ('k', 'v'); INSERT INTO staff_credential VALUES ('1001', 'hash')",
  );
  expect(() => database.exec("INSERT INTO setting VALUES ('k', 'w')")).toThrow('UNIQUE');
  expect(() => database.exec("INSERT INTO staff_credential VALUES ('1002', NULL)")).toThrow('NOT NULL');
  expect(database.prepare('SELECT count(*) FROM event').pluck().get()).toBe(1);
});

test('0030-create-snapshot keeps settings that were there', () => {
  const database = databaseAt(20);
  database.exec("INSERT INTO setting VALUES ('k', 'v')");
  migrateTo(database, 20, 30);
  database.exec("INSERT INTO snapshot VALUES (1, 'f', '{}', 's')");
  expect(database.prepare('SELECT value FROM setting').pluck().get()).toBe('v');
});

describe('0050-create-batch-and-aside', () => {
  const EVENT = "(1, 'i%', 1, 't', 1, 'a', 's', '{}', 'h%')";
  const insertEvent = (n: number) =>
    `INSERT INTO event VALUES (${n}, ${EVENT.slice(1).replaceAll('%', String(n))};`;

  test('[BR3] events recorded before count as one batch each, with the command that ended there', () => {
    const database = databaseAt(40);
    database.exec(`${insertEvent(1)}${insertEvent(2)} INSERT INTO command_answer VALUES ('c', 'f', '{}', 2)`);
    migrateTo(database, 40, 50);
    expect(
      database.prepare('SELECT first_seq, last_seq, command_id FROM batch ORDER BY 1').raw().all(),
    ).toEqual([
      [1, 1, null],
      [2, 2, 'c'],
    ]);
  });

  test('[BR6] only the last event can leave, and only when the very same one lies aside', () => {
    const database = databaseAt(50);
    database.exec(insertEvent(1) + insertEvent(2));
    const remove = (seq: number) => () => database.exec(`DELETE FROM event WHERE seq = ${seq}`);
    expect(remove(2)).toThrow('append-only');
    expect(() => database.exec('UPDATE event SET at = 2')).toThrow('append-only');
    database.exec("INSERT INTO batch_aside VALUES ('h2', 1, 1, 2, 'h0', NULL, NULL, NULL, 5, 0)");
    const aside = (hash: string, seq: number, data: string) =>
      database.exec(
        `INSERT INTO event_aside VALUES ('${hash}', 'h2', ${seq}, 1, 'i${seq}', 1, 't', 1, 'a', 's', '${data}')`,
      );
    aside('other', 2, '{}');
    expect(remove(2)).toThrow('append-only');
    aside('h2', 2, '{"n":1}');
    expect(remove(2)).toThrow('append-only');
    aside('h1', 1, '{}');
    // The very same, but not the last.
    expect(remove(1)).toThrow('append-only');
    expect(() => database.exec('UPDATE event_aside SET at = 2')).toThrow('stays');
    expect(() => database.exec('DELETE FROM event_aside')).toThrow('stays');
    expect(() => database.exec('DELETE FROM batch_aside')).toThrow('stays');
  });

  test('[BR6] an event whose like lies aside leaves', () => {
    const database = databaseAt(50);
    database.exec(insertEvent(1));
    database.exec("INSERT INTO batch_aside VALUES ('h1', 1, 1, 1, 'h0', NULL, NULL, NULL, 5, 0)");
    database.exec("INSERT INTO event_aside VALUES ('h1', 'h1', 1, 1, 'i1', 1, 't', 1, 'a', 's', '{}')");
    database.exec('DELETE FROM event WHERE seq = 1');
    expect(database.prepare('SELECT count(*) FROM event').pluck().get()).toBe(0);
  });
});
