import { describe, expect, it } from 'vitest';
import type { PrinterCapabilities } from '#core/wire/device-settings.ts';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { type PrinterSettings, STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import type { SimulatedPrinterOptions } from '#drivers/printer/simulator/simulated-printer.ts';
import { createHandClock } from '../hand-clock.ts';
import { PrinterOnTable } from './memory-line.ts';
import { Listener, sampleTicket } from './set-up.ts';

async function setUp(
  model: Omit<SimulatedPrinterOptions, 'clock'> = {},
  settings: Partial<PrinterSettings> = {},
) {
  const clock = createHandClock();
  const table = new PrinterOnTable(clock, model);
  const line = table.plug();
  const driver = createPrinterDriver(line, clock, { ...STANDARD_SETTINGS, ...settings });
  const learned: Partial<PrinterCapabilities>[] = [];
  driver.onLearned(told => learned.push(told));
  const listener = new Listener(driver);
  driver.start();
  await clock.advance(100);
  return { clock, table, line, driver, learned, listener };
}

describe('what a driver learns of its printer', () => {
  it.each([
    ['process-id', 'process-id'],
    ['queued-status', 'queued-status'],
    ['nothing', 'sent'],
  ] as const)('[HW2] a model that confirms %s is told on once, as %s', async (confirms, confirmation) => {
    const { clock, driver, learned } = await setUp({ confirms });
    for (const number of ['A001', 'A002']) {
      driver.print({ jobId: number, paper: sampleTicket(number) });
      await clock.advance(15_000);
    }
    expect(learned).toEqual([{ confirmation }]);
  });

  it('[HW2] what is known already is not told again', async () => {
    const { clock, driver, learned } = await setUp({}, { confirmation: 'process-id' });
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await clock.advance(15_000);
    expect(learned).toEqual([]);
  });

  it('[HW2] clearing waits for the tickets before it, costs none, and is learned', async () => {
    const { clock, driver, learned, listener, table } = await setUp({}, { confirmation: 'process-id' });
    for (const number of ['A001', 'A002']) driver.print({ jobId: number, paper: sampleTicket(number) });
    const clearing = driver.clearBuffersWhenIdle();
    driver.print({ jobId: 'A003', paper: sampleTicket('A003') });
    await clock.advance(15_000);
    expect((await clearing).ok).toBe(true);
    for (const number of ['A001', 'A002', 'A003']) expect(listener.outcomesOf(number)).toEqual(['printed']);
    expect(table.papers().map(({ numbers }) => numbers)).toEqual([['A001'], ['A002'], ['A003']]);
    expect(learned).toEqual([{ clearsBuffers: true }]);
  });

  it('[HW2] a model that is well and does not answer the clearing cannot do it', async () => {
    const { clock, driver, learned, listener } = await setUp({ clearsBuffers: false });
    const clearing = driver.clearBuffersWhenIdle();
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await clock.advance(20_000);
    expect(await clearing).toMatchObject({ ok: false, error: { code: 'P104' } });
    expect(learned[0]).toEqual({ clearsBuffers: false });
    expect(listener.outcomesOf('one')).toEqual(['printed']);
  });

  it('[HW2] a printer that fell silent teaches nothing', async () => {
    const { clock, driver, learned, table } = await setUp();
    table.printer.setFault({ kind: 'silent' });
    const clearing = driver.clearBuffersWhenIdle();
    await clock.advance(20_000);
    expect((await clearing).ok).toBe(false);
    expect(learned).toEqual([]);
  });
});

describe('how a printer is', () => {
  it('[HW2] paper near its end is a warning before the end, and tickets still print', async () => {
    const { clock, driver, listener, table } = await setUp();
    table.printer.setFault({ kind: 'paper-near-end' });
    await clock.advance(100);
    expect(listener.healths.at(-1)).toEqual({ status: 'warning', code: 'P108' });
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await clock.advance(5_000);
    expect(listener.outcomesOf('one')).toEqual(['printed']);
    table.printer.setFault({ kind: 'paper-out', afterLines: 0 });
    await clock.advance(100);
    expect(listener.healths.at(-1)).toEqual({ status: 'down', code: 'P101' });
    table.printer.setFault(null);
    await clock.advance(100);
    expect(listener.healths.at(-1)).toEqual({ status: 'ready', code: null });
  });

  it('[HW2] the same without automatic status, by asking', async () => {
    const { clock, listener, table } = await setUp({ automaticStatus: false });
    table.printer.setFault({ kind: 'paper-near-end' });
    await clock.advance(3_000);
    expect(listener.healths.at(-1)).toEqual({ status: 'warning', code: 'P108' });
  });

  it('[HW7] is told when asked, with the time of the answer; right after the start it waits for the connection', async () => {
    const clock = createHandClock();
    const driver = createPrinterDriver(new PrinterOnTable(clock).plug(), clock, STANDARD_SETTINGS);
    expect(await driver.askHealth()).toEqual({ ok: false, error: { code: 'P105' } });
    driver.start();
    const asked = driver.askHealth();
    await clock.advance(100);
    expect(await asked).toEqual({
      ok: true,
      value: { health: { status: 'ready', code: null }, answerMs: 0 },
    });
  });

  it('[HW7] a silent printer is P104 when asked', async () => {
    const { clock, driver, table } = await setUp();
    table.printer.setFault({ kind: 'silent' });
    const asked = driver.askHealth();
    await clock.advance(5_000);
    expect(await asked).toEqual({ ok: false, error: { code: 'P104' } });
  });
});
