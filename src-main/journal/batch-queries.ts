import type Database from 'better-sqlite3';

/** Where a batch lies in the journal, and whose command it was. */
export interface BatchRow {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly commandId: string | null;
}

/** Prepared statements on table `batch`. */
export interface BatchQueries {
  /** Inside the caller's transaction. @throws SqliteError */
  insert(row: BatchRow): void;
  /** Up to `limit` batches that begin after place `seq`, in order. */
  after(seq: number, limit: number): BatchRow[];
  /** The batch that has `seq` in it, or null. */
  at(seq: number): BatchRow | null;
  /** Inside the caller's transaction. */
  deleteAfter(seq: number): void;
}

const COLUMNS = 'first_seq AS "firstSeq", last_seq AS "lastSeq", command_id AS "commandId"';

/** Prepares the statements. */
export function batchQueries(database: Database.Database): BatchQueries {
  const insert = database.prepare('INSERT INTO batch (last_seq, first_seq, command_id) VALUES (?, ?, ?)');
  const after = database.prepare<[number, number], BatchRow>(
    `SELECT ${COLUMNS} FROM batch WHERE last_seq > ? ORDER BY last_seq LIMIT ?`,
  );
  const at = database.prepare<[number], BatchRow>(
    `SELECT ${COLUMNS} FROM batch WHERE last_seq >= ? ORDER BY last_seq LIMIT 1`,
  );
  const deleteAfter = database.prepare('DELETE FROM batch WHERE last_seq > ?');
  return {
    insert: ({ firstSeq, lastSeq, commandId }) => void insert.run(lastSeq, firstSeq, commandId),
    after: (seq, limit) => after.all(seq, limit),
    at(seq) {
      const row = at.get(seq);
      return row !== undefined && row.firstSeq <= seq ? row : null;
    },
    deleteAfter: seq => void deleteAfter.run(seq),
  };
}
