import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { TicketPaper } from '#core/wire/ticket-paper.ts';
import type { PrinterDriver, PrintNews } from '#drivers/contract.ts';

/** A printer driver under test, not yet started, and how to put everything away. */
export interface PrinterUnderTest {
  readonly driver: PrinterDriver;
  tearDown(): Promise<void>;
}

const PAPER: TicketPaper = {
  lines: [
    { kind: 'text', text: '打印机自检', align: 'centre', size: 2, bold: true },
    { kind: 'rule' },
    { kind: 'text', text: '中文 ABC 0123', align: 'left', size: 1, bold: false },
    { kind: 'qr', payload: 'https://q.example/t?n=A001' },
    { kind: 'feed', lines: 1 },
  ],
};

/**
 * What every printer driver must do, on a simulator and on a real device in working order alike.
 * @param name the device, for the test titles
 * @param setUp makes a driver that is not started
 */
export function describePrinterContract(name: string, setUp: () => Promise<PrinterUnderTest>): void {
  describe(`printer contract on ${name}`, () => {
    let printer: PrinterUnderTest;
    let news: PrintNews[];
    let healths: DeviceHealth[];
    let wake: (() => void) | null;

    const until = async (found: () => boolean) => {
      while (!found()) {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
    };

    beforeEach(async () => {
      printer = await setUp();
      news = [];
      healths = [];
      wake = null;
      printer.driver.onPrintNews(told => {
        news.push(told);
        wake?.();
      });
      printer.driver.onHealth(health => {
        healths.push(health);
        wake?.();
      });
    });

    afterEach(() => printer.tearDown());

    it('[HW1] reports its health after the start', async () => {
      printer.driver.start();
      await until(() => healths.length > 0);
      expect(['ready', 'warning']).toContain(healths.at(-1)?.status);
    });

    it('[HW1] prints a ticket given right after the start, and says how sure it is', async () => {
      printer.driver.start();
      printer.driver.print({ jobId: 'contract-1', paper: PAPER });
      await until(() => news.length > 0);
      expect(news[0]).toMatchObject({ jobId: 'contract-1', code: null });
      expect(['printed', 'processed', 'sent']).toContain(news[0]?.outcome);
    });

    it('[HW1] sends the same job id only once', async () => {
      printer.driver.start();
      printer.driver.print({ jobId: 'contract-1', paper: PAPER });
      printer.driver.print({ jobId: 'contract-1', paper: PAPER });
      printer.driver.print({ jobId: 'contract-2', paper: PAPER });
      await until(() => news.some(told => told.jobId === 'contract-2'));
      expect(news.map(told => told.jobId)).toEqual(['contract-1', 'contract-2']);
    });

    it('[HW1] fails a ticket at once when it is not started', () => {
      printer.driver.print({ jobId: 'contract-1', paper: PAPER });
      expect(news).toEqual([{ jobId: 'contract-1', outcome: 'failed', code: 'P105' }]);
    });

    it('[HW1] stops and starts again', async () => {
      printer.driver.start();
      await until(() => healths.length > 0);
      await printer.driver.stop();
      printer.driver.start();
      printer.driver.print({ jobId: 'contract-1', paper: PAPER });
      await until(() => news.length > 0);
      expect(['printed', 'processed', 'sent']).toContain(news[0]?.outcome);
    });
  });
}
