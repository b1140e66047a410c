import { fileURLToPath } from 'node:url';
import type { FromBranch } from './branch-messages.ts';
import { type ProgramChild, startProgramChild } from './program-child.ts';

/** One life of a branch in its own process. */
export type BranchChild = ProgramChild<never>;

const SCRIPT = fileURLToPath(new URL('./branch-process.ts', import.meta.url));

/**
 * Starts a branch on a data folder.
 * @param onPaper called with the lines of each ticket cut off at its printer
 */
export function startBranchChild(options: {
  readonly dataFolder: string;
  readonly clockAheadMs: number;
  readonly newId: () => string;
  readonly onPaper: (lines: readonly string[]) => void;
  readonly onFault: (fault: string) => void;
}): BranchChild {
  const { dataFolder, clockAheadMs, newId, onPaper, onFault } = options;
  return startProgramChild<never, FromBranch>(SCRIPT, [dataFolder, String(clockAheadMs)], {
    ...{ newId, onFault },
    onMessage: message => message.kind === 'paper' && onPaper(message.lines),
  });
}
