import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { BranchSettings } from '#main/running-branch.ts';
import { type BenchLine, type BenchReport, isWithinBudget, type Measurement } from './bench-line.ts';
import { BENCH_TEXTS } from './bench-texts.ts';
import { measureBoard } from './measure-board.ts';
import { measureIssue } from './measure-issue.ts';
import { measurePaired } from './measure-paired.ts';
import { measureReplay } from './measure-replay.ts';
import { POSTGRES_PROGRAMS } from './postgres-pair.ts';

/** How much is measured. */
export interface BenchSizes {
  readonly tickets: number;
  readonly waiting: number;
  readonly ticketsPerBlock: number;
  readonly commits: number;
  readonly warmUpCommits: number;
  readonly days: number;
  readonly calls: number;
  readonly callEveryMs: number;
}

/** A branch's busy day; about half a minute. */
export const FULL_SIZES: BenchSizes = {
  tickets: 2000,
  waiting: 40,
  ticketsPerBlock: 50,
  commits: 600,
  warmUpCommits: 50,
  days: 5,
  calls: 24,
  callEveryMs: 600,
};

export interface BenchFolders extends Pick<BranchSettings, 'migrationsFolder' | 'clipsFolder'> {
  /** On the disk to measure; emptied first and removed afterwards. */
  readonly workFolder: string;
  /** Where PostgreSQL's programs are; those of Debian when missing. */
  readonly postgresPrograms?: string;
}

/** Takes all measurements, one after the other. */
export async function runBench(folders: BenchFolders, sizes: BenchSizes): Promise<BenchReport> {
  const { workFolder, migrationsFolder, clipsFolder, postgresPrograms = POSTGRES_PROGRAMS } = folders;
  rmSync(workFolder, { recursive: true, force: true });
  try {
    const issue = measureIssue({ ...sizes, folder: join(workFolder, 'issue'), migrationsFolder });
    const replay = measureReplay(sizes);
    const dataFolder = join(workFolder, 'board');
    const settings = { dataFolder, migrationsFolder, clipsFolder, headOfficeUrl: null };
    const board = await measureBoard({ settings, calls: sizes.calls, callEveryMs: sizes.callEveryMs });
    const pairing = { ...sizes, folder: join(workFolder, 'paired'), migrationsFolder, postgresPrograms };
    const paired = await measurePaired(pairing);
    const lines = [...issue, board, ...paired, replay].map(toLine);
    const skipped = (['PF4-postgres'] as const).filter(wanted => !lines.some(({ id }) => id === wanted));
    return { nodeVersion: process.version, processors: availableParallelism(), lines, skipped };
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

function toLine(measurement: Measurement): BenchLine {
  return {
    ...measurement,
    ...BENCH_TEXTS.en.lines[measurement.id],
    pass: isWithinBudget(measurement),
  };
}

/** The report as lines of text, Chinese with English beside it. */
export function reportToTable({ nodeVersion, processors, lines, skipped }: BenchReport): string {
  const { zh, en } = BENCH_TEXTS;
  const both = (pick: (texts: typeof zh) => string) => `${pick(zh)} ${pick(en)}`;
  const head = [both(texts => texts.title), `Node ${nodeVersion}, ${processors} CPU`, ''];
  const body = lines.flatMap(line => {
    const { id, baseline, measured, unit, ratio, budget, pass, spread = [] } = line;
    const kind = both(texts => (budget?.kind === 'at-least' ? texts.atLeast : texts.atMost));
    const verdict =
      budget === null
        ? both(texts => texts.compared)
        : `${both(texts => texts.budget)} ${kind} ${budget.ratio} · ${both(texts => (pass ? texts.pass : texts.miss))}`;
    const shares = spread.map(({ who, p50, p95, p99 }) => {
      const times = `p50 ${rounded(p50)} · p95 ${rounded(p95)} · p99 ${rounded(p99)} ${unit}`;
      return `  ${both(texts => texts.who[who])}: ${times}`;
    });
    return [
      `${id}  ${both(texts => texts.lines[id].what)}`,
      `  ${zh.lines[id].how}`,
      `  ${en.lines[id].how}`,
      `  ${both(texts => texts.baseline)} ${rounded(baseline)} ${unit} · ${both(texts => texts.measured)} ${rounded(measured)} ${unit}`,
      ...shares,
      `  ${both(texts => texts.ratio)} ${rounded(ratio)} · ${verdict}`,
      '',
    ];
  });
  const left = skipped.flatMap(id => [
    `${id}  ${both(texts => texts.lines[id].what)}`,
    `  ${zh.notInstalled}`,
    `  ${en.notInstalled}`,
    '',
  ]);
  return [...head, ...body, ...left].join('\n');
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
