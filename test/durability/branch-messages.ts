import type { FromProgram, ToProgram } from './program-child.ts';

/** What the test tells the branch's process. */
export type ToBranch = ToProgram;

/** What the branch's process tells the test. */
export type FromBranch =
  | FromProgram
  /** A ticket was cut off at the simulated printer. */
  | { readonly kind: 'paper'; readonly lines: readonly string[] };
