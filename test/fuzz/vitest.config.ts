import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Every parser with 100,000 inputs: minutes, so not part of `npm test`, which plays 2,000 of each. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/drivers/**/*.test.ts', 'test/core/arrival/**/*.test.ts', 'test/core/voice/**/*.test.ts'],
    env: { FOYER_FUZZ: process.env.FOYER_FUZZ ?? '100000' },
    testTimeout: 900_000,
    hookTimeout: 60_000,
  },
});
