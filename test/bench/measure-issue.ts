import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { startHost } from '#main/host/host.ts';
import { journalFiles } from '#main/journal/journal-files.ts';
import { openJournal } from '#main/journal/open-journal.ts';
import { type Measurement, percentile, sum } from './bench-line.ts';
import { type Answer, type DayShape, dayOfTickets } from './day-of-tickets.ts';
import { copyRows, openRawJournal, type RowsOfCommand } from './raw-journal.ts';

export interface IssueBenchOptions extends DayShape {
  /** On the disk to measure; both databases are made in it. */
  readonly folder: string;
  readonly migrationsFolder: string;
  /** Tickets issued through the host before raw inserts have their turn with the same rows. */
  readonly ticketsPerBlock: number;
}

/**
 * PF1: a ticket through the real host (decide, journal, evolve) against better-sqlite3 alone inserting the same rows
 * into the same tables in the same transactions, in turn, block by block, on one disk. The rows of everything else
 * that happens in the day go to both without being timed. The first block warms up and does not count.
 */
export function measureIssue(options: IssueBenchOptions): Measurement[] {
  const { folder, migrationsFolder, ticketsPerBlock } = options;
  const hostFolder = join(folder, 'host');
  mkdirSync(hostFolder, { recursive: true });
  let now = 0;
  const branch = SAMPLE_BANK.branch.id;
  const opened = openJournal({ folder: hostFolder, migrationsFolder, branch, epoch: 1, now: () => now });
  if (!opened.ok) throw new Error(opened.error.code);
  const journal = opened.value;
  const started = startHost({ journal, now: () => now, station: 'station-1' });
  if (!started.ok) throw new Error(started.error.code);
  const host = started.value;
  const source = new Database(journalFiles(hostFolder).database, { readonly: true, fileMustExist: true });
  const raw = openRawJournal(join(folder, 'raw.sqlite'), migrationsFolder);

  /** One list a block: what each timed ticket took. */
  const hostBlocks: number[][] = [];
  const rawBlocks: number[][] = [];
  let hostMs: number[] = [];
  let block: RowsOfCommand[] = [];
  const endBlock = () => {
    const rawMs: number[] = [];
    for (const rows of copyRows(source, block)) {
      const startMs = performance.now();
      raw.insert(rows);
      if (rows.timed) rawMs.push(performance.now() - startMs);
    }
    if (hostMs.length === ticketsPerBlock) {
      hostBlocks.push(hostMs);
      rawBlocks.push(rawMs);
    }
    hostMs = [];
    block = [];
  };

  const day = dayOfTickets(options);
  let step = day.next();
  while (!step.done) {
    const { at, command } = step.value;
    now = at;
    const timed = command.type === 'issue-ticket';
    const commandId = randomUUID();
    const before = journal.last().seq;
    const startMs = performance.now();
    const answer: Answer = host.execute(command, commandId);
    const tookMs = performance.now() - startMs;
    if (timed) hostMs.push(tookMs);
    const after = journal.last().seq;
    if (after > before) block.push({ from: before + 1, to: after, commandId, timed });
    if (hostMs.length === ticketsPerBlock) endBlock();
    step = day.next(answer);
  }
  endBlock();
  raw.close();
  source.close();
  journal.close();

  return issueLines(hostBlocks.slice(1), rawBlocks.slice(1));
}

/**
 * Throughput by the blocks' medians, so that a disk that was busy with something else for one block does not decide;
 * the 99th percentile over all tickets.
 */
function issueLines(hostBlocks: readonly number[][], rawBlocks: readonly number[][]): Measurement[] {
  const perSecond = (blocks: readonly number[][]) =>
    percentile(
      blocks.map(times => (times.length * 1000) / sum(times)),
      0.5,
    );
  const baseline = perSecond(rawBlocks);
  const measured = perSecond(hostBlocks);
  const baselineP99 = percentile(rawBlocks.flat(), 0.99);
  const measuredP99 = percentile(hostBlocks.flat(), 0.99);
  return [
    {
      id: 'PF1-throughput',
      baseline,
      measured,
      unit: 'tickets/s',
      ratio: measured / baseline,
      budget: { kind: 'at-least', ratio: 0.7 },
    },
    {
      id: 'PF1-p99',
      baseline: baselineP99,
      measured: measuredP99,
      unit: 'ms',
      ratio: measuredP99 / baselineP99,
      budget: { kind: 'at-most', ratio: 2 },
    },
  ];
}
