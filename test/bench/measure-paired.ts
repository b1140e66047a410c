import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { batchOfAppend } from '#main/journal/check-batches.ts';
import { journalFiles } from '#main/journal/journal-files.ts';
import { openJournal } from '#main/journal/open-journal.ts';
import { type Measurement, percentile } from './bench-line.ts';
import { copyRows, openRawJournal, type RowsOfCommand } from './raw-journal.ts';

export interface PairedBenchOptions {
  /** On the disk to measure; all three databases are made in it. */
  readonly folder: string;
  readonly migrationsFolder: string;
  readonly commits: number;
  /** Commits of the pair before raw inserts have their turn with the same rows. */
  readonly commitsPerBlock: number;
}

/**
 * PF4: a commit that is answered when it is on two disks (BR3) against better-sqlite3 alone inserting the same rows, in
 * turn, block by block. The standby is a process of its own on the same disk, over a socket of this machine. The first
 * block warms up and does not count.
 */
export async function measurePaired(options: PairedBenchOptions): Promise<Measurement> {
  const { folder, migrationsFolder, commits, commitsPerBlock } = options;
  const branch = SAMPLE_BANK.branch.id;
  const hostFolder = join(folder, 'host');
  const opened = openJournal({ folder: hostFolder, migrationsFolder, branch, epoch: 1, now: Date.now });
  if (!opened.ok) throw new Error(opened.error.code);
  const journal = opened.value;
  const source = new Database(journalFiles(hostFolder).database, { readonly: true, fileMustExist: true });
  const raw = openRawJournal(join(folder, 'raw.sqlite'), migrationsFolder);
  const standby = await startStandby(join(folder, 'standby'), migrationsFolder, branch);

  const pairedMs: number[] = [];
  const rawMs: number[] = [];
  let block: RowsOfCommand[] = [];
  for (let n = 1; n <= commits + commitsPerBlock; n += 1) {
    const before = journal.last();
    const command = { id: `command-${n}`, fingerprint: 'f'.repeat(64), answer: { number: `A${n}` } };
    const startMs = performance.now();
    const appended = journal.append({ events: ticketEvents(n), command });
    if (!appended.ok) throw new Error(appended.error.code);
    const storedSeq = await standby.store(batchOfAppend(before, appended.value, command));
    pairedMs.push(performance.now() - startMs);
    if (storedSeq !== journal.last().seq) throw new Error(`the standby is at ${storedSeq}`);
    block.push({ from: before.seq + 1, to: storedSeq, commandId: command.id, timed: true });
    if (block.length < commitsPerBlock) continue;
    for (const rows of copyRows(source, block)) {
      const rawStartMs = performance.now();
      raw.insert(rows);
      rawMs.push(performance.now() - rawStartMs);
    }
    block = [];
  }
  await standby.stop();
  raw.close();
  source.close();
  journal.close();

  const baseline = percentile(rawMs.slice(commitsPerBlock), 0.5);
  const measured = percentile(pairedMs.slice(commitsPerBlock), 0.5);
  const budget = { kind: 'at-most', ratio: 3.5 } as const;
  return { id: 'PF4', baseline, measured, unit: 'ms', ratio: measured / baseline, budget };
}

/** What a ticket at the kiosk records. */
function ticketEvents(n: number) {
  const at = Date.now();
  const common = { at, version: 1, actor: 'customer', station: 'station-1' };
  const ticketId = `ticket-${String(n).padStart(8, '0')}`;
  const issued = {
    ...{
      ticketId,
      number: 'A001',
      queueId: 'personal-cash',
      businessId: 'personal-cash',
      classId: 'ordinary',
    },
    ...{ language: 'zh', largeType: false, progressToken: `token-${ticketId}`, ahead: 3, estimate: null },
  };
  const print = { ticketId, jobId: `job-${ticketId}`, reprint: false };
  return [
    { ...common, id: `issued-${n}`, type: 'ticket-issued', data: issued },
    { ...common, id: `print-${n}`, type: 'ticket-print-requested', data: print },
  ];
}

interface Standby {
  /** Answers the number of its last event, when the batch is on its disk. */
  store(batch: unknown): Promise<number>;
  stop(): Promise<void>;
}

async function startStandby(folder: string, migrationsFolder: string, branch: string): Promise<Standby> {
  const script = fileURLToPath(new URL('./paired-standby.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder, migrationsFolder, branch], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const failed = exited.then(([code]) => Promise.reject(new Error(`the standby ended with ${code}`)));
  failed.catch(() => {});
  const [port] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), failed]);
  const socket: Socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.setNoDelay(true);
  let heard = (_line: string) => {};
  let lost = () => {};
  socket.on('close', () => lost());
  socket.setEncoding('utf8');
  socket.on('data', (line: string) => heard(line));
  return {
    store: batch =>
      new Promise((resolve, reject) => {
        heard = line => resolve(Number(line));
        lost = () => reject(new Error('the standby is gone'));
        socket.write(`${JSON.stringify(batch)}\n`);
      }),
    async stop() {
      socket.end();
      await exited;
    },
  };
}
