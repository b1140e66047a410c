import { z } from 'zod';

const NumberBlock = z.strictObject({ first: z.int().min(0).max(999), last: z.int().min(0).max(999) });
export type NumberBlock = z.infer<typeof NumberBlock>;

/**
 * BR5: how the numbers under a letter are shared among several PCs, so that two hosts that do not know of each other
 * never give the same one. A branch of one PC uses each queue's whole range.
 */
export const NumberingRules = z.strictObject({
  /** Of hosts: the main block (what of a queue's range lies in it), the standby's, then spare ones for the next take-overs (`Roles.block`). */
  hosts: z.array(NumberBlock).min(1).max(10),
  /** Of PCs that print by themselves while their link is lost (BR7): each gets a part of its own (`partsOf`). */
  printing: z.array(NumberBlock).max(20),
  /**
   * How many numbers a printing PC gets under each letter, `PRINTING_PART` unless given; what is left of a block is a
   * smaller part. Never filled in: programs from before do not know it, and read every document that leaves it out.
   */
  printingPart: z.int().min(1).max(999).exactOptional(),
});
export type NumberingRules = z.infer<typeof NumberingRules>;

/** Numbers a printing PC gets under each letter, where the bank does not say. */
export const PRINTING_PART = 20;

/** For branches set up before there were such rules. */
export const DEFAULT_NUMBERING: NumberingRules = {
  hosts: [
    { first: 1, last: 799 },
    { first: 800, last: 899 },
  ],
  printing: [{ first: 900, last: 999 }],
};

/** No block is empty and no two overlap. */
export function checkNumbering(
  { hosts, printing }: Pick<NumberingRules, 'hosts' | 'printing'>,
  report: (path: string[], message: string) => void,
): void {
  const blocks = [
    ...hosts.map((block, index) => ({ block, path: ['numbering', 'hosts', String(index)] })),
    ...printing.map((block, index) => ({ block, path: ['numbering', 'printing', String(index)] })),
  ].sort((a, b) => a.block.first - b.block.first);
  let highest = -1;
  for (const { block, path } of blocks) {
    if (block.first > block.last) report([...path, 'last'], 'range is empty');
    if (block.first <= highest) report([...path, 'first'], 'overlaps another block');
    highest = Math.max(highest, block.last);
  }
}
