import type Database from 'better-sqlite3';
import type { Result } from '#core/wire/result.ts';
import { attempt } from './sqlite-failure.ts';

/** Customer classes by keyed hash (TK2). The hash is made elsewhere; this never sees a number. */
export interface CustomerQueries {
  /** Null: not in the table. */
  classOf(customerKey: string): string | null;
  /** Adds or replaces. Failures: `D403`, `D404`. */
  setClass(customerKey: string, classId: string): Result<unknown>;
}

/** Prepares the statements on table `customer_class`. */
export function customerQueries(database: Database.Database): CustomerQueries {
  const select = database
    .prepare<[string], string>('SELECT class_id FROM customer_class WHERE customer_key = ?')
    .pluck();
  const upsert = database.prepare(
    `INSERT INTO customer_class (customer_key, class_id) VALUES (?, ?)
     ON CONFLICT (customer_key) DO UPDATE SET class_id = excluded.class_id`,
  );
  return {
    classOf: customerKey => select.get(customerKey) ?? null,
    setClass: (customerKey, classId) => attempt(() => upsert.run(customerKey, classId)),
  };
}
