import type { BranchStatus } from '#core/wire/upload.ts';
import type { SqlRunner } from '../storage/database.ts';

/** One branch as the console shows it. */
export interface BranchLine {
  readonly branch: string;
  readonly nameZh: string | null;
  readonly nameEn: string | null;
  readonly epoch: number;
  readonly durableSeq: number;
  /** Events the branch has and head office has not yet, by its last status; null before the first. */
  readonly lag: number | null;
  /** Batches kept because they contradict what is held; more than 0 is an alarm. */
  readonly forks: number;
  /** Items kept as text because they could not be read. */
  readonly unreadable: number;
  readonly status: BranchStatus | null;
  /** Milliseconds since 1970-01-01T00:00Z, by head office's clock. */
  readonly lastSeenAt: number | null;
}

/** A page of branches; `next` is the `after` of the following page, null at the end. */
export interface BranchPage {
  readonly branches: readonly BranchLine[];
  readonly next: string | null;
}

/** Branches in the order of their ids, `limit` of them from the first one after `after` ('' for the start). */
export async function listBranches(
  sql: SqlRunner,
  { after, limit }: { after: string; limit: number },
): Promise<BranchPage> {
  const branches = await sql.query<BranchLine>(
    `SELECT branch_id AS branch, name_zh AS "nameZh", name_en AS "nameEn", epoch, durable_seq AS "durableSeq",
            CASE WHEN last_status IS NOT NULL
              THEN greatest(0, (last_status->>'lastSeq')::bigint - durable_seq) END AS lag,
            (SELECT count(*) FROM fork WHERE fork.branch_id = branch.branch_id) AS forks,
            (SELECT count(*) FROM raw_event WHERE raw_event.branch_id = branch.branch_id) AS unreadable,
            last_status AS status, last_seen_at AS "lastSeenAt"
     FROM branch WHERE branch_id > $1 ORDER BY branch_id LIMIT $2`,
    [after, limit + 1],
  );
  const page = branches.slice(0, limit);
  return { branches: page, next: branches.length > limit ? (page.at(-1)?.branch ?? null) : null };
}
