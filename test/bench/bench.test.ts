import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { appFolders } from '#main/app-folders.ts';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import { BenchReport, isWithinBudget, percentile } from './bench-line.ts';
import { BENCH_TEXTS } from './bench-texts.ts';
import { measurePaired } from './measure-paired.ts';
import { measureReplay } from './measure-replay.ts';
import { hasPostgres, POSTGRES_PROGRAMS } from './postgres-pair.ts';
import { reportToTable, runBench } from './run-bench.ts';

const TINY = {
  tickets: 30,
  waiting: 4,
  ticketsPerBlock: 10,
  commits: 6,
  warmUpCommits: 3,
  days: 1,
  calls: 2,
  callEveryMs: 20,
};
const PROGRAM_FOLDER = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = appFolders(PROGRAM_FOLDER);

describe('npm run bench', () => {
  test('[PF6] its day of 2,000 tickets is played to the end: nothing in it is refused', () => {
    expect(measureReplay({ tickets: 2000, waiting: 60, days: 1 }).measured).toBeGreaterThan(0);
  });

  test('[PF1] [PF2] [PF4] [PF6] measures every budget and leaves nothing behind', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
    onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
    const workFolder = join(parent, 'work');
    const report = await runBench({ ...PROGRAM, workFolder, postgresPrograms: parent }, TINY);

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
    expect(read.skipped).toEqual(['PF4-postgres']);

    const table = reportToTable(report);
    expect(table).toContain(BENCH_TEXTS.zh.notInstalled);
    for (const { id } of report.lines) {
      expect(table).toContain(BENCH_TEXTS.zh.lines[id].what);
      expect(table).toContain(BENCH_TEXTS.en.lines[id].how);
    }
  });

  test.skipIf(!hasPostgres(POSTGRES_PROGRAMS))(
    '[PF4] the pair, better-sqlite3 and PostgreSQL have the same rows, each on both of its disks',
    async () => {
      // Open to PostgreSQL's own user, as the bench's folder is.
      const folder = join(PROGRAM_FOLDER, `out/bench-test-${process.pid}`);
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const { migrationsFolder } = PROGRAM;
      const measured = await measurePaired({
        ...{ ...TINY, folder, migrationsFolder, postgresPrograms: POSTGRES_PROGRAMS },
      });
      expect(measured.map(({ id }) => id)).toEqual(['PF4', 'PF4-postgres']);
      for (const { who, p50, p95, p99 } of measured[1]?.spread ?? []) {
        expect([who, p50 <= p95 && p95 <= p99]).toEqual([who, true]);
      }
      const host = verifyJournalFile(join(folder, 'host'));
      expect(verifyJournalFile(join(folder, 'standby'))).toEqual(host);
      expect(host).toMatchObject({ ok: true, value: { whole: true } });
    },
    60_000,
  );

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
