import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { screenLines } from './screen-result.ts';

const file = join(mkdtempSync(join(tmpdir(), 'foyer-pf2-')), 'pf2.json');

it('[PF2] the bench says how to measure the lobby screen, and shows what was measured', () => {
  expect(screenLines(file)).toContain('npm run test:e2e');
  writeFileSync(file, '{"calls":100,"medianMs":34.8,"p99Ms":121.7,"budgetP99Ms":150}');
  expect(screenLines(file)).toContain('median 34.8 ms, 99th percentile 121.7 ms');
  expect(screenLines(file)).toContain('中位数 34.8 ms');
  writeFileSync(file, '{"calls":');
  expect(screenLines(file)).toContain('npm run test:e2e');
});
