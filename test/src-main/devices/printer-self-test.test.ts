import { describe, expect, it } from 'vitest';
import type { PrintNews } from '#drivers/contract.ts';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import type { PrinterFault } from '#drivers/printer/simulator/fault.ts';
import type { SimulatedPrinterOptions } from '#drivers/printer/simulator/simulated-printer.ts';
import { testPrinter } from '#main/devices/printer-self-test.ts';
import { createHandClock } from '../../drivers/hand-clock.ts';
import { PrinterOnTable } from '../../drivers/printer/memory-line.ts';
import { sampleTicket } from '../../drivers/printer/set-up.ts';

const MINUTE_MS = 60_000;

async function setUp(
  model: Omit<SimulatedPrinterOptions, 'clock'> = {},
  settings: Partial<typeof STANDARD_SETTINGS> = {},
  faultFromTheStart: PrinterFault | null = null,
) {
  const clock = createHandClock();
  const table = new PrinterOnTable(clock, model);
  table.printer.setFault(faultFromTheStart);
  const line = table.plug();
  const merged = { ...STANDARD_SETTINGS, ...settings };
  const driver = createPrinterDriver(line, clock, merged);
  const listeners = new Set<(news: PrintNews) => void>();
  const news: PrintNews[] = [];
  driver.onPrintNews(told => {
    news.push(told);
    for (const listener of [...listeners]) listener(told);
  });
  driver.start();
  await clock.advance(100);
  const test = async (fault: PrinterFault | null = null) => {
    if (fault !== null) table.printer.setFault(fault);
    const running = testPrinter({
      driver,
      clock,
      columns: merged.format.columns,
      jobId: 'self-test-1',
      answers: merged.answers,
      onNews(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    });
    let isDone = false;
    void running.then(() => {
      isDone = true;
    });
    await clock.advance(MINUTE_MS);
    expect(isDone).toBe(true);
    const steps = await running;
    return steps.map(({ step, outcome, code }) => `${step} ${outcome}${code === null ? '' : ` ${code}`}`);
  };
  return { clock, table, line, driver, test, news };
}

describe('self-test of a printer', () => {
  it('[HW7] prints a page that shows columns, sizes, a code and a cut, and learns how sure the printer is', async () => {
    const { test, table } = await setUp();
    expect(await test()).toEqual([
      'open passed',
      'status passed',
      'print passed',
      'confirm passed',
      'clear-buffers passed',
    ]);
    const [page, ...others] = table.printer.paper();
    expect(others).toEqual([]);
    expect(page?.cut).toBe('partial');
    const texts = (page?.items ?? []).flatMap(item => (item.kind === 'text' ? [item] : []));
    expect(texts.map(({ text }) => text)).toContain('----+----1----+----2----+----3----+----4----+---');
    expect(texts.map(({ height }) => height)).toEqual(expect.arrayContaining([1, 2, 3, 4]));
    expect(page?.items.some(item => item.kind === 'qr')).toBe(true);
    expect(texts.map(({ text }) => text)).toContain('本页不是号票');
  });

  it('[HW7] the facts say how fast it answered and what it confirmed', async () => {
    const { clock, driver } = await setUp();
    const running = testPrinter({
      driver,
      clock,
      columns: 48,
      jobId: 'self-test-2',
      answers: true,
      onNews(listener) {
        driver.onPrintNews(listener);
        return () => {};
      },
    });
    await clock.advance(MINUTE_MS);
    const steps = await running;
    expect(steps[1]?.facts).toEqual({ answerMs: 0 });
    expect(steps[3]?.facts).toEqual({ confirmation: 'printed' });
  });

  it.each<[string, Omit<SimulatedPrinterOptions, 'clock'>, PrinterFault | null, string[]]>([
    ['paper out', {}, { kind: 'paper-out', afterLines: 0 }, ['open passed', 'status failed P101']],
    ['cover open', {}, { kind: 'cover-open' }, ['open passed', 'status failed P102']],
    ['silent', {}, { kind: 'silent' }, ['open passed', 'status failed P104']],
    [
      'paper out in mid-page',
      {},
      { kind: 'paper-out', afterLines: 3 },
      ['open passed', 'status passed', 'print failed P101'],
    ],
    [
      'near its end',
      {},
      { kind: 'paper-near-end' },
      ['open passed', 'status passed P108', 'print passed', 'confirm passed', 'clear-buffers passed'],
    ],
    [
      'an old model',
      { confirms: 'nothing', clearsBuffers: false },
      null,
      ['open passed', 'status passed', 'print passed', 'confirm skipped', 'clear-buffers skipped'],
    ],
  ])('[HW7] %s', async (_name, model, fault, wanted) => {
    const { test } = await setUp(model);
    const steps = await test(fault);
    const skipped = ['open', 'status', 'print', 'confirm', 'clear-buffers'].slice(wanted.length);
    expect(steps).toEqual([...wanted, ...skipped.map(step => `${step} skipped`)]);
  });

  it('[HW7] no connection: the first step says so', async () => {
    const { test, line, driver } = await setUp();
    await driver.stop();
    line.die();
    expect((await test())[0]).toBe('open failed P105');
  });

  it('[HW7] a printer that never answered prints the page all the same, and the test asks whether it can do so for ever', async () => {
    const { test, table } = await setUp({}, {}, { kind: 'silent' });
    expect(await test()).toEqual([
      'open passed',
      'status failed P104',
      'print failed P104',
      'confirm skipped',
      'clear-buffers skipped',
      'no-answer failed P115',
    ]);
    expect(table.printer.paper()).toHaveLength(1);
  });

  it('[TK4] without the test, nothing is printed on a printer that never answered', async () => {
    const { driver, news, table, clock } = await setUp({}, {}, { kind: 'silent' });
    driver.print({ jobId: 'A001', paper: sampleTicket('A001') });
    await clock.advance(MINUTE_MS);
    expect(news).toEqual([{ jobId: 'A001', outcome: 'failed', code: 'P104' }]);
    expect(table.printer.paper()).toEqual([]);
  });

  it('[HW7] where nothing comes back only opening and printing can be tried', async () => {
    const { test } = await setUp({}, { answers: false, confirmation: 'sent' });
    expect(await test()).toEqual([
      'open passed',
      'status skipped',
      'print passed',
      'confirm skipped',
      'clear-buffers skipped',
    ]);
  });

  it('[HW7] tickets given during the test are printed as ever', async () => {
    const { test, driver, news, table } = await setUp();
    for (const number of ['A001', 'A002', 'A003'])
      driver.print({ jobId: number, paper: sampleTicket(number) });
    await test();
    const outcomes = news.filter(({ jobId }) => jobId.startsWith('A')).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['printed', 'printed', 'printed']);
    expect(table.printer.paper()).toHaveLength(4);
  });
});
