import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { SqlRunner } from '../storage/database.ts';

/** How events become figures: the branch's own fold (HO6), handed in. */
export interface FiguresFold {
  /**
   * Runs the fold over the events of one business day, in order.
   * @returns the figures, and how many events the fold did not know
   */
  report(events: readonly EventEnvelope[]): { readonly figures: unknown; readonly unknown: number };
}

/** A branch's business day as far as head office holds it. */
export interface DayReport {
  readonly branch: string;
  readonly date: string;
  /** Events the figures are made of; 0 when the day has not started here. */
  readonly events: number;
  /** Items of the day that this program could not read or did not know: missing from the figures. */
  readonly unreadable: number;
  readonly figures: unknown;
}

interface SeqRange {
  readonly from: number;
  /** Inclusive. */
  readonly to: number;
}

/**
 * The figures of one business day: all events from the day's `business-day-started` to before the next day's, by
 * their order and not by their clock.
 * @param date `YYYY-MM-DD`, the business day as the branch names it
 * @returns U507 for a branch that never enrolled
 */
export async function dayReport(
  sql: SqlRunner,
  fold: FiguresFold,
  branch: string,
  date: string,
): Promise<Result<DayReport>> {
  const [known] = await sql.query('SELECT branch_id FROM branch WHERE branch_id = $1', [branch]);
  if (known === undefined) return fail('U507');
  const range = await businessDayRange(sql, branch, date);
  const events = range === null ? [] : await eventsBetween(sql, branch, range);
  const raw = range === null ? 0 : await rawItemsBetween(sql, branch, range);
  const { figures, unknown } = fold.report(events);
  return ok({ branch, date, events: events.length, unreadable: raw + unknown, figures });
}

async function businessDayRange(sql: SqlRunner, branch: string, date: string): Promise<SeqRange | null> {
  const [range] = await sql.query<SeqRange>(
    `WITH start AS (
       SELECT seq, data->>'businessDay' AS business_day FROM event
       WHERE branch_id = $1 AND type = 'business-day-started'
     ), first AS (
       SELECT min(seq) AS seq FROM start WHERE business_day = $2
     )
     SELECT first.seq AS "from", coalesce(min(start.seq) - 1, branch.durable_seq) AS "to"
     FROM first
     JOIN branch ON branch.branch_id = $1
     LEFT JOIN start ON start.seq > first.seq AND start.business_day <> $2
     WHERE first.seq IS NOT NULL
     GROUP BY first.seq, branch.durable_seq`,
    [branch, date],
  );
  return range ?? null;
}

function eventsBetween(sql: SqlRunner, branch: string, { from, to }: SeqRange): Promise<EventEnvelope[]> {
  return sql.query<EventEnvelope>(
    `SELECT branch_id AS branch, epoch, seq, id, at, type, version, actor, station, data, hash
     FROM event WHERE branch_id = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq`,
    [branch, from, to],
  );
}

async function rawItemsBetween(sql: SqlRunner, branch: string, { from, to }: SeqRange): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    'SELECT count(*) AS count FROM raw_event WHERE branch_id = $1 AND seq BETWEEN $2 AND $3',
    [branch, from, to],
  );
  return row?.count ?? 0;
}
