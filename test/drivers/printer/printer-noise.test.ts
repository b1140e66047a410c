import { describe, expect, it } from 'vitest';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import { createHandClock } from '../hand-clock.ts';
import { fuzzRuns, randomOf, SEED } from '../random.ts';
import { type MemoryLine, PrinterOnTable } from './memory-line.ts';
import { Listener, sampleTicket } from './set-up.ts';

/** Bytes that mean nothing by themselves, beginnings of answers, and whole answers to questions nobody asked. */
function noiseOf(random: () => number): Uint8Array {
  const below = (end: number) => Math.floor(random() * end);
  const answers = [
    '37 22 5A 5A 5A 5A 00',
    '37 25 00',
    '5F 41 42 00',
    '11',
    '13',
    '37',
    '5F',
    '10',
    '93',
    '12',
  ];
  const parts = Array.from({ length: 1 + below(6) }, () => {
    if (random() < 0.5) return Array.from({ length: below(40) }, () => below(256));
    return [...Buffer.from((answers[below(answers.length)] ?? '').replaceAll(' ', ''), 'hex')];
  });
  return Uint8Array.from(parts.flat());
}

function ready() {
  const clock = createHandClock();
  const table = new PrinterOnTable(clock);
  const line: MemoryLine = table.plug();
  const driver = createPrinterDriver(line, clock, { ...STANDARD_SETTINGS, confirmation: 'process-id' });
  const listener = new Listener(driver);
  driver.start();
  return { clock, table, line, driver, listener };
}

describe('noise on the line to a printer', () => {
  it(`[HW2] before, during and after tickets: no crash, no hang, each ticket once on paper with one last word (seed ${SEED})`, {
    timeout: 600_000,
  }, async () => {
    const random = randomOf(SEED);
    const runs = Math.ceil(fuzzRuns() / 10);
    for (let run = 0; run < runs; run += 1) {
      const where = `run ${run} of FOYER_SEED=${SEED}`;
      const { clock, table, line, driver, listener } = ready();
      await clock.advance(100);
      line.arrive(noiseOf(random));
      await clock.advance(Math.floor(random() * 3_000));
      driver.print({ jobId: 'A001', paper: sampleTicket('A001') });
      await clock.advance(Math.floor(random() * 200));
      line.arrive(noiseOf(random));
      await clock.advance(20_000);
      // Noise may look like "out of paper": then the ticket failed before a byte left, or is uncertain.
      const [first, ...later] = listener.outcomesOf('A001');
      expect(first, where).toBeDefined();
      expect(later.length, where).toBeLessThanOrEqual(2);
      const isOnPaper = table.papers().some(({ numbers }) => numbers.includes('A001'));
      expect(table.papers().length, where).toBeLessThanOrEqual(1);
      if (first?.startsWith('failed')) expect(isOnPaper, where).toBe(false);
      // However it was, the printer is well again by itself and prints the next one.
      expect(listener.healths.at(-1), where).toEqual({ status: 'ready', code: null });
      driver.print({ jobId: 'A002', paper: sampleTicket('A002') });
      await clock.advance(20_000);
      expect(listener.outcomesOf('A002'), where).toEqual(['printed']);
      await driver.stop();
    }
  });
});
