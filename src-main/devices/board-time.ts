import type { BoardTime } from '#drivers/led/onbon-commands.ts';

/** What a clock on the wall of this PC shows. */
export function boardTimeOf(date: Date): BoardTime {
  return {
    year: date.getFullYear(),
    month: date.getMonth() + 1,
    day: date.getDate(),
    hour: date.getHours(),
    minute: date.getMinutes(),
    second: date.getSeconds(),
    // Sunday is day 0 here and 7 on boards.
    weekday: date.getDay() || 7,
  };
}
