/** The seed of this run's random inputs, printed in the titles of random tests: `FOYER_SEED` replays one. */
export const SEED = Number(process.env.FOYER_SEED ?? Date.now() % 2 ** 31);
