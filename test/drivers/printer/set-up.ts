import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { TicketPaper } from '#core/wire/ticket-paper.ts';
import type { PrintNews } from '#drivers/contract.ts';
import type { EscposPrinterDriver } from '#drivers/printer/escpos-printer.ts';
import { type PrinterSettings, STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import {
  type PrinterSimulator,
  startPrinterSimulator,
} from '#drivers/printer/simulator/printer-simulator.ts';
import { createTcpPrinterDriver } from '#drivers/printer/tcp-printer-driver.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';

/** Waits short enough for a test and long enough for a loaded machine. */
export const QUICK_TIMINGS: PrinterSettings['timings'] = {
  ...STANDARD_SETTINGS.timings,
  answerMs: 400,
  pollMs: 60,
  busyPollMs: 40,
  confirmMs: 600,
  graceMs: 150,
  settleMs: 100,
  clearMs: 500,
  firstRetryMs: 20,
  longestRetryMs: 50,
};

/** A ticket as TK7 describes it, with everything that the composer knows. */
export function sampleTicket(number: string): TicketPaper {
  const text = (value: string, size = 1, align: 'left' | 'centre' = 'left', bold = false) =>
    ({ kind: 'text', text: value, align, size, bold }) as const;
  return {
    lines: [
      text('示范银行 城中支行', 1, 'centre'),
      text(number, 4, 'centre', true),
      text('个人业务', 2, 'centre'),
      { kind: 'rule' },
      text('前面等候 3 人 · 预计 10–15 分钟'),
      text('请带：身份证、银行卡'),
      { kind: 'qr', payload: `https://q.example/t?n=${number}` },
      text('2026-01-02 09:30'),
      { kind: 'feed', lines: 2 },
      text('过号请联系大堂经理，30 分钟内可恢复'),
    ],
  };
}

/** Collects what a driver tells and lets a test wait for it. */
export class Listener {
  readonly news: PrintNews[] = [];
  readonly healths: DeviceHealth[] = [];
  #wake: (() => void)[] = [];

  constructor(driver: EscposPrinterDriver) {
    driver.onPrintNews(news => {
      this.news.push(news);
      this.#notify();
    });
    driver.onHealth(health => {
      this.healths.push(health);
      this.#notify();
    });
  }

  outcomesOf(jobId: string): string[] {
    return this.news
      .filter(news => news.jobId === jobId)
      .map(({ outcome, code }) => (code === null ? outcome : `${outcome} ${code}`));
  }

  /** Waits until `found` gives something; the test's own time limit ends a wait in vain. */
  async until(found: () => boolean): Promise<void> {
    while (!found()) await new Promise<void>(resolve => this.#wake.push(resolve));
  }

  /** @param outcome as `outcomesOf` writes it: `printed`, `failed P101` */
  untilOutcome(jobId: string, outcome: string): Promise<void> {
    return this.until(() => this.outcomesOf(jobId).includes(outcome));
  }

  untilHealth(status: DeviceHealth['status'], code: string | null): Promise<void> {
    return this.until(() => {
      const last = this.healths.at(-1);
      return last?.status === status && last.code === code;
    });
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const resolve of wake) resolve();
  }
}

export interface Bench {
  readonly simulator: PrinterSimulator;
  readonly driver: EscposPrinterDriver;
  readonly listener: Listener;
  tearDown(): Promise<void>;
}

/** A simulated printer and a started driver connected to it over TCP. */
export async function setUpBench(
  settings: Partial<PrinterSettings> = {},
  simulated: { lineMs?: number; automaticStatus?: boolean } = {},
): Promise<Bench> {
  const simulator = await startPrinterSimulator({ port: 0, clock: REAL_CLOCK, ...simulated });
  const address = { host: '127.0.0.1', port: simulator.port };
  const driver = createTcpPrinterDriver(address, REAL_CLOCK, { timings: QUICK_TIMINGS, ...settings });
  const listener = new Listener(driver);
  driver.start();
  const tearDown = async () => {
    await driver.stop();
    await simulator.stop();
  };
  return { simulator, driver, listener, tearDown };
}

/** Bytes from hexadecimal with spaces, as the vendor tables print them. */
export function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

/** Upper-case hexadecimal with spaces. */
export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map(byte => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}

/** The seed of a random test: FOYER_SEED replays a run; printed so that a failure can be replayed. */
export function randomSeed(testName: string): number {
  const seed = Number(process.env.FOYER_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`${testName}: FOYER_SEED=${seed}`);
  return seed;
}

/** Small seeded generator (mulberry32): numbers from 0 up to 1. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
