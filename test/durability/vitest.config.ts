import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Minutes, not seconds: `npm run test:durability`. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/durability/**/*.test.ts'],
    // Five processes at once: `npm run test:stations`.
    exclude: ['test/durability/stations.test.ts'],
    testTimeout: 15 * 60_000,
    // Each test keeps the processors busy by itself.
    fileParallelism: false,
  },
});
