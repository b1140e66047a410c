/** A value a statement can carry. Arrays become SQL arrays (for `unnest`). */
export type SqlValue = string | number | boolean | null | readonly (string | number | null)[];

/** What runs SQL: the database itself, or one open transaction of it. */
export interface SqlRunner {
  /**
   * Runs one statement with `$1`-style values. `bigint` arrives as number, `date` as `YYYY-MM-DD`, `json` parsed.
   * @throws the carrier's error, with the five-character SQLSTATE in `code` where the server gave one
   */
  query<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs several statements without values, as in a migration file. */
  script(sql: string): Promise<void>;
}

/** Head office's storage (HO4): PGlite or a PostgreSQL server, with the same SQL. */
export interface Database extends SqlRunner {
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. */
  transaction<Answer>(work: (sql: SqlRunner) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
}
