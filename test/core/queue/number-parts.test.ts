import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BankDocument } from '#core/branch/bank-document.ts';
import { DEFAULT_NUMBERING, type NumberBlock, PRINTING_PART } from '#core/branch/bank-numbering.ts';
import { freeParts, partsOf, spareParts, withoutNumbers } from '#core/queue/number-parts.ts';
import { nextNumberIn, rangesOfHost, withNumber } from '#core/queue/numbers.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { SEED } from '../../seed.ts';

const block = fc
  .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 200 }))
  .map(([first, size]) => ({ first, last: Math.min(999, first + size) }));
const numbersOf = (blocks: readonly NumberBlock[]) =>
  blocks.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));

describe('[BR5] parts for PCs that print', () => {
  it('are of the size the bank sets, the last one what is left', () => {
    expect(partsOf(DEFAULT_NUMBERING).map(({ first }) => first)).toEqual([900, 920, 940, 960, 980]);
    const printing = [
      { first: 900, last: 949 },
      { first: 990, last: 999 },
    ];
    expect(partsOf({ printing, printingPart: 30 })).toEqual([
      { first: 900, last: 929 },
      { first: 930, last: 949 },
      { first: 990, last: 999 },
    ]);
  });

  it('an odd size is refused; a document from before has the default', () => {
    const issues = (printingPart: unknown) =>
      BankDocument.safeParse({
        ...SAMPLE_BANK,
        numbering: { ...DEFAULT_NUMBERING, printingPart },
      }).error?.issues.map(({ path }) => path.join('.'));
    for (const odd of [0, -1, 1.5, 1000, '20']) expect(issues(odd)).toEqual(['numbering.printingPart']);
    // Never filled in: a program from before would not read the document any more.
    expect(BankDocument.parse(SAMPLE_BANK).numbering).toEqual(DEFAULT_NUMBERING);
    expect(Object.keys(DEFAULT_NUMBERING)).toEqual(['hosts', 'printing']);
    expect(partsOf(DEFAULT_NUMBERING)).toHaveLength(100 / PRINTING_PART);
  });

  it(`nobody’s, other PCs’ and spare hosts’ numbers are apart, whatever the rules are (seed ${SEED})`, () => {
    const rules = fc.record({
      printing: fc.array(block, { maxLength: 3 }),
      printingPart: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(
        rules,
        fc.array(block, { maxLength: 3 }),
        fc.integer({ min: 0, max: 3 }),
        (any, odd, count) => {
          // Blocks that overlap are refused with the document.
          const apart: NumberBlock[] = [];
          for (const one of any.printing) apart.push(...withoutNumbers([one], apart));
          const mine = { printing: apart, printingPart: any.printingPart };
          const given = [...odd, ...freeParts(mine, odd).slice(0, count)];
          const spare = [0, 1, 2].map(index => numbersOf(spareParts(mine, given, index)));
          const all = spare.flat();
          expect(new Set(all).size).toBe(all.length);
          const taken = new Set(numbersOf(given));
          expect(all.filter(number => taken.has(number))).toEqual([]);
          const within = new Set(numbersOf(apart));
          expect(all.filter(number => !within.has(number))).toEqual([]);
        },
      ),
      { seed: SEED },
    );
  });

  it(`a host leaves out what is a PC’s own, and gives everything else once (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), fc.integer({ min: 0, max: 4 }), (held, index) => {
        const queue = { firstNumber: 1, lastNumber: 999 };
        const ranges = rangesOfHost(queue, index, DEFAULT_NUMBERING, held);
        const expected = numbersOf(ranges);
        const taken = new Set(numbersOf(held));
        expect(expected.filter(number => taken.has(number))).toEqual([]);
        const given: number[] = [];
        let runs: readonly NumberBlock[] = [];
        for (let next = nextNumberIn('A', ranges, runs); next; next = nextNumberIn('A', ranges, runs)) {
          given.push(next.value);
          runs = withNumber(runs, next.value);
        }
        expect(given).toEqual(expected);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});
