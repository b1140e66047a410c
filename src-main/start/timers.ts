import type { DriverClock } from '#drivers/contract.ts';

/** Runs each task every so many milliseconds until the returned function is called. */
export function startTimers(
  clock: DriverClock,
  tasks: readonly (readonly [number, () => void])[],
): () => void {
  const cancels = tasks.map(([everyMs, task]) => {
    let cancel = () => {};
    const plan = () => {
      cancel = clock.after(everyMs, () => {
        task();
        plan();
      });
    };
    plan();
    return () => cancel();
  });
  return () => {
    for (const cancel of cancels) cancel();
  };
}
