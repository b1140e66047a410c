import type { Queue } from '../branch/bank-document.ts';
import type { NumberBlock, NumberingRules } from '../branch/bank-numbering.ts';
import { spareParts, withoutNumbers } from './number-parts.ts';

/**
 * TK3: the next number of a queue, prefix letter and three digits. `last` is the last one handed out today under
 * this letter (undefined: none yet); a range that was moved during the day never repeats a number.
 * @returns undefined when the range is used up.
 */
export function nextNumber(
  queue: Pick<Queue, 'prefix' | 'firstNumber' | 'lastNumber'>,
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

/**
 * BR5: the numbers of a queue that one host may give. The main block is what of the queue's own range lies in it; the
 * others are the rules' own, as every queue has its letter to itself.
 * @param index of `numbering.hosts`, as `Roles.block`
 * @returns null when there is no such block, or the range has nothing in the main one
 */
export function blockOfHost(
  queue: Pick<Queue, 'firstNumber' | 'lastNumber'>,
  index: number,
  { hosts }: NumberingRules,
): NumberBlock | null {
  const block = hosts[index];
  if (block === undefined) return null;
  if (index > 0) return block;
  const first = Math.max(block.first, queue.firstNumber);
  const last = Math.min(block.last, queue.lastNumber);
  return first > last ? null : { first, last };
}

/** What decides about the next number (BR5). */
export interface NumberPlace {
  readonly numbering: NumberingRules;
  /** Which host's block numbers come from; null: the branch is one PC, the whole range is its own. */
  readonly block: number | null;
  /** Highest number handed out today, by letter. */
  readonly lasts: ReadonlyMap<string, number>;
  /** Numbers handed out today, by letter, as runs without gaps. */
  readonly runs: ReadonlyMap<string, readonly NumberBlock[]>;
  /** Numbers that are a PC's own: no host gives them. */
  readonly held: readonly NumberBlock[];
}

/** BR5: all numbers a host may give in a queue, in the order it gives them; none: there are none for it. */
export function rangesOfHost(
  queue: Pick<Queue, 'firstNumber' | 'lastNumber'>,
  index: number,
  numbering: NumberingRules,
  held: readonly NumberBlock[],
): NumberBlock[] {
  const spare = index - numbering.hosts.length;
  if (spare >= 0) return spareParts(numbering, held, spare);
  const block = blockOfHost(queue, index, numbering);
  return block === null ? [] : withoutNumbers([block], held);
}

/**
 * The next number a host may give in a queue. In a block it goes on after the highest number of today that lies in it,
 * whoever gave it and whatever the blocks and ranges were then.
 * @returns undefined when the range, or the host's block, is used up (T802)
 */
export function nextNumberAt(
  queue: Queue,
  { numbering, block, lasts, runs, held }: NumberPlace,
): { value: number; text: string } | undefined {
  const { prefix } = queue;
  if (block !== null)
    return nextNumberIn(prefix, rangesOfHost(queue, block, numbering, held), runs.get(prefix));
  const whole = { first: queue.firstNumber, last: queue.lastNumber };
  for (const { first, last } of withoutNumbers([whole], held)) {
    const next = nextNumber({ prefix, firstNumber: first, lastNumber: last }, lasts.get(prefix));
    if (next !== undefined) return next;
  }
  return undefined;
}

/**
 * The next number in some ranges, given one after the other: behind the highest number of today that lies in them.
 * @param runs numbers handed out today under the letter
 * @returns undefined when all are used up
 */
export function nextNumberIn(
  prefix: string,
  ranges: readonly NumberBlock[],
  runs: readonly NumberBlock[] = [],
): { value: number; text: string } | undefined {
  let next: { value: number; text: string } | undefined;
  for (const own of ranges.toReversed()) {
    const given = runs.flatMap(({ first, last }) =>
      first <= own.last && last >= own.first ? [Math.min(last, own.last)] : [],
    );
    const range = { prefix, firstNumber: own.first, lastNumber: own.last };
    const inRange = nextNumber(range, given.length === 0 ? undefined : Math.max(...given));
    next = inRange ?? next;
    // Ranges before one in use are behind it.
    if (given.length > 0) return next;
  }
  return next;
}

/** The runs of a letter with one number more. */
export function withNumber(runs: readonly NumberBlock[], value: number): readonly NumberBlock[] {
  if (runs.some(({ first, last }) => value >= first && value <= last)) return runs;
  const before = runs.find(({ last }) => last === value - 1);
  const after = runs.find(({ first }) => first === value + 1);
  const others = runs.filter(run => run !== before && run !== after);
  return [...others, { first: before?.first ?? value, last: after?.last ?? value }];
}
