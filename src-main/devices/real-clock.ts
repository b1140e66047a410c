import { performance } from 'node:perf_hooks';
import type { DriverClock } from '#drivers/contract.ts';

/** Time as the machine has it: monotonic, unmoved by anybody who sets the clock on the wall. */
export const REAL_CLOCK: DriverClock = {
  nowMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
