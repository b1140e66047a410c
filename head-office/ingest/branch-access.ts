import { timingSafeEqual } from 'node:crypto';
import { isPracticeBranch } from '#core/branch/practice.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { SqlRunner } from '../storage/database.ts';
import { isStorableText } from '../storage/storable-text.ts';
import { sha256Hex } from './sha256.ts';

const MIN_KEY_LENGTH = 16;
const MAX_KEY_LENGTH = 256;
const MAX_BRANCH_LENGTH = 64;

/** Who asks, and whether an unknown branch may enrol by asking. */
export interface BranchClaim {
  readonly branch: string;
  /** The `Authorization` header as it came. */
  readonly authorization: string | undefined;
  readonly enrolOpen: boolean;
}

/** A branch whose key is right, or a new one (`known: false`) that may enrol with this key. */
export interface BranchIdentity {
  readonly branch: string;
  readonly keyHash: string;
  readonly known: boolean;
}

/**
 * Checks a branch's key, and changes nothing.
 * @returns M601 for an impossible branch name, U509 for a practice branch (AS4), U504 for a missing, malformed or
 *   wrong key, U507 for an unknown branch while enrolment is closed
 */
export async function identifyBranch(sql: SqlRunner, claim: BranchClaim): Promise<Result<BranchIdentity>> {
  const { branch, authorization, enrolOpen } = claim;
  if (branch === '' || branch.length > MAX_BRANCH_LENGTH || !isStorableText(branch)) {
    return fail('M601', { field: 'branch' });
  }
  if (isPracticeBranch(branch)) return fail('U509');
  const key = /^Bearer ([\x21-\x7e]+)$/.exec(authorization ?? '')?.[1];
  if (key === undefined || key.length < MIN_KEY_LENGTH || key.length > MAX_KEY_LENGTH) return fail('U504');
  const keyHash = sha256Hex(key);
  const heldHash = await keyHashOf(sql, branch);
  if (heldHash === undefined) return enrolOpen ? ok({ branch, keyHash, known: false }) : fail('U507');
  return sameHash(heldHash, keyHash) ? ok({ branch, keyHash, known: true }) : fail('U504');
}

/**
 * Enrols a new branch; done once its first message has proved readable.
 * @param now milliseconds since 1970-01-01T00:00Z
 * @returns U504 when another first contact with another key was faster
 */
export async function enrolBranch(
  sql: SqlRunner,
  { branch, keyHash }: BranchIdentity,
  now: number,
): Promise<Result<void>> {
  await sql.query(
    'INSERT INTO branch (branch_id, key_hash, enrolled_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [branch, keyHash, now],
  );
  const heldHash = await keyHashOf(sql, branch);
  return heldHash !== undefined && sameHash(heldHash, keyHash) ? ok(undefined) : fail('U504');
}

async function keyHashOf(sql: SqlRunner, branch: string): Promise<string | undefined> {
  const [row] = await sql.query<{ keyHash: string }>(
    'SELECT key_hash AS "keyHash" FROM branch WHERE branch_id = $1',
    [branch],
  );
  return row?.keyHash;
}

function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
