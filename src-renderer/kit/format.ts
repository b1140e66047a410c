import type { Language } from '#core/wire/fields.ts';

/** Times as people read them. Pure: the branch's time zone and the language are passed in. */

const MINUTE_MS = 60_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

function dateFormatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', options);
    formatters.set(key, formatter);
  }
  return formatter;
}

/** Whole minutes begun and finished in `durationMs`; a negative duration (clocks apart) is 0. */
export function wholeMinutes(durationMs: number): number {
  return Math.max(0, Math.floor(durationMs / MINUTE_MS));
}

/** `12分钟`, `12 min`. */
export function formatMinutes(minutes: number, language: Language): string {
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', {
    style: 'unit',
    unit: 'minute',
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  }).format(minutes);
}

/** A range of minutes, `8–12分钟`; one number when both ends are equal. */
export function formatMinuteRange(fromMinutes: number, toMinutes: number, language: Language): string {
  const upper = formatMinutes(toMinutes, language);
  return fromMinutes >= toMinutes ? upper : `${fromMinutes}–${upper}`;
}

/** A running time, `3:05`, from an hour on `1:02:09`; a negative one is `0:00`. */
export function formatStopwatch(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const pair = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pair(minutes)}:${pair(seconds % 60)}` : `${minutes}:${pair(seconds % 60)}`;
}

/** The branch's clock on the wall, `09:05` or `09:05:30`. `at` in ms since 1970; no `timeZone`: this PC's own. */
export function formatClock(
  at: number,
  timeZone?: string,
  { seconds = false }: { seconds?: boolean } = {},
): string {
  return dateFormatter('en', {
    ...(timeZone === undefined ? {} : { timeZone }),
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
  }).format(at);
}

/** The branch's day with its weekday, `2026年11月22日星期日`, `Sunday 22 November 2026`. */
export function formatDay(at: number, timeZone: string, language: Language): string {
  return dateFormatter(language, {
    timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
  }).format(at);
}

/** A share from 0 to 1 as whole or tenth percent, `98.5%`; null (nothing to divide by) is a dash. */
export function formatShare(share: number | null): string {
  return share === null ? '—' : `${Math.round(share * 1000) / 10}%`;
}
