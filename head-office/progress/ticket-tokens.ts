import type { EventData } from '#core/branch/events.ts';
import { envelopeToEvent } from '#core/branch/events.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import type { BranchStatus } from '#core/wire/upload.ts';
import type { SqlRunner } from '../storage/database.ts';

/** A ticket as it was issued, and how far head office is with its branch. */
export interface IssuedTicket {
  readonly branch: string;
  readonly issued: EventData<'ticket-issued'>;
  readonly durableSeq: number;
  /** Number of the branch's last event by its last status; null before the first. */
  readonly branchLastSeq: number | null;
  /** Milliseconds since 1970-01-01T00:00Z, by head office's clock. */
  readonly lastSeenAt: number | null;
}

/**
 * Makes the tickets among these events findable by their token (TK11), inside the transaction that stores the events.
 * What is not a readable ticket is left out: nothing here may stop the stream.
 */
export async function storeTicketTokens(
  sql: SqlRunner,
  branch: string,
  events: readonly EventEnvelope[],
): Promise<void> {
  const found = events.flatMap(envelope => {
    const event = envelope.type === 'ticket-issued' ? envelopeToEvent(envelope) : null;
    return event?.ok && event.value.type === 'ticket-issued'
      ? [{ token: event.value.data.progressToken, seq: envelope.seq }]
      : [];
  });
  if (found.length === 0) return;
  await sql.query(
    `INSERT INTO ticket_progress (token, branch_id, seq)
     SELECT token, $1, seq FROM unnest($2::text[], $3::bigint[]) AS item (token, seq) ON CONFLICT DO NOTHING`,
    [branch, found.map(({ token }) => token), found.map(({ seq }) => seq)],
  );
}

/** The ticket with this token; null when head office knows none. */
export async function findTicket(sql: SqlRunner, token: string): Promise<IssuedTicket | null> {
  const [row] = await sql.query<
    EventEnvelope & { durableSeq: number; lastSeenAt: number | null; status: BranchStatus | null }
  >(
    `SELECT event.branch_id AS branch, event.epoch, seq, id, at, type, version, actor, station, data, hash,
            durable_seq AS "durableSeq", last_seen_at AS "lastSeenAt", last_status AS status
     FROM ticket_progress
     JOIN event USING (branch_id, seq)
     JOIN branch USING (branch_id)
     WHERE token = $1 ORDER BY branch_id LIMIT 1`,
    [token],
  );
  if (row === undefined) return null;
  const { durableSeq, lastSeenAt, status, ...envelope } = row;
  const event = envelopeToEvent(envelope);
  if (!event.ok || event.value.type !== 'ticket-issued') return null;
  const branchLastSeq = status?.lastSeq ?? null;
  return { branch: envelope.branch, issued: event.value.data, durableSeq, branchLastSeq, lastSeenAt };
}
