import { z } from 'zod';
import type { NumberBlock } from '#core/branch/bank-numbering.ts';
import type { OwnNumbers } from '#core/branch/decision.ts';
import { numberToPrefix, numberToValue } from '#core/queue/numbers.ts';
import type { TextFile } from '../link/key-store.ts';

/**
 * BR5, BR7: the numbers this PC may give without its host, and how far it has come with them today. Written before a
 * number is promised, and apart from the journal, of which a take-over may take back what had not been safe.
 */
export interface OwnNumberBook {
  /** Null: this PC has no numbers of its own. `day`: the business day they would be given on. */
  numbersOf(day: string): OwnNumbers | null;
  /** What the whole and safe journal says is this PC's; null: nothing. */
  remember(block: NumberBlock | null): void;
  /** @returns false: the disk refuses, the number must not be given */
  take(day: string, number: string): boolean;
}

const Book = z.strictObject({
  block: z.strictObject({ first: z.int().min(0).max(999), last: z.int().min(0).max(999) }).nullable(),
  day: z.string().max(10),
  lasts: z.record(z.string().max(1), z.int().min(0).max(999)),
});
type Book = z.infer<typeof Book>;

const EMPTY: Book = { block: null, day: '', lasts: {} };

/** Opens the book; one that cannot be read is empty until the host is heard again. */
export function openOwnNumbers(file: TextFile): OwnNumberBook {
  let book = read(file);
  const keep = (next: Book): boolean => {
    try {
      file.write(JSON.stringify(next));
    } catch {
      return false;
    }
    book = next;
    return true;
  };
  return {
    numbersOf(day) {
      if (book.block === null) return null;
      // A clock that was set back gives no number twice.
      const lasts = day > book.day ? [] : Object.entries(book.lasts);
      return { ...book.block, lasts: new Map(lasts) };
    },
    remember(block) {
      const isSame = block?.first === book.block?.first && block?.last === book.block?.last;
      if (!isSame) keep({ ...book, block });
    },
    take(day, number) {
      const [prefix, value] = [numberToPrefix(number), numberToValue(number)];
      const lasts = day > book.day ? {} : book.lasts;
      const last = Math.max(lasts[prefix] ?? value, value);
      return keep({ ...book, day: day > book.day ? day : book.day, lasts: { ...lasts, [prefix]: last } });
    },
  };
}

function read(file: TextFile): Book {
  try {
    const text = file.read();
    return text === null ? EMPTY : Book.parse(JSON.parse(text));
  } catch {
    return EMPTY;
  }
}
