import type Database from 'better-sqlite3';
import type { SealedEvent } from './seal-events.ts';

/** A row of table `event` as SQLite gives it; what is in it is only believed after `checkLink`. */
export interface EventRow {
  readonly seq: number;
  readonly epoch: number;
  readonly id: string;
  readonly at: number;
  readonly type: string;
  readonly version: number;
  readonly actor: string;
  readonly station: string;
  readonly data: string;
  readonly hash: string;
}

/** Prepared statements on table `event`. */
export interface EventQueries {
  /** Inside the caller's transaction. @throws SqliteError */
  insert(event: SealedEvent): void;
  /** Up to `limit` rows from `from` on, by `seq`. */
  page(from: number, limit: number): EventRow[];
  /** The last rows, highest `seq` first. */
  newest(count: number): EventRow[];
  hashAt(seq: number): string | null;
  /** Inside the caller's transaction, the last event only, once it lies aside. @throws SqliteError otherwise */
  delete(seq: number): void;
}

const COLUMNS = 'seq, epoch, id, at, type, version, actor, station, data, hash';

/** Prepares the statements; they work on read-only connections too, except `insert`. */
export function eventQueries(database: Database.Database): EventQueries {
  const insert = database.prepare(`INSERT INTO event (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const page = database.prepare<[number, number], EventRow>(
    `SELECT ${COLUMNS} FROM event WHERE seq >= ? ORDER BY seq LIMIT ?`,
  );
  const newest = database.prepare<[number], EventRow>(
    `SELECT ${COLUMNS} FROM event ORDER BY seq DESC LIMIT ?`,
  );
  const hashAt = database.prepare<[number], string>('SELECT hash FROM event WHERE seq = ?').pluck();
  const remove = database.prepare('DELETE FROM event WHERE seq = ?');
  return {
    delete: seq => void remove.run(seq),
    insert({ envelope: e, dataText }) {
      insert.run(e.seq, e.epoch, e.id, e.at, e.type, e.version, e.actor, e.station, dataText, e.hash);
    },
    page: (from, limit) => page.all(from, limit),
    newest: count => newest.all(count),
    hashAt: seq => hashAt.get(seq) ?? null,
  };
}

const PAGE_ROWS = 500;

/**
 * All rows from `from` on, a page at a time, so that a long walk neither holds the table nor stops appends.
 * Rows appended during the walk are part of it.
 */
export function* walkRows(queries: EventQueries, from: number): Generator<EventRow, void> {
  let next = from;
  for (;;) {
    const rows = queries.page(next, PAGE_ROWS);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return;
    next = last.seq + 1;
  }
}
