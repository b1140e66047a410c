import { localTimeOf } from './local-time.ts';

/** TK3: the calendar day `YYYY-MM-DD` on the wall of a branch at instant `at` (ms since 1970). */
export function businessDayOf(at: number, timeZone: string): string {
  return localTimeOf(at, timeZone).date;
}
