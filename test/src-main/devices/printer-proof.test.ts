import { describe, expect, it } from 'vitest';
import type { Confirmation } from '#drivers/printer/print-job-machine.ts';
import type { SimulatedPrinterOptions } from '#drivers/printer/simulator/simulated-printer.ts';
import { PrintingBranch } from './printing-branch.ts';

/**
 * TK4 proved on the whole way from the journal to the paper, for every kind of printer: paper ends at every line of
 * a ticket, and the program dies at every byte of it. Papers are counted in the simulator.
 */

interface Level {
  readonly name: string;
  /** What the settings know. */
  readonly confirmation: Confirmation;
  readonly model: Omit<SimulatedPrinterOptions, 'clock'>;
  /** What becomes of a ticket when all goes well. */
  readonly good: 'printed' | 'processed' | 'sent';
}

const LEVELS: readonly Level[] = [
  { name: 'process id', confirmation: 'process-id', model: { confirms: 'process-id' }, good: 'printed' },
  {
    name: 'queued status',
    confirmation: 'queued-status',
    model: { confirms: 'queued-status' },
    good: 'processed',
  },
  { name: 'nothing', confirmation: 'sent', model: { confirms: 'nothing' }, good: 'sent' },
  {
    name: 'nothing, no automatic status',
    confirmation: 'sent',
    model: { confirms: 'nothing', automaticStatus: false },
    good: 'sent',
  },
  {
    name: 'unknown, has process id',
    confirmation: 'unknown',
    model: { confirms: 'process-id' },
    good: 'printed',
  },
  { name: 'unknown, has nothing', confirmation: 'unknown', model: { confirms: 'nothing' }, good: 'sent' },
];

/** Long enough for every wait of a ticket, and no longer: thousands of tickets are printed here. */
function allWaitsMs({ confirmation }: Level): number {
  return confirmation === 'unknown' ? 13_000 : 4_000;
}

/** Printed once per test, so that the log of a run shows what was proved. */
function showTable(title: string, rows: readonly Readonly<Record<string, string | number>>[]): void {
  const names = Object.keys(rows[0] ?? {});
  const width = (name: string) => Math.max(name.length, ...rows.map(row => String(row[name]).length));
  const line = (cells: (name: string) => string) =>
    names.map(name => cells(name).padEnd(width(name))).join('  ');
  console.log([title, line(name => name), ...rows.map(row => line(name => String(row[name])))].join('\n'));
}

async function readyBranch({ confirmation, model }: Level): Promise<PrintingBranch> {
  const branch = new PrintingBranch(confirmation, model);
  await branch.clock.advance(500);
  return branch;
}

/** How many lines and bytes the first ticket has on this printer. */
async function measure(level: Level): Promise<{ lines: number; bytes: number }> {
  const branch = await readyBranch(level);
  const ticketId = branch.issue();
  await branch.clock.advance(allWaitsMs(level));
  expect(branch.print(ticketId).status).toBe(level.good);
  return {
    lines: branch.table.printer.paper()[0]?.items.length ?? 0,
    bytes: branch.run.line.ticketBytes,
  };
}

describe('paper runs out', () => {
  it('[TK4] at every line of a ticket, on every kind of printer: no number lost, no second paper without 补打', async () => {
    const rows: Record<string, string | number>[] = [];
    for (const level of LEVELS) {
      const { lines } = await measure(level);
      const tally = {
        'failed at once': 0,
        'uncertain, then sure': 0,
        'uncertain, stays': 0,
        [level.good]: 0,
      };
      let [mostUnmarked, mostMarked] = [0, 0];
      for (let afterLines = 0; afterLines <= lines + 1; afterLines += 1) {
        const branch = await readyBranch(level);
        branch.table.printer.setFault({ kind: 'paper-out', afterLines });
        const ticketId = branch.issue();
        const number = branch.numberOf(ticketId);
        await branch.clock.advance(allWaitsMs(level));
        const before = branch.print(ticketId).status;
        // A new roll: what the printer still holds comes out by itself.
        branch.table.printer.setFault(null);
        await branch.clock.advance(allWaitsMs(level));
        const after = branch.print(ticketId).status;
        const where = `${level.name}, paper out after line ${afterLines} of ${lines}`;
        const alone = branch.count(number);
        expect(branch.branch.ticket(ticketId).status, where).toBe('waiting');
        expect(alone, where).toEqual({ unmarked: before === 'failed' ? 0 : 1, marked: 0 });
        if (afterLines === 0) expect([before, after], where).toEqual(['failed', 'failed']);
        else if (afterLines > lines) expect(before, where).toBe(level.good);
        else {
          expect(before, where).toBe('uncertain');
          // A printer that never answers cannot make it sure again.
          expect(after, where).toBe(level.good === 'sent' ? 'uncertain' : level.good);
        }
        branch.reprint(ticketId);
        await branch.clock.advance(allWaitsMs(level));
        const asked = branch.count(number);
        expect(asked, where).toEqual({ unmarked: alone.unmarked, marked: 1 });
        const next = branch.issue();
        await branch.clock.advance(allWaitsMs(level));
        expect(branch.count(branch.numberOf(next)), where).toEqual({ unmarked: 1, marked: 0 });
        for (const { numbers, isCut } of branch.table.papers()) {
          expect(numbers, where).toHaveLength(1);
          expect(isCut, where).toBe(true);
        }
        mostUnmarked = Math.max(mostUnmarked, asked.unmarked);
        mostMarked = Math.max(mostMarked, asked.marked);
        if (before === 'failed') tally['failed at once'] += 1;
        else if (before !== 'uncertain') tally[level.good] = (tally[level.good] ?? 0) + 1;
        else tally[after === 'uncertain' ? 'uncertain, stays' : 'uncertain, then sure'] += 1;
      }
      rows.push({
        'printer confirms': level.name,
        'places tried': lines + 2,
        'failed at once': tally['failed at once'],
        'uncertain, then sure': tally['uncertain, then sure'],
        'uncertain, stays': tally['uncertain, stays'],
        'not hit': tally[level.good] ?? 0,
        'papers unmarked': mostUnmarked,
        'papers 补打': mostMarked,
      });
    }
    showTable('Paper out at every line of a ticket', rows);
  }, 120_000);
});

describe('the program dies', () => {
  it('[TK4] at every byte of a ticket: uncertain, never printed again unasked; a 补打 prints once', async () => {
    const rows: Record<string, string | number>[] = [];
    for (const level of LEVELS.filter(({ model }) => model.automaticStatus !== false)) {
      const { bytes } = await measure(level);
      let [whole, none] = [0, 0];
      // Every byte where the most is asked of the printer; with FOYER_FUZZ on every kind of printer.
      const isWhole = level.confirmation === 'process-id' || process.env.FOYER_FUZZ !== undefined;
      const step = isWhole ? 1 : 5;
      for (let byte = 0; byte <= bytes; byte += step) {
        const branch = await readyBranch(level);
        branch.run.line.dieAfterBytes = byte;
        const ticketId = branch.issue();
        const number = branch.numberOf(ticketId);
        const where = `${level.name}, died after byte ${byte} of ${bytes}`;
        await branch.clock.advance(2_000);
        expect(branch.print(ticketId).status, where).toBe('waiting');
        branch.startProgram(level.confirmation);
        await branch.clock.advance(3_000);
        expect(branch.print(ticketId).status, where).toBe('uncertain');
        const alone = branch.count(number);
        expect(alone.unmarked, where).toBeLessThanOrEqual(1);
        const next = branch.issue();
        await branch.clock.advance(allWaitsMs(level));
        expect(branch.count(branch.numberOf(next)), where).toEqual({ unmarked: 1, marked: 0 });
        branch.reprint(ticketId);
        await branch.clock.advance(allWaitsMs(level));
        expect(branch.count(number), where).toEqual({ unmarked: alone.unmarked, marked: 1 });
        // Half a ticket is a piece of paper of its own.
        for (const { numbers } of branch.table.papers()) expect(numbers.length, where).toBeLessThanOrEqual(1);
        if (alone.unmarked === 0) none += 1;
        else whole += 1;
      }
      rows.push({
        'printer confirms': level.name,
        'places tried': whole + none,
        'number on paper': whole,
        'nothing on paper': none,
        uncertain: whole + none,
        'printed again unasked': 0,
        'papers 补打': 1,
      });
    }
    showTable('The program dies at every byte of a ticket', rows);
  }, 120_000);
});
