/** A moment as the clock and the calendar on the branch's wall show it. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** Whole minutes since midnight, 0 to 1439. */
  readonly minute: number;
}

const DAY_MS = 24 * 3_600_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the wall shows at instant `at` (ms since 1970). */
export function localTimeOf(at: number, timeZone: string): LocalTime {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    // The Swedish form is year-month-day hours:minutes, always with 24 hours.
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    formatters.set(timeZone, formatter);
  }
  const text = formatter.format(at);
  const date = text.slice(0, 10);
  return {
    date,
    weekday: weekdayOf(date),
    minute: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)),
  };
}

/** 1 Monday to 7 Sunday of a date `YYYY-MM-DD`. */
export function weekdayOf(date: string): number {
  return ((Date.parse(`${date}T00:00Z`) / DAY_MS + 3) % 7) + 1;
}

/** The date so many days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The instant (ms since 1970) at which the wall shows this minute of this date; 1440 is midnight at its end. A
 * minute that a change to summer time skips becomes the one after the gap, one that comes twice the first.
 */
export function instantOf(date: string, minute: number, timeZone: string): number {
  const asUtc = Date.parse(`${date}T00:00Z`) + minute * 60_000;
  const offsetAt = (at: number) => {
    const shown = localTimeOf(at, timeZone);
    return Date.parse(`${shown.date}T00:00Z`) + shown.minute * 60_000 - Math.floor(at / 60_000) * 60_000;
  };
  // A change of the offset may lie between the day before and the day after.
  const before = asUtc - offsetAt(asUtc - DAY_MS);
  const after = asUtc - offsetAt(asUtc + DAY_MS);
  const isShownAt = (at: number) => at + offsetAt(at) === asUtc;
  return !isShownAt(before) && isShownAt(after) ? after : before;
}

/** `540` → `09:00`. */
export function minuteToText(minute: number): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}
