import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Five PCs of a branch as processes, killed at random: `npm run test:stations`. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/durability/stations.test.ts'],
  },
});
