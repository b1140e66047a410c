/** Repeatable chance: the same seed always gives the same numbers in the same order. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** In [low, high). */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** Median 1; `spread` is the standard deviation of its logarithm. Human times are spread like this. */
  logNormal(spread: number): number;
  /** An index of `weights`, each as likely as its weight. */
  weighted(weights: readonly number[]): number;
}

/** Mulberry32: 32 bits of state, quick, and good enough for arrivals and habits; never for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    chance: probability => next() < probability,
    logNormal(spread) {
      // Box and Muller's way from two even numbers to a normal one; 1 - x is never 0.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return Math.exp(spread * normal);
    },
    weighted(weights) {
      let left = next() * weights.reduce((total, weight) => total + weight, 0);
      const found = weights.findIndex(weight => {
        left -= weight;
        return left < 0;
      });
      return found === -1 ? weights.length - 1 : found;
    },
  };
}
