/**
 * Tells presses from releases in the reports of a keypad nobody has described. Pure, but for what it remembers.
 * Three kinds are known: keypads that talk all the time (what they say with hands off is "no key"), keypads that tell
 * presses and releases (what comes between two equal reports is the release), and keypads that tell presses only.
 */
export interface PressCounter {
  heardIdle(report: Uint8Array): void;
  /** Forgets the key before; what is known of the keypad stays. */
  startKey(): void;
  /** @returns whether it says something new: keypads that talk all the time repeat themselves */
  heard(report: Uint8Array, atMs: number): boolean;
  presses(): number;
  /** Pressed often enough and let go. */
  isComplete(needed: number): boolean;
  /** Reports with the key of this turn down. */
  keyReports(): readonly Uint8Array[];
  /** Reports with no key down; none when the keypad never tells a release. */
  idleReports(): readonly Uint8Array[];
}

/** More tell nothing new. */
const REPORTS_KEPT = 400;
/** Reports of one key that never tells its release are presses of their own only with a pause between. */
const PRESS_GAP_MS = 120;

export function createPressCounter(): PressCounter {
  /** With hands off, or known to be a release. */
  let idle: Uint8Array[] = [];
  /** A byte that changes with hands off counts by itself. */
  let restless = new Set<number>();
  let turn: { readonly report: Uint8Array; readonly atMs: number }[] = [];

  const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
    one.length === other.length && one.every((value, index) => restless.has(index) || value === other[index]);
  const isIdle = (report: Uint8Array): boolean => idle.some(known => isSame(known, report));

  function learnRelease(): void {
    const [first] = turn;
    if (idle.length > 0 || first === undefined) return;
    const lastAgain = turn.findLastIndex(({ report }) => isSame(report, first.report));
    // Pressed, something else, pressed again: what is between is the release.
    const between = turn.slice(0, lastAgain).filter(({ report }) => !isSame(report, first.report));
    idle = between.map(({ report }) => report);
  }

  const down = () => turn.filter(({ report }) => !isIdle(report));

  function presses(): number {
    if (idle.length > 0) return down().length;
    const [first] = turn;
    // No release is known yet: the same again is the same key again.
    return turn.filter(({ report, atMs }, index) => {
      const previous = turn[index - 1];
      const isPaused = previous === undefined || atMs - previous.atMs >= PRESS_GAP_MS;
      return first !== undefined && isPaused && isSame(report, first.report);
    }).length;
  }

  return {
    heardIdle(report) {
      const [first] = idle;
      if (first !== undefined)
        restless = new Set([
          ...restless,
          ...[...report.keys()].filter(index => report[index] !== first[index]),
        ]);
      idle = [...idle, report].slice(-REPORTS_KEPT);
    },
    startKey() {
      turn = [];
    },
    heard(report, atMs) {
      const before = turn.at(-1)?.report ?? idle.at(-1);
      const isRepeated = idle.length > 0 && before !== undefined && isSame(before, report);
      if (isRepeated) return false;
      // The release of the key before may come late.
      if (turn.length === 0 && isIdle(report)) return false;
      turn = [...turn, { report, atMs }].slice(-REPORTS_KEPT);
      learnRelease();
      return true;
    },
    presses,
    isComplete(needed) {
      const last = turn.at(-1);
      if (last === undefined || presses() < needed) return false;
      if (idle.length > 0) return isIdle(last.report);
      const [first] = turn;
      return first !== undefined && turn.every(({ report }) => isSame(report, first.report));
    },
    keyReports: () => down().map(({ report }) => report),
    idleReports: () => idle,
  };
}
