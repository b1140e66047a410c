import { defineConfig } from '@playwright/test';

/** Real windows: one Electron at a time, on whatever screen DISPLAY names. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // Emptied by each run; what was measured stays beside it.
  outputDir: 'results/playwright',
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
