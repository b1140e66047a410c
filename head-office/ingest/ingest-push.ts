import { canonicalJson } from '#core/wire/event-chain.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import type { PushRequest } from '#core/wire/upload.ts';
import { storeTicketTokens } from '../progress/ticket-tokens.ts';
import type { Database, SqlRunner } from '../storage/database.ts';
import { ensureDayPartitions } from '../storage/day-partitions.ts';
import { eventDay } from '../storage/event-day.ts';
import {
  type HeldItem,
  heldRange,
  isSuperseded,
  type PushPlan,
  planPush,
  type RawItem,
  type StreamCursor,
} from './plan-push.ts';
import { sha256Hex } from './sha256.ts';
import { sliceItems } from './slice-items.ts';

/** A push that has been read, with the text it came from. */
export interface ReceivedPush {
  readonly branch: string;
  readonly push: PushRequest;
  readonly body: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly receivedAt: number;
}

/**
 * Judges a push and stores what is new of it, in one database transaction: rows, cursor and fork evidence are all
 * there or none is. Pushes of one branch wait for each other at the branch's row.
 * @returns the plan that was carried out
 * @throws the carrier's error when the database fails; nothing has changed then
 */
export function ingestPush(database: Database, received: ReceivedPush): Promise<PushPlan> {
  const { branch, push, body } = received;
  let slices: string[] | undefined;
  const rawItems = () => {
    slices ??= sliceItems(body, 'events');
    return slices;
  };
  return database.transaction(async sql => {
    const cursor = await lockCursor(sql, branch);
    const range = isSuperseded(cursor, push) ? null : heldRange(cursor, push);
    const held = range === null ? [] : await heldItems(sql, branch, range);
    const plan = planPush({ branch, cursor, push, rawItems, held }, sha256Hex);
    if (plan.verdict === 'fork') await storeFork(sql, received, plan);
    if (plan.verdict === 'stored') {
      await storeEvents(sql, branch, plan.events);
      await storeTicketTokens(sql, branch, plan.events);
      await storeRawItems(sql, branch, plan.raw, received.receivedAt);
      await moveCursor(sql, branch, plan.cursor, received.receivedAt);
    }
    return plan;
  });
}

async function lockCursor(sql: SqlRunner, branch: string): Promise<StreamCursor> {
  const [cursor] = await sql.query<StreamCursor>(
    `SELECT durable_seq AS "durableSeq", durable_hash AS "durableHash", epoch, named_station AS "station"
     FROM branch WHERE branch_id = $1 FOR UPDATE`,
    [branch],
  );
  if (cursor === undefined) throw new Error(`branch ${branch} is not enrolled`);
  return cursor;
}

function heldItems(sql: SqlRunner, branch: string, range: { from: number; to: number }): Promise<HeldItem[]> {
  return sql.query<HeldItem>(
    `SELECT seq, hash, NULL AS body FROM event WHERE branch_id = $1 AND seq BETWEEN $2 AND $3
     UNION ALL
     SELECT seq, hash, body FROM raw_event WHERE branch_id = $1 AND seq BETWEEN $2 AND $3`,
    [branch, range.from, range.to],
  );
}

async function storeEvents(sql: SqlRunner, branch: string, events: readonly EventEnvelope[]): Promise<void> {
  if (events.length === 0) return;
  const days = events.map(event => eventDay(event.at));
  await ensureDayPartitions(sql, days);
  await sql.query(
    `INSERT INTO event (branch_id, day, seq, epoch, id, at, type, version, actor, station, data, hash)
     SELECT $1, day, seq, epoch, id, at, type, version, actor, station, data::json, hash
     FROM unnest($2::date[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::text[], $8::bigint[],
                 $9::text[], $10::text[], $11::text[], $12::text[])
       AS item (day, seq, epoch, id, at, type, version, actor, station, data, hash)`,
    [
      branch,
      days,
      events.map(event => event.seq),
      events.map(event => event.epoch),
      events.map(event => event.id),
      events.map(event => event.at),
      events.map(event => event.type),
      events.map(event => event.version),
      events.map(event => event.actor),
      events.map(event => event.station),
      events.map(event => canonicalJson(event.data)),
      events.map(event => event.hash),
    ],
  );
}

async function storeRawItems(
  sql: SqlRunner,
  branch: string,
  items: readonly RawItem[],
  receivedAt: number,
): Promise<void> {
  if (items.length === 0) return;
  await sql.query(
    `INSERT INTO raw_event (branch_id, seq, hash, body, received_at)
     SELECT $1, seq, hash, body, $5 FROM unnest($2::bigint[], $3::text[], $4::text[]) AS item (seq, hash, body)`,
    [
      branch,
      items.map(item => item.seq),
      items.map(item => item.hash),
      items.map(item => item.body),
      receivedAt,
    ],
  );
}

async function moveCursor(sql: SqlRunner, branch: string, cursor: StreamCursor, now: number): Promise<void> {
  await sql.query(
    `UPDATE branch SET durable_seq = $2, durable_hash = $3, epoch = $4, last_seen_at = $5, named_station = $6 WHERE branch_id = $1`,
    [branch, cursor.durableSeq, cursor.durableHash, cursor.epoch, now, cursor.station ?? null],
  );
}

async function storeFork(
  sql: SqlRunner,
  { branch, push, body, receivedAt }: ReceivedPush,
  { reason, atSeq }: Extract<PushPlan, { verdict: 'fork' }>,
): Promise<void> {
  await sql.query(
    `INSERT INTO fork (branch_id, body_hash, reason, at_seq, from_seq, to_seq, epoch, body, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [branch, sha256Hex(body), reason, atSeq, push.from, push.to, push.epoch, body, receivedAt],
  );
}
