import type { DriverClock } from '#drivers/contract.ts';

/** A clock that moves only when a test says so. */
export interface HandClock extends DriverClock {
  /** Moves time on, running what falls due in order, and lets promises settle in between. */
  advance(byMs: number): Promise<void>;
}

/** Lets every promise that can settle now do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** @param startMs a driver must not take 0 for "never", so tests may start elsewhere */
export function createHandClock(startMs = 0): HandClock {
  let nowMs = startMs;
  let tasks: { readonly atMs: number; readonly task: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    after(delayMs, task) {
      const entry = { atMs: nowMs + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter(other => other !== entry);
      };
    },
    async advance(byMs) {
      const untilMs = nowMs + byMs;
      await settle();
      for (;;) {
        const due = tasks.filter(entry => entry.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        tasks = tasks.filter(entry => entry !== due);
        nowMs = Math.max(nowMs, due.atMs);
        due.task();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}
