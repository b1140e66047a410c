import type { ZodType } from 'zod';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { ClaimRequest, type NamedAnswer, RegisterRequest } from '#core/wire/upload.ts';
import type { SqlRunner } from '../storage/database.ts';
import { isStorableText } from '../storage/storable-text.ts';
import { parseMessage } from './read-push.ts';

/**
 * Reads the body of a claim.
 * @returns M601 when it is not JSON or not a claim, M604 for another protocol version
 */
export function readClaim(body: string): Result<ClaimRequest> {
  return readAs(ClaimRequest, body);
}

/** As `readClaim`, for a person's decision. */
export function readRegister(body: string): Result<RegisterRequest> {
  return readAs(RegisterRequest, body);
}

function readAs<T extends { readonly station: string }>(schema: ZodType<T>, body: string): Result<T> {
  const parsed = parseMessage(body);
  if (!parsed.ok) return parsed;
  const read = schema.safeParse(parsed.value);
  if (!read.success) return fail('M601', { field: read.error.issues[0]?.path.join('.') ?? '' });
  return isStorableText(read.data.station) ? ok(read.data) : fail('M601', { field: 'station' });
}

const NAMED = `RETURNING epoch, named_station AS "station"`;

/**
 * BR4: names the station for the epoch after `expected`, unless somebody was named for it; compare-and-set in one
 * statement, so that of two who ask at once the first wins and both hear the same. Asking again changes nothing.
 * An epoch that was raised without a name is nobody's: the one after it is named.
 */
export async function claimEpoch(
  sql: SqlRunner,
  branch: string,
  { expected, station }: ClaimRequest,
): Promise<NamedAnswer> {
  const rows = await sql.query<NamedAnswer>(
    `UPDATE branch SET
       epoch = CASE WHEN epoch <= $2 THEN $2 + 1 WHEN named_station IS NULL THEN epoch + 1 ELSE epoch END,
       named_station = CASE WHEN epoch <= $2 OR named_station IS NULL THEN $3 ELSE named_station END
     WHERE branch_id = $1 ${NAMED}`,
    [branch, expected, station],
  );
  return only(rows, branch);
}

/**
 * A person's decision, told afterwards (BR4): the higher (epoch, station) stands, by the order of `isAbove` in
 * `core/replication`. Telling it again changes nothing.
 */
export async function registerEpoch(
  sql: SqlRunner,
  branch: string,
  { epoch, station }: RegisterRequest,
): Promise<NamedAnswer> {
  const rows = await sql.query<NamedAnswer>(
    `UPDATE branch SET
       epoch = greatest(epoch, $2),
       named_station = CASE
         WHEN epoch < $2 OR (epoch = $2 AND coalesce(named_station, '') COLLATE "C" < $3) THEN $3
         ELSE named_station END
     WHERE branch_id = $1 ${NAMED}`,
    [branch, epoch, station],
  );
  return only(rows, branch);
}

function only(rows: readonly NamedAnswer[], branch: string): NamedAnswer {
  const [row] = rows;
  if (row === undefined) throw new Error(`branch ${branch} is not enrolled`);
  return row;
}
