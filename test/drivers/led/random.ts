/** The seed of this run: FOYER_SEED, or a new one. Tests print it so that a failure can be replayed. */
export function chooseSeed(): number {
  const given = Number(process.env.FOYER_SEED);
  return Number.isInteger(given) && given > 0 ? given : Math.floor(Math.random() * 2 ** 31) + 1;
}

export interface Random {
  /** Whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  bytes(count: number): Uint8Array;
}

/** A small generator (xorshift32): same seed, same numbers. */
export function createRandom(seed: number): Random {
  let state = seed | 0 || 1;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  return { below, bytes: count => Uint8Array.from({ length: count }, () => below(256)) };
}
