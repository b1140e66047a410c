import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { journalFiles } from '#main/journal/journal-files.ts';
import { type Measurement, percentile, type Spread } from './bench-line.ts';
import { dayOfTickets, OPENING_AT } from './day-of-tickets.ts';
import { startPairedBranch } from './paired-branch.ts';
import { startPostgresPair } from './postgres-pair.ts';
import { type CopiedRows, copyRows, openRawJournal } from './raw-journal.ts';

const BLOCK_COMMANDS = 200;

export interface PairedBenchOptions {
  /** On the disk to measure; all databases are made in it. */
  readonly folder: string;
  readonly migrationsFolder: string;
  /** Tickets that count. */
  readonly commits: number;
  /** Tickets before that. */
  readonly warmUpCommits: number;
  /** People in the hall at any time, waiting. */
  readonly waiting: number;
  /** Folder of PostgreSQL's programs; where there are none, it is left out. */
  readonly postgresPrograms: string;
}

/**
 * PF4: a ticket that is answered when it is on two disks (BR3), from the command to the answer, through the host as it
 * ships (decide, journal, evolve), the link with TLS and both certificates, and the standby, a process of its own. Then
 * at once the same rows through better-sqlite3 alone, so that both find the machine and its disk as the other does, and
 * block by block through PostgreSQL with a synchronous standby, where it is installed; all on the same disk. What else
 * happens in the day goes everywhere without being timed.
 */
export async function measurePaired(options: PairedBenchOptions): Promise<Measurement[]> {
  const { folder, migrationsFolder, commits, warmUpCommits, waiting, postgresPrograms } = options;
  mkdirSync(folder, { recursive: true });
  let now = OPENING_AT;
  const branch = await startPairedBranch({ folder, migrationsFolder, now: () => now });
  const { journal } = branch.host;
  const source = new Database(journalFiles(join(folder, 'host')).database, { readonly: true });
  const raw = openRawJournal(join(folder, 'raw.sqlite'), migrationsFolder);
  const postgres = await startPostgresPair(join(folder, 'postgres'), postgresPrograms).catch(error => {
    console.error(error);
    return null;
  });

  const pairMs: number[] = [];
  const rawMs: number[] = [];
  const postgresMs: number[] = [];
  let block: CopiedRows[] = [];
  /** Everything after `from`. */
  const insertRaw = async (from: number, commandId: string, timed: boolean) => {
    const to = journal.last().seq;
    const copied = copyRows(source, to > from ? [{ from: from + 1, to, commandId, timed }] : []);
    block.push(...copied);
    for (const rows of copied) {
      const startMs = performance.now();
      raw.insert(rows);
      if (timed) rawMs.push(performance.now() - startMs);
      await nextTurn();
    }
  };
  const endBlock = async () => {
    for (const rows of postgres ? block : []) {
      const startMs = performance.now();
      await postgres?.insert(rows);
      if (rows.timed) postgresMs.push(performance.now() - startMs);
    }
    block = [];
  };

  const day = dayOfTickets({ tickets: commits + warmUpCommits, waiting });
  let isPaired = false;
  try {
    for (let step = day.next(); !step.done; ) {
      const { at, command } = step.value;
      now = at;
      const timed = command.type === 'issue-ticket';
      const commandId = randomUUID();
      const before = journal.last().seq;
      const { answer, tookMs } = await branch.execute(command, commandId);
      if (timed) pairMs.push(tookMs);
      // No window gives its next command in the very turn in which it is answered.
      await nextTurn();
      await insertRaw(before, commandId, timed);
      if (block.length >= BLOCK_COMMANDS) await endBlock();
      // There is a bank document by now, and somebody in it who may pair.
      if (!isPaired) await branch.makePair();
      isPaired = true;
      step = day.next(answer);
    }
    await endBlock();
  } finally {
    await branch.stop();
    await postgres?.stop();
    raw.close();
    source.close();
  }

  const spread = [spreadOf('pair', pairMs), spreadOf('raw', rawMs)];
  if (postgres) spread.push(spreadOf('postgres', postgresMs));
  const p50 = (wanted: Spread['who']) => spread.find(({ who }) => who === wanted)?.p50 ?? Number.NaN;
  const line = (id: Measurement['id'], baseline: number, budget: Measurement['budget']): Measurement => {
    const measured = p50('pair');
    return { id, baseline, measured, unit: 'ms', ratio: measured / baseline, budget, spread };
  };
  return [
    line('PF4', p50('raw'), { kind: 'at-most', ratio: 3.5 }),
    ...(postgres ? [line('PF4-postgres', p50('postgres'), null)] : []),
  ];

  function spreadOf(who: Spread['who'], times: readonly number[]): Spread {
    const counted = times.slice(warmUpCommits);
    const at = (share: number) => percentile(counted, share);
    return { who, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
  }
}
