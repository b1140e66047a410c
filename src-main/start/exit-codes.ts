/** How Foyer's programs end, so that a starter can tell a branch that refuses from an Electron that cannot run. */
export const EXIT_CODES = {
  done: 0,
  /** A bug, or a system failure nobody foresaw. */
  failed: 1,
  wrongArguments: 2,
  /** The branch itself refused to start: another carrier would be refused as well. */
  branchRefused: 3,
} as const;
