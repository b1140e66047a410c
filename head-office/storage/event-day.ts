const DAY_MS = 86_400_000;
/** Days before this share one partition. */
export const FIRST_DAY = '2020-01-01';
/** This day and all later ones share one partition. */
export const LAST_DAY = '2100-01-01';
const FIRST_DAY_MS = Date.parse(FIRST_DAY);
const LAST_DAY_MS = Date.parse(LAST_DAY);

/**
 * The day whose partition holds an event: the UTC day of its time, held between the day before `FIRST_DAY` and
 * `LAST_DAY`, so that a clock that is far off can neither fail nor make partitions without end.
 * @param at milliseconds since 1970-01-01T00:00Z, any size
 * @returns `YYYY-MM-DD`
 */
export function eventDay(at: number): string {
  const held = Math.min(Math.max(at, FIRST_DAY_MS - DAY_MS), LAST_DAY_MS);
  return new Date(held).toISOString().slice(0, 10);
}
