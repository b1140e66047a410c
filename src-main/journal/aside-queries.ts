import type Database from 'better-sqlite3';
import type { EventRow } from './event-queries.ts';

/** A batch that was moved aside, as it is stored. */
export interface AsideRow {
  readonly hash: string;
  readonly epoch: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly previousHash: string;
  readonly commandId: string | null;
  readonly fingerprint: string | null;
  /** JSON text. */
  readonly answer: string | null;
  readonly asideAt: number;
  readonly merged: number;
}

/** Prepared statements on tables `batch_aside` and `event_aside`; all but the last two inside a transaction. */
export interface AsideQueries {
  /** Keeps a batch; one that lay aside before lies there again, not merged. */
  insertBatch(row: Omit<AsideRow, 'merged'>): void;
  insertEvent(batchHash: string, event: EventRow): void;
  mark(hash: string, merged: boolean): void;
  /** In the order of their places, then of their seals. */
  batches(merged: 'all' | 'not-merged'): AsideRow[];
  eventsOf(batchHash: string): EventRow[];
}

/** Prepares the statements. */
export function asideQueries(database: Database.Database): AsideQueries {
  const insertBatch = database.prepare(
    `INSERT INTO batch_aside (hash, epoch, first_seq, last_seq, previous_hash, command_id, fingerprint, answer,
                              aside_at, merged)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
     ON CONFLICT (hash) DO UPDATE SET aside_at = excluded.aside_at, merged = 0`,
  );
  const insertEvent = database.prepare(
    `INSERT INTO event_aside (hash, batch_hash, seq, epoch, id, at, type, version, actor, station, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
  );
  const mark = database.prepare('UPDATE batch_aside SET merged = ? WHERE hash = ?');
  const batches = database.prepare<[number], AsideRow>(
    `SELECT hash, epoch, first_seq AS "firstSeq", last_seq AS "lastSeq", previous_hash AS "previousHash",
            command_id AS "commandId", fingerprint, answer, aside_at AS "asideAt", merged
     FROM batch_aside WHERE merged <= ? ORDER BY last_seq, hash`,
  );
  const eventsOf = database.prepare<[string], EventRow>(
    `SELECT seq, epoch, id, at, type, version, actor, station, data, hash
     FROM event_aside WHERE batch_hash = ? ORDER BY seq`,
  );
  return {
    insertBatch: row =>
      void insertBatch.run(
        row.hash,
        row.epoch,
        row.firstSeq,
        row.lastSeq,
        row.previousHash,
        row.commandId,
        row.fingerprint,
        row.answer,
        row.asideAt,
      ),
    insertEvent: (batchHash, e) =>
      void insertEvent.run(
        e.hash,
        batchHash,
        e.seq,
        e.epoch,
        e.id,
        e.at,
        e.type,
        e.version,
        e.actor,
        e.station,
        e.data,
      ),
    mark: (hash, merged) => void mark.run(merged ? 1 : 0, hash),
    batches: merged => batches.all(merged === 'all' ? 1 : 0),
    eventsOf: batchHash => eventsOf.all(batchHash),
  };
}
