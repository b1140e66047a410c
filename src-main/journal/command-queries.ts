import type Database from 'better-sqlite3';

/** An accepted command, as it was answered the first time. */
export interface CommandAnswer {
  /** Of the command's content, made by the caller: the same id with other content is refused. */
  readonly fingerprint: string;
  /** Anything JSON carries. */
  readonly answer: unknown;
}

/** Prepared statements on table `command_answer`. */
export interface CommandQueries {
  /** Inside the transaction that writes the command's events; `seq` is the journal's end after it. */
  insert(id: string, answer: CommandAnswer, seq: number): void;
  /** As `insert`, for a command of another host that came late; one known already keeps its first answer. */
  insertLate(id: string, answer: CommandAnswer, seq: number): void;
  answerOf(id: string): CommandAnswer | null;
  /** The journal's end after the command, or null when it is not known. */
  seqOf(id: string): number | null;
  /** Inside a transaction that moves the events after `seq` aside. */
  deleteAfter(seq: number): void;
}

/** Prepares the statements. */
export function commandQueries(database: Database.Database): CommandQueries {
  const insert = database.prepare(
    'INSERT INTO command_answer (command_id, fingerprint, answer, seq) VALUES (?, ?, ?, ?)',
  );
  const select = database.prepare<[string], { fingerprint: string; answer: string }>(
    'SELECT fingerprint, answer FROM command_answer WHERE command_id = ?',
  );
  const insertLate = database.prepare(
    `INSERT INTO command_answer (command_id, fingerprint, answer, seq) VALUES (?, ?, ?, ?)
     ON CONFLICT (command_id) DO NOTHING`,
  );
  const seqOf = database
    .prepare<[string], number>('SELECT seq FROM command_answer WHERE command_id = ?')
    .pluck();
  const deleteAfter = database.prepare('DELETE FROM command_answer WHERE seq > ?');
  return {
    insertLate(id, { fingerprint, answer }, seq) {
      insertLate.run(id, fingerprint, JSON.stringify(answer) ?? 'null', seq);
    },
    seqOf: id => seqOf.get(id) ?? null,
    deleteAfter: seq => void deleteAfter.run(seq),
    insert(id, { fingerprint, answer }, seq) {
      insert.run(id, fingerprint, JSON.stringify(answer) ?? 'null', seq);
    },
    answerOf(id) {
      const row = select.get(id);
      return row === undefined ? null : { fingerprint: row.fingerprint, answer: JSON.parse(row.answer) };
    },
  };
}
