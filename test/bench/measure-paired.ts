import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { journalFiles } from '#main/journal/journal-files.ts';
import { type Measurement, percentile } from './bench-line.ts';
import { dayOfTickets, OPENING_AT } from './day-of-tickets.ts';
import { startPairedBranch } from './paired-branch.ts';
import { copyRows, openRawJournal, type RowsOfCommand } from './raw-journal.ts';

export interface PairedBenchOptions {
  /** On the disk to measure; all databases are made in it. */
  readonly folder: string;
  readonly migrationsFolder: string;
  /** Tickets that count. */
  readonly commits: number;
  readonly waiting: number;
  /** Commits of the pair before the others have their turn with the same rows. */
  readonly commitsPerBlock: number;
}

/**
 * PF4: a ticket that is answered when it is on two disks (BR3), from the command to the answer, through the host as it
 * ships (decide, journal, evolve), the link with TLS and both certificates, and the standby, a process of its own; in
 * turn, block by block, with better-sqlite3 alone inserting the same rows on the same disk. The rows of everything
 * else that happens in the day go everywhere without being timed. The first block warms up and does not count.
 */
export async function measurePaired(options: PairedBenchOptions): Promise<Measurement> {
  const { folder, migrationsFolder, commits, commitsPerBlock, waiting } = options;
  mkdirSync(folder, { recursive: true });
  let now = OPENING_AT;
  const branch = await startPairedBranch({ folder, migrationsFolder, now: () => now });
  const { journal } = branch.host;
  const source = new Database(journalFiles(join(folder, 'host')).database, { readonly: true });
  const raw = openRawJournal(join(folder, 'raw.sqlite'), migrationsFolder);

  const pairMs: number[] = [];
  const rawMs: number[] = [];
  let block: RowsOfCommand[] = [];
  let inBlock = 0;
  const endBlock = () => {
    for (const rows of copyRows(source, block)) {
      const startMs = performance.now();
      raw.insert(rows);
      if (rows.timed) rawMs.push(performance.now() - startMs);
    }
    block = [];
    inBlock = 0;
  };

  const day = dayOfTickets({ tickets: commits + commitsPerBlock, waiting });
  let isPaired = false;
  for (let step = day.next(); !step.done; ) {
    const { at, command } = step.value;
    now = at;
    const timed = command.type === 'issue-ticket';
    const commandId = randomUUID();
    const before = journal.last().seq;
    const startMs = performance.now();
    const answer = await branch.execute(command, commandId);
    if (timed) pairMs.push(performance.now() - startMs);
    const after = journal.last().seq;
    if (after > before) block.push({ from: before + 1, to: after, commandId, timed });
    if (!isPaired) await branch.makePair();
    isPaired = true;
    if (timed && ++inBlock === commitsPerBlock) endBlock();
    step = day.next(answer);
  }
  endBlock();
  await branch.stop();
  raw.close();
  source.close();

  const baseline = percentile(rawMs.slice(commitsPerBlock), 0.5);
  const measured = percentile(pairMs.slice(commitsPerBlock), 0.5);
  const budget = { kind: 'at-most', ratio: 3.5 } as const;
  return { id: 'PF4', baseline, measured, unit: 'ms', ratio: measured / baseline, budget };
}
