import Database from 'better-sqlite3';
import type { EventRow } from '#main/journal/event-queries.ts';
import { readMigrations } from '#main/journal/migrate.ts';

/** Where the rows of one accepted command are: events `from`…`to` and its recorded answer. */
export interface RowsOfCommand {
  readonly from: number;
  readonly to: number;
  readonly commandId: string;
  /** Whether inserting them counts. */
  readonly timed: boolean;
}

interface AnswerRow {
  readonly command_id: string;
  readonly fingerprint: string;
  readonly answer: string;
  readonly seq: number;
}

interface BatchRow {
  readonly last_seq: number;
  readonly first_seq: number;
  readonly command_id: string | null;
}

/** The very rows of one command. */
export interface CopiedRows {
  readonly events: readonly EventRow[];
  readonly answer: AnswerRow | undefined;
  readonly batch: BatchRow | undefined;
  readonly timed: boolean;
}

/** Reads what the host has written for these commands, so that the same bytes can be inserted again. */
export function copyRows(source: Database.Database, commands: readonly RowsOfCommand[]): CopiedRows[] {
  const events = source.prepare<[number, number], EventRow>(
    'SELECT * FROM event WHERE seq BETWEEN ? AND ? ORDER BY seq',
  );
  const answers = source.prepare<[string], AnswerRow>('SELECT * FROM command_answer WHERE command_id = ?');
  const batches = source.prepare<[number], BatchRow>('SELECT * FROM batch WHERE last_seq = ?');
  return commands.map(({ from, to, commandId, timed }) => ({
    events: events.all(from, to),
    answer: answers.get(commandId),
    batch: batches.get(to),
    timed,
  }));
}

/** The baseline of PF1: better-sqlite3 with nothing around it. */
export interface RawJournal {
  /** One transaction, as durable as the journal's own. */
  insert(rows: CopiedRows): void;
  close(): void;
}

/**
 * Makes an empty database with the branch's tables, write-ahead log and a wait for the disk at each commit.
 * @throws Error when this build of SQLite would not wait: the comparison would be unfair.
 */
export function openRawJournal(path: string, migrationsFolder: string): RawJournal {
  const migrations = readMigrations(migrationsFolder);
  if (!migrations.ok) throw new Error(migrations.error.code);
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  for (const { sql } of migrations.value) database.exec(sql);
  if (database.pragma('synchronous', { simple: true }) !== 2) throw new Error('commits do not wait');

  const insertEvent = database.prepare(
    'INSERT INTO event (seq, epoch, id, at, type, version, actor, station, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertAnswer = database.prepare(
    'INSERT INTO command_answer (command_id, fingerprint, answer, seq) VALUES (?, ?, ?, ?)',
  );
  const insertBatch = database.prepare(
    'INSERT INTO batch (last_seq, first_seq, command_id) VALUES (?, ?, ?)',
  );
  const insert = database.transaction(({ events, answer, batch }: CopiedRows) => {
    for (const e of events)
      insertEvent.run(e.seq, e.epoch, e.id, e.at, e.type, e.version, e.actor, e.station, e.data, e.hash);
    if (answer) insertAnswer.run(answer.command_id, answer.fingerprint, answer.answer, answer.seq);
    if (batch) insertBatch.run(batch.last_seq, batch.first_seq, batch.command_id);
  });
  return { insert: rows => insert.immediate(rows), close: () => void database.close() };
}
