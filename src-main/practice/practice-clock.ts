import type { DriverClock } from '#drivers/contract.ts';

/** The time of the simulated people: the machine's own, running faster or slower. */
export interface PracticeClock extends DriverClock {
  /** Resolves after that much of this clock's time; never after `stop`. */
  sleep(delayMs: number): Promise<void>;
  /** Nothing that was asked for happens any more. */
  stop(): void;
}

/** @param speed how many of its milliseconds pass in one of `clock`'s */
export function createPracticeClock(clock: DriverClock, speed: number): PracticeClock {
  const cancels = new Set<() => void>();
  let isStopped = false;

  const after = (delayMs: number, task: () => void) => {
    if (isStopped) return () => {};
    const cancelTimer = clock.after(delayMs / speed, () => {
      cancels.delete(cancel);
      task();
    });
    const cancel = () => {
      cancels.delete(cancel);
      cancelTimer();
    };
    cancels.add(cancel);
    return cancel;
  };

  return {
    nowMs: () => clock.nowMs() * speed,
    after,
    sleep: delayMs => new Promise(resolve => void after(delayMs, resolve)),
    stop() {
      isStopped = true;
      for (const cancel of [...cancels]) cancel();
    },
  };
}
