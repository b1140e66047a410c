export { SEED } from '../seed.ts';

/** The same sequence of numbers in [0, 1) for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Inputs of a fuzz test: quick by default, `FOYER_FUZZ=100000` for a long run. */
export function fuzzRuns(): number {
  return Number(process.env.FOYER_FUZZ ?? 2_000);
}
