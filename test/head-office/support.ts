import { chainHash, GENESIS_HASH } from '#core/wire/event-chain.ts';
import type { EventEnvelope, UnchainedEvent } from '#core/wire/event-envelope.ts';
import type { PushRequest } from '#core/wire/upload.ts';
import { sha256Hex } from '#head-office/ingest/sha256.ts';
import type { Database } from '#head-office/storage/database.ts';
import { openDatabase } from '#head-office/storage/open-database.ts';

/** 2026-03-02T01:00Z. */
export const START_AT = 1_772_413_200_000;
export const KEY = 'a-branch-key-long-enough';

/** A chain of events with these particulars, after those of `after`. */
export function sealJournal(
  branch: string,
  particulars: readonly Partial<UnchainedEvent>[],
  after: readonly EventEnvelope[] = [],
): EventEnvelope[] {
  const events = [...after];
  for (const particular of particulars) {
    const seq = events.length + 1;
    const unchained = {
      branch,
      epoch: 1,
      seq,
      id: `${branch}-${seq}`,
      at: START_AT + seq * 60_000,
      type: 'ticket-issued',
      version: 1,
      actor: 'staff-1',
      station: 'station-1',
      data: {},
      ...particular,
    };
    const previousHash = events.at(-1)?.hash ?? GENESIS_HASH;
    events.push({ ...unchained, hash: chainHash(previousHash, unchained, sha256Hex) });
  }
  return events;
}

/** A chain of `count` events, one a minute unless `everyMs` says otherwise. */
export function makeJournal(
  branch: string,
  count: number,
  {
    mark = '',
    epoch = 1,
    everyMs = 60_000,
    after = [],
  }: { mark?: string; epoch?: number; everyMs?: number; after?: readonly EventEnvelope[] } = {},
): EventEnvelope[] {
  const particulars = Array.from({ length: count }, (_, index) => {
    const seq = after.length + index + 1;
    return { epoch, at: START_AT + seq * everyMs, data: { number: `A${seq}`, mark } };
  });
  return sealJournal(branch, particulars, after);
}

/** The push of events `from`…`to` of a journal, whose first event has number 1. */
export function pushOf(journal: readonly EventEnvelope[], from: number, to: number, epoch = 1): PushRequest {
  const previousHash = journal[from - 2]?.hash ?? GENESIS_HASH;
  return { protocol: 1, epoch, from, to, previousHash, events: journal.slice(from - 1, to) };
}

/** An empty storage: memory, or the server named by `DATABASE_URL` in a schema of its own. */
export async function openTestDatabase(schema: string): Promise<Database> {
  const url = process.env.DATABASE_URL;
  if (url) {
    const admin = await import('pg').then(({ default: pg }) => new pg.Client({ connectionString: url }));
    await admin.connect();
    await admin.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}`);
    await admin.end();
  }
  const withSchema = `${url}${url?.includes('?') ? '&' : '?'}options=-c%20search_path%3D${schema}`;
  const opened = await openDatabase(url ? { url: withSchema } : { folder: null });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

/** Everything held of a branch, in order: hashes of events, texts of raw items. */
export async function heldOf(database: Database, branch: string): Promise<string[]> {
  const rows = await database.query<{ held: string }>(
    `SELECT held FROM (
       SELECT seq, hash AS held FROM event WHERE branch_id = $1
       UNION ALL SELECT seq, body FROM raw_event WHERE branch_id = $1) AS item ORDER BY seq`,
    [branch],
  );
  return rows.map(row => row.held);
}
