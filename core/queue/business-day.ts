const formatters = new Map<string, Intl.DateTimeFormat>();

/** TK3: the calendar day `YYYY-MM-DD` on the wall of a branch at instant `at` (ms since 1970). */
export function businessDayOf(at: number, timeZone: string): string {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    // The Swedish calendar form is year-month-day with hyphens, the ISO 8601 order.
    formatter = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(at);
}
