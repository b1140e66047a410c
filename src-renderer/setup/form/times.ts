const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;

/** A minute of the day as `09:00`; empty for anything else. */
export function minuteToText(value: unknown): string {
  if (typeof value !== 'number') return '';
  const pair = (part: number) => String(part).padStart(2, '0');
  return `${pair(Math.floor(value / MINUTES_PER_HOUR))}:${pair(value % MINUTES_PER_HOUR)}`;
}

/** `9:00`, `09:00`, `0900` as a minute of the day, up to `24:00`; undefined when it is none. */
export function textToMinute(text: string): number | undefined {
  const [, hours, minutes] = /^\s*(\d{1,2})[:：.]?(\d\d)\s*$/.exec(text) ?? [];
  if (hours === undefined || Number(minutes) >= MINUTES_PER_HOUR) return undefined;
  const minute = Number(hours) * MINUTES_PER_HOUR + Number(minutes);
  return minute <= MINUTES_PER_DAY ? minute : undefined;
}
