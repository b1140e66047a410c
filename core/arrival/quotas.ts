import { QUOTA_STEP_MINUTES, type Quota } from '../branch/bank-arrival.ts';
import type { Business } from '../branch/bank-document.ts';
import type { LocalTime } from '../queue/local-time.ts';

/** Tickets issued today of one business, by half hour since midnight. */
export type IssuedByHalfHour = readonly number[];

const HALF_HOURS = (24 * 60) / QUOTA_STEP_MINUTES;

/** One more ticket at this minute of the day. */
export function countIssued(issued: IssuedByHalfHour | undefined, minute: number): IssuedByHalfHour {
  const counts = [...(issued ?? new Array<number>(HALF_HOURS).fill(0))];
  const halfHour = Math.floor(minute / QUOTA_STEP_MINUTES);
  counts[halfHour] = (counts[halfHour] ?? 0) + 1;
  return counts;
}

/** TK6: the quota in force now whose tickets are gone; undefined when a ticket may be issued. */
export function usedUpQuota(
  business: Business,
  issued: IssuedByHalfHour | undefined,
  { weekday, minute }: LocalTime,
): Quota | undefined {
  return business.quotas.find(quota => {
    if (!quota.weekdays.includes(weekday)) return false;
    if (minute < quota.fromMinute || minute >= quota.toMinute) return false;
    const [from, to] = [quota.fromMinute / QUOTA_STEP_MINUTES, quota.toMinute / QUOTA_STEP_MINUTES];
    const used = (issued ?? []).slice(from, to).reduce((total, count) => total + count, 0);
    return used >= quota.tickets;
  });
}
