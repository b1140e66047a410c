import type { Calendar } from '../branch/bank-arrival.ts';
import { addDays, instantOf, localTimeOf, weekdayOf } from '../queue/local-time.ts';
import type { LocalText } from '../wire/fields.ts';

export interface Period {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** Whether numbers are issued, and when they are next (TK12). */
export interface Opening {
  readonly isOpen: boolean;
  /** The next opening when closed; null when open, or when none is near. */
  readonly next: { readonly date: string; readonly minute: number } | null;
  /** Why today differs from the week, such as a holiday's name. */
  readonly dayName: LocalText | null;
}

/** How far ahead the next opening is looked for: longer than any holiday. */
const DAYS_AHEAD = 31;

/** The periods of a date in order: its own when it is a special day, else its weekday's. */
export function periodsOf(calendar: Calendar, date: string): Period[] {
  const special = calendar.days.find(day => day.date === date);
  const periods = special?.periods ?? calendar.weekly.filter(({ weekday }) => weekday === weekdayOf(date));
  return periods
    .map(({ fromMinute, toMinute }) => ({ fromMinute, toMinute }))
    .sort((a, b) => a.fromMinute - b.fromMinute);
}

/** TK12: are numbers issued at instant `now` (ms since 1970)? The closing minute itself is closed. */
export function openingAt(calendar: Calendar, now: number, timeZone: string): Opening {
  if (!calendar.enforced) return { isOpen: true, next: null, dayName: null };
  const { date, minute } = localTimeOf(now, timeZone);
  const dayName = calendar.days.find(day => day.date === date)?.name ?? null;
  const today = periodsOf(calendar, date);
  if (today.some(({ fromMinute, toMinute }) => fromMinute <= minute && minute < toMinute))
    return { isOpen: true, next: null, dayName };
  for (let days = 0; days <= DAYS_AHEAD; days++) {
    const other = addDays(date, days);
    const next = periodsOf(calendar, other).find(({ fromMinute }) => days > 0 || fromMinute > minute);
    if (next) return { isOpen: false, next: { date: other, minute: next.fromMinute }, dayName };
  }
  return { isOpen: false, next: null, dayName };
}

/**
 * TK12: the instant from which those who still wait count as unserved; null while it has not come, and without a
 * calendar. A day without opening hours has it at its start.
 */
export function unservedSince(calendar: Calendar, now: number, timeZone: string): number | null {
  if (!calendar.enforced) return null;
  const { date } = localTimeOf(now, timeZone);
  const closes = periodsOf(calendar, date).at(-1)?.toMinute ?? 0;
  const since = instantOf(date, closes, timeZone) + calendar.unservedAfterMinutes * 60_000;
  return now >= since ? since : null;
}
