import { type NumberBlock, type NumberingRules, PRINTING_PART } from '../branch/bank-numbering.ts';

type PrintingRules = Pick<NumberingRules, 'printing' | 'printingPart'>;

/** BR5: the parts the blocks for printing PCs are cut into, lowest first; the end of a block may be a smaller one. */
export function partsOf({ printing, printingPart = PRINTING_PART }: PrintingRules): NumberBlock[] {
  return printing.flatMap(block => {
    const count = Math.ceil((block.last - block.first + 1) / printingPart);
    return Array.from({ length: count }, (_, index) => {
      const first = block.first + index * printingPart;
      return { first, last: Math.min(block.last, first + printingPart - 1) };
    });
  });
}

/** Parts nobody has a number of, lowest first. The rules may have changed since `held` were given. */
export function freeParts(rules: PrintingRules, held: Iterable<NumberBlock>): NumberBlock[] {
  const taken = [...held];
  return partsOf(rules).filter(part => !taken.some(own => overlap(part, own)));
}

/**
 * BR5: what a host gives numbers from that has no block of its own, because several hosts before it are still to be
 * heard: half of the parts nobody holds, from the highest, and the next such host half of the rest. As long as one
 * host is to be heard no part is given to anybody, so these stay apart from those of PCs that print.
 * @param index 0 for the first host without a block
 */
export function spareParts(rules: PrintingRules, held: Iterable<NumberBlock>, index: number): NumberBlock[] {
  let free = freeParts(rules, held);
  for (let turn = 0; ; turn += 1) {
    const kept = Math.floor(free.length / 2);
    if (turn === index || free.length === 0) return free.slice(kept);
    free = free.slice(0, kept);
  }
}

/** The numbers of `blocks` that are in none of `held`; in the order of `blocks`. */
export function withoutNumbers(blocks: readonly NumberBlock[], held: Iterable<NumberBlock>): NumberBlock[] {
  let left: readonly NumberBlock[] = blocks;
  for (const own of held)
    left = left.flatMap(block =>
      overlap(block, own)
        ? [
            { first: block.first, last: Math.min(block.last, own.first - 1) },
            { first: Math.max(block.first, own.last + 1), last: block.last },
          ].filter(({ first, last }) => first <= last)
        : [block],
    );
  return [...left];
}

function overlap(a: NumberBlock, b: NumberBlock): boolean {
  return a.first <= b.last && a.last >= b.first;
}
