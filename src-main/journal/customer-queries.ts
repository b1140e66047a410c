import type Database from 'better-sqlite3';
import type { Result } from '#core/wire/result.ts';
import { attempt } from './sqlite-failure.ts';

/** A customer as the table knows it: by keyed hash, never by number. */
export interface CustomerClassRow {
  readonly key: string;
  readonly classId: string;
}

/** Customer classes by keyed hash (TK2). The hash is made elsewhere; this never sees a number. */
export interface CustomerQueries {
  /** Null: not in the table. */
  classOf(customerKey: string): string | null;
  /** Adds or replaces. Failures: `D403`, `D404`. */
  setClass(customerKey: string, classId: string): Result<unknown>;
  /** Rows with keys after `after`, up to and with `upTo` (null: to the end), at most `limit`, by key. */
  rows(after: string, upTo: string | null, limit: number): readonly CustomerClassRow[];
  /** Of that range the table holds these rows from now on and no others, all or nothing. Failures: `D403`, `D404`. */
  replace(after: string, upTo: string | null, rows: readonly CustomerClassRow[]): Result<unknown>;
  /** Called after a row has changed, or many (null). @returns how to stop listening */
  onChange(listener: (row: CustomerClassRow | null) => void): () => void;
}

/** Above every key. */
const END = '\u{10ffff}';

/** Prepares the statements on table `customer_class`. */
export function customerQueries(database: Database.Database): CustomerQueries {
  const listeners = new Set<(row: CustomerClassRow | null) => void>();
  const changed = (row: CustomerClassRow | null) => {
    for (const listener of listeners) listener(row);
  };
  const select = database
    .prepare<[string], string>('SELECT class_id FROM customer_class WHERE customer_key = ?')
    .pluck();
  const upsert = database.prepare(
    `INSERT INTO customer_class (customer_key, class_id) VALUES (?, ?)
     ON CONFLICT (customer_key) DO UPDATE SET class_id = excluded.class_id`,
  );
  const list = database.prepare<[string, string, number], CustomerClassRow>(
    `SELECT customer_key AS key, class_id AS classId FROM customer_class
     WHERE customer_key > ? AND customer_key <= ? ORDER BY customer_key LIMIT ?`,
  );
  const clear = database.prepare('DELETE FROM customer_class WHERE customer_key > ? AND customer_key <= ?');
  const replaceAll = database.transaction(
    (after: string, upTo: string, rows: readonly CustomerClassRow[]) => {
      clear.run(after, upTo);
      for (const { key, classId } of rows) upsert.run(key, classId);
    },
  );
  return {
    classOf: customerKey => select.get(customerKey) ?? null,
    setClass(key, classId) {
      if (select.get(key) === classId) return { ok: true, value: undefined };
      const set = attempt(() => upsert.run(key, classId));
      if (set.ok) changed({ key, classId });
      return set;
    },
    rows: (after, upTo, limit) => list.all(after, upTo ?? END, limit),
    replace(after, upTo, rows) {
      const replaced = attempt(() => replaceAll.immediate(after, upTo ?? END, rows));
      if (replaced.ok) changed(null);
      return replaced;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
