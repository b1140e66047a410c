import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { type PrinterCapabilities, PrinterEntry } from '#core/wire/device-settings.ts';
import { type MadePrinter, makePrinter } from '#main/devices/make-printer.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { type HardwareShop, openHardwareShop } from '#main/devices/simulated-hardware.ts';
import { LOGO_FILE } from '#main/devices/ticket-logo.ts';
import { sampleTicket } from '../../drivers/printer/set-up.ts';

let dataFolder: string;
let hardware: HardwareShop;
let made: MadePrinter | null = null;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'foyer-printer-'));
  hardware = openHardwareShop(SAMPLE_BANK, REAL_CLOCK);
});

afterEach(async () => {
  await made?.printer.driver.stop();
  made = null;
  await hardware.stop();
  rmSync(dataFolder, { recursive: true });
});

async function make(entry: object): Promise<MadePrinter> {
  const parts = { document: SAMPLE_BANK, clock: REAL_CLOCK, hardware, dataFolder };
  const result = await makePrinter(PrinterEntry.parse({ id: 'printer-1', name: '取号机', ...entry }), parts);
  if (!result.ok) throw new Error(result.error.code);
  made = result.value;
  return made;
}

const simulated = { connection: { kind: 'simulated' } };

/** The first health a started printer tells. */
function firstHealth({ printer }: MadePrinter): Promise<string> {
  return new Promise(resolve => {
    printer.driver.onHealth(({ status, code }) => resolve(`${status} ${code}`));
    printer.driver.start();
  });
}

describe('making a printer from its settings', () => {
  it('[HW7] the self-test passes on a simulated one, fills its log, and tells what it learned', async () => {
    const { printer, device, onLearned } = await make(simulated);
    const learned: Partial<PrinterCapabilities>[] = [];
    onLearned(told => learned.push(told));
    printer.driver.start();
    // Pressed twice: one test, one page.
    const [steps, again] = await Promise.all([device.selfTest(), device.selfTest()]);
    expect(steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'open passed',
      'status passed',
      'print passed',
      'confirm passed',
      'clear-buffers passed',
    ]);
    expect(again).toBe(steps);
    expect(hardware.printers[0]?.simulator.paper()).toHaveLength(1);
    expect(learned).toEqual([{ confirmation: 'process-id' }, { clearsBuffers: true }]);
    const log = device.log.lines().map(({ kind, text }) => `${kind} ${text}`);
    expect(log).toEqual(expect.arrayContaining(['opened ', 'out 10 04 01', 'in 12', 'in 37 25 00']));
  });

  it('[HW2] the capabilities reach the paper: full cut, QR code as a picture, the bank’s logo at the head', async () => {
    const logo = createCanvas(64, 32);
    logo.getContext('2d').fillRect(0, 0, 64, 32);
    writeFileSync(join(dataFolder, LOGO_FILE), logo.toBuffer('image/png'));
    const { printer } = await make({ ...simulated, capabilities: { cut: 'full', qr: 'raster' } });
    const printed = new Promise<string>(resolve =>
      printer.driver.onPrintNews(({ outcome }) => resolve(outcome)),
    );
    printer.driver.start();
    printer.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    expect(await printed).toBe('printed');
    const [ticket] = hardware.printers[0]?.simulator.paper() ?? [];
    expect(ticket?.cut).toBe('full');
    expect(ticket?.items[0]).toMatchObject({
      kind: 'raster',
      widthDots: 64,
      heightDots: 32,
      align: 'centre',
    });
    expect(ticket?.items.some(item => item.kind === 'qr')).toBe(false);
  });

  it('[HW2] a printer with no way back prints once its settings say so, and is asked nothing', async () => {
    const { printer, device } = await make({ ...simulated, capabilities: { answers: false } });
    hardware.printers[0]?.simulator.setFault({ kind: 'silent' });
    const printed = new Promise<string>(resolve =>
      printer.driver.onPrintNews(({ outcome }) => resolve(outcome)),
    );
    printer.driver.start();
    printer.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    expect(await printed).toBe('sent');
    await vi.waitFor(() => expect(hardware.printers[0]?.simulator.paper()[0]?.cut).toBe('partial'), 20_000);
    const written = device.log.lines().filter(({ kind }) => kind === 'out');
    expect(written).toHaveLength(1);
    expect(written[0]?.text).toMatch(/^1B 40/);
  });

  it('[HW2] a device that is not there is down with its code, and nothing else stops', async () => {
    const usb = await make({ connection: { kind: 'usb-lp', path: join(dataFolder, 'lp0') } });
    expect(await firstHealth(usb)).toBe('down P105');
    expect((await usb.device.selfTest())[0]).toMatchObject({ step: 'open', outcome: 'failed', code: 'P105' });
    await usb.printer.driver.stop();
    const serial = await make({ connection: { kind: 'serial', path: join(dataFolder, 'ttyUSB0') } });
    expect(await firstHealth(serial)).toBe('down P105');
  });

  it.skipIf(process.platform === 'win32')(
    '[HW2] settings of a Windows PC on another system: down with P105',
    async () => {
      const spooler = await make({ connection: { kind: 'spooler', printer: '取号机' } });
      expect(await firstHealth(spooler)).toBe('down P105');
    },
  );
});
