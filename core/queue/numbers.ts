import type { Queue } from '../branch/bank-document.ts';

/**
 * TK3: the next number of a queue, prefix letter and three digits. `last` is the last one handed out today
 * (undefined: none yet).
 * @returns undefined when the range is used up.
 */
export function nextNumber(
  queue: Queue,
  last: number | undefined,
): { value: number; text: string } | undefined {
  const value = last === undefined ? queue.firstNumber : last + 1;
  if (value > queue.lastNumber) return undefined;
  return { value, text: `${queue.prefix}${String(value).padStart(3, '0')}` };
}

/** The digits of a ticket number as an integer; the inverse of `nextNumber`'s text. */
export function numberToValue(text: string): number {
  return Number(text.slice(1));
}
