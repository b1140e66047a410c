import type { SqlRunner } from '../storage/database.ts';

/** A batch that was kept apart. The batch itself stays in the database. */
export interface ForkLine {
  readonly bodyHash: string;
  readonly reason: string;
  /** The first place that does not fit. */
  readonly atSeq: number;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly epoch: number;
  readonly receivedAt: number;
}

/** The newest 100 forks of a branch, newest first. */
export function listForks(sql: SqlRunner, branch: string): Promise<ForkLine[]> {
  return sql.query<ForkLine>(
    `SELECT body_hash AS "bodyHash", reason, at_seq AS "atSeq", from_seq AS "fromSeq", to_seq AS "toSeq", epoch,
            received_at AS "receivedAt"
     FROM fork WHERE branch_id = $1 ORDER BY received_at DESC, body_hash LIMIT 100`,
    [branch],
  );
}
