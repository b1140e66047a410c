import type { SqlRunner } from './database.ts';
import { FIRST_DAY, LAST_DAY } from './event-day.ts';

const PARTITION_LOCK = 470_002;

/**
 * Makes sure that the partitions of these days exist, inside the caller's transaction.
 *
 * A table is made first and attached then: attaching leaves readers and writers of other days alone, while
 * `CREATE TABLE … PARTITION OF` would stop them all until commit.
 * @param days `YYYY-MM-DD` from `eventDay`, in any order, repeats allowed
 */
export async function ensureDayPartitions(sql: SqlRunner, days: readonly string[]): Promise<void> {
  const wanted = [...new Set(days)].filter(day => day >= FIRST_DAY && day < LAST_DAY).sort();
  const missing = await missingDays(sql, wanted);
  if (missing.length === 0) return;
  await sql.query('SELECT pg_advisory_xact_lock($1)', [PARTITION_LOCK]);
  // Another branch may have made some while we waited for the lock.
  for (const day of await missingDays(sql, missing)) {
    const table = tableOf(day);
    await sql.script(`
      CREATE TABLE ${table} (LIKE event INCLUDING ALL);
      ALTER TABLE event ATTACH PARTITION ${table} FOR VALUES FROM ('${day}') TO ('${dayAfter(day)}');
    `);
  }
}

/** Asks the catalogue's rows: `to_regclass` may answer from before the lock, out of this connection's cache. */
async function missingDays(sql: SqlRunner, days: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ day: string }>(
    `SELECT day FROM unnest($1::text[]) AS wanted (day)
     WHERE NOT EXISTS (
       SELECT 1 FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
       WHERE inhparent = 'event'::regclass AND relname = 'event_' || replace(day, '-', '_'))
     ORDER BY day`,
    [days],
  );
  return rows.map(row => row.day);
}

function tableOf(day: string): string {
  return `event_${day.replaceAll('-', '_')}`;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
