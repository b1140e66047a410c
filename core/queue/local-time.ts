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
const MINUTE_MS = 60_000;
/** From here on every zone is whole minutes from UTC; in 1971 Liberia's clocks still went 44 minutes and a half late. */
const WHOLE_MINUTES_FROM_MS = Date.UTC(1973, 0);

interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  /** The minute asked for last, counted from 1970, and what the wall shows throughout it. */
  minute: number;
  shown: LocalTime;
}
const zones = new Map<string, Zone>();

/**
 * What the wall shows at instant `at` (ms since 1970). Every command asks, mostly within the same minute, and the
 * calendar of a time zone is slow to ask.
 * @throws RangeError for a time zone that does not exist
 */
export function localTimeOf(at: number, timeZone: string): LocalTime {
  let zone = zones.get(timeZone);
  const minute = at < WHOLE_MINUTES_FROM_MS ? Number.NaN : Math.floor(at / MINUTE_MS);
  if (zone?.minute === minute) return zone.shown;
  if (zone === undefined) {
    // The Swedish form is year-month-day hours:minutes, always with 24 hours.
    const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    zone = { formatter, minute, shown: readWall(formatter, at) };
    zones.set(timeZone, zone);
    return zone.shown;
  }
  zone.shown = readWall(zone.formatter, at);
  zone.minute = minute;
  return zone.shown;
}

function readWall(formatter: Intl.DateTimeFormat, at: number): LocalTime {
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
