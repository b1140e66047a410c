import { fail, ok, type Result } from '#core/wire/result.ts';
import { BranchStatus } from '#core/wire/upload.ts';
import type { SqlRunner } from '../storage/database.ts';
import { isStorableText } from '../storage/storable-text.ts';
import { parseMessage } from './read-push.ts';

/**
 * Reads the body of a status message (HO2).
 * @returns M601 when it is not JSON or not a status, M604 for another protocol version
 */
export function readStatus(body: string): Result<BranchStatus> {
  const parsed = parseMessage(body);
  if (!parsed.ok) return parsed;
  const status = BranchStatus.safeParse(parsed.value);
  if (!status.success) return fail('M601', { field: status.error.issues[0]?.path.join('.') ?? '' });
  const { branchName, timeZone } = status.data;
  if (![branchName.zh, branchName.en, timeZone].every(isStorableText))
    return fail('M601', { field: 'branchName' });
  return ok(status.data);
}

/**
 * Keeps a branch's newest status.
 * @param now milliseconds since 1970-01-01T00:00Z
 * @returns U505 when the branch has gone on under a higher epoch; nothing is kept then
 */
export async function recordStatus(
  sql: SqlRunner,
  branch: string,
  status: BranchStatus,
  now: number,
): Promise<Result<void>> {
  const { branchName, epoch } = status;
  const kept = await sql.query(
    `UPDATE branch SET name_zh = $2, name_en = $3, last_status = $4::jsonb, last_seen_at = $5
     WHERE branch_id = $1 AND greatest(epoch, (last_status->>'epoch')::bigint) <= $6
     RETURNING branch_id`,
    [branch, branchName.zh, branchName.en, JSON.stringify(status), now, epoch],
  );
  return kept.length > 0 ? ok(undefined) : fail('U505');
}
