import type { DriverClock } from '#drivers/contract.ts';

/** For so long a keypad that is away is looked for at the quickest pace: somebody is just plugging it in again. */
const EAGER_MS = 60_000;
const LONGEST_WAIT_MS = 15_000;
/** From a hint to the attempt: the operating system still sets the new device's rights. */
const SETTLE_MS = 300;

/** When to look for a keypad again. */
export interface ReopenPlan {
  /** An attempt failed, or the open keypad was lost: plans the next attempt. */
  failed(): void;
  succeeded(): void;
  /** Something was plugged in. */
  hinted(): void;
  cancel(): void;
}

/** @param firstWaitMs between attempts of the first minute; then each wait is twice the one before, up to 15 s */
export function createReopenPlan(clock: DriverClock, firstWaitMs: number, attempt: () => void): ReopenPlan {
  let awaySinceMs: number | null = null;
  let waitMs = firstWaitMs;
  let isPlanned = false;
  let isHinted = false;
  let cancelAttempt = (): void => undefined;

  function plan(delayMs: number): void {
    cancelAttempt();
    isPlanned = true;
    cancelAttempt = clock.after(delayMs, () => {
      isPlanned = false;
      attempt();
    });
  }

  return {
    failed() {
      const nowMs = clock.nowMs();
      awaySinceMs ??= nowMs;
      if (isHinted) {
        isHinted = false;
        plan(Math.min(SETTLE_MS, firstWaitMs));
        return;
      }
      plan(waitMs);
      if (nowMs - awaySinceMs >= EAGER_MS)
        waitMs = Math.max(firstWaitMs, Math.min(LONGEST_WAIT_MS, waitMs * 2));
    },
    succeeded() {
      awaySinceMs = null;
      waitMs = firstWaitMs;
      isHinted = false;
    },
    hinted() {
      awaySinceMs = clock.nowMs();
      waitMs = firstWaitMs;
      // During an attempt: what it looks at may be older than the hint.
      if (isPlanned) plan(Math.min(SETTLE_MS, firstWaitMs));
      else isHinted = true;
    },
    cancel() {
      cancelAttempt();
      isPlanned = false;
      isHinted = false;
      awaySinceMs = null;
      waitMs = firstWaitMs;
    },
  };
}
