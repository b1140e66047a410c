import type { Queue } from '../branch/bank-document.ts';

/**
 * TK3: the next number of a queue, prefix letter and three digits. `last` is the last one handed out today under
 * this letter (undefined: none yet); a range that was moved during the day never repeats a number.
 * @returns undefined when the range is used up.
 */
export function nextNumber(
  queue: Queue,
  last: number | undefined,
): { value: number; text: string } | undefined {
  const value = last === undefined ? queue.firstNumber : Math.max(queue.firstNumber, last + 1);
  if (value > queue.lastNumber) return undefined;
  return { value, text: `${queue.prefix}${String(value).padStart(3, '0')}` };
}

/** The letter of a ticket number. */
export function numberToPrefix(text: string): string {
  return text.slice(0, 1);
}

/** The digits of a ticket number as an integer; the inverse of `nextNumber`'s text. */
export function numberToValue(text: string): number {
  return Number(text.slice(1));
}
