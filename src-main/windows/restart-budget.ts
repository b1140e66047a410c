/**
 * Limits how often something that keeps failing is started again.
 * @param most attempts allowed within `perMs`
 * @param now monotonic milliseconds
 * @returns a function that says whether one more attempt is allowed now, and counts it if so
 */
export function createRestartBudget(most: number, perMs: number, now: () => number): () => boolean {
  const attempts: number[] = [];
  return () => {
    const time = now();
    while (attempts[0] !== undefined && attempts[0] <= time - perMs) attempts.shift();
    if (attempts.length >= most) return false;
    attempts.push(time);
    return true;
  };
}
