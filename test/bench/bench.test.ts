import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { appFolders } from '#main/app-folders.ts';
import { BenchReport, isWithinBudget, percentile } from './bench-line.ts';
import { BENCH_TEXTS } from './bench-texts.ts';
import { measureReplay } from './measure-replay.ts';
import { reportToTable, runBench } from './run-bench.ts';

const TINY = {
  tickets: 30,
  waiting: 4,
  ticketsPerBlock: 10,
  commits: 6,
  commitsPerBlock: 3,
  days: 1,
  calls: 2,
  callEveryMs: 20,
};
const PROGRAM = appFolders(fileURLToPath(new URL('../../', import.meta.url)));

describe('npm run bench', () => {
  test('[PF6] its day of 2,000 tickets is played to the end: nothing in it is refused', () => {
    expect(measureReplay({ tickets: 2000, waiting: 60, days: 1 }).measured).toBeGreaterThan(0);
  });

  test('[PF1] [PF2] [PF4] [PF6] measures every budget and leaves nothing behind', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
    onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
    const workFolder = join(parent, 'work');
    const report = await runBench({ ...PROGRAM, workFolder }, TINY);

    // As a program that reads the output would get it.
    const read = BenchReport.parse(JSON.parse(JSON.stringify(report)));
    expect(read.lines.map(line => line.id)).toEqual([
      'PF1-throughput',
      'PF1-p99',
      'PF2-serial',
      'PF4',
      'PF6',
    ]);
    for (const line of read.lines) expect(line.pass).toBe(isWithinBudget(line));
    expect(existsSync(workFolder)).toBe(false);

    const table = reportToTable(report);
    for (const { id } of report.lines) {
      expect(table).toContain(BENCH_TEXTS.zh.lines[id].what);
      expect(table).toContain(BENCH_TEXTS.en.lines[id].how);
    }
  });

  test('a budget is kept up to its very edge', () => {
    const atLeast = { kind: 'at-least', ratio: 0.7 } as const;
    const atMost = { kind: 'at-most', ratio: 2 } as const;
    expect([0.69, 0.7].map(ratio => isWithinBudget({ ratio, budget: atLeast }))).toEqual([false, true]);
    expect([2, 2.01].map(ratio => isWithinBudget({ ratio, budget: atMost }))).toEqual([true, false]);
  });

  test('percentiles by nearest rank', () => {
    const values = [50, 10, 40, 20, 30];
    expect([0.01, 0.5, 0.95, 1].map(share => percentile(values, share))).toEqual([10, 30, 50, 50]);
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});
