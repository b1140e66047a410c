import { describe, expect, it } from 'vitest';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { ByteTransport, DriverClock } from '#drivers/contract.ts';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import { bytesOf, hexOf, Listener, sampleTicket } from './set-up.ts';

const CLEAR = '10 14 08 01 03 14 01 06 02 08';

/** Time that a test moves by hand. */
class HandClock implements DriverClock {
  #nowMs = 0;
  #tasks: { atMs: number; task: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): () => void {
    const entry = { atMs: this.#nowMs + delayMs, task };
    this.#tasks.push(entry);
    return () => {
      this.#tasks = this.#tasks.filter(other => other !== entry);
    };
  }

  /** Runs what falls due, in order, and lets everything waiting on it go on. */
  async pass(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs;
    await settle();
    for (;;) {
      const due = this.#tasks.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#tasks = this.#tasks.filter(other => other !== due);
      this.#nowMs = due.atMs;
      due.task();
      await settle();
    }
    this.#nowMs = untilMs;
  }
}

/** Lets everything happen that needs no time: a status round and a ticket take a dozen turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
}

/** A transport whose every answer is decided by the test. */
class ScriptedTransport implements ByteTransport {
  readonly written: string[] = [];
  readonly openedAtMs: number[] = [];
  opens: Result<void> = ok(undefined);
  ticketWrite: Result<void> = ok(undefined);
  answersStatus = true;
  #clock: DriverClock;
  #onData: (bytes: Uint8Array) => void = () => {};
  #onLost: (failure: Failure) => void = () => {};

  constructor(clock: DriverClock) {
    this.#clock = clock;
  }

  async open(): Promise<Result<void>> {
    this.openedAtMs.push(this.#clock.nowMs());
    return this.opens;
  }

  async write(bytes: Uint8Array): Promise<Result<void>> {
    const hex = hexOf(bytes);
    this.written.push(hex);
    if (hex.startsWith('10 04') && this.answersStatus) setImmediate(() => this.answer('12'));
    return hex.startsWith('1B 40') ? this.ticketWrite : ok(undefined);
  }

  async close(): Promise<void> {}

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onLost(listener: (failure: Failure) => void): void {
    this.#onLost = listener;
  }

  answer(hex: string): void {
    this.#onData(bytesOf(hex));
  }

  lose(): void {
    this.#onLost({ code: 'P105' });
  }
}

function setUpScripted() {
  const clock = new HandClock();
  const transport = new ScriptedTransport(clock);
  const driver = createPrinterDriver(transport, clock, STANDARD_SETTINGS);
  return { clock, transport, driver, listener: new Listener(driver) };
}

const job = { jobId: 'one', paper: sampleTicket('A001') };

describe('the driver over any transport', () => {
  it('[HW2] a line that brings nothing back is opened once and left alone: opening it again would cut tickets', async () => {
    const clock = new HandClock();
    const transport = new ScriptedTransport(clock);
    transport.answersStatus = false;
    const settings = { ...STANDARD_SETTINGS, answers: false, confirmation: 'sent' } as const;
    const driver = createPrinterDriver(transport, clock, settings);
    const listener = new Listener(driver);
    driver.start();
    await clock.pass(60_000);
    driver.print(job);
    await clock.pass(60_000);
    expect(transport.openedAtMs).toHaveLength(1);
    expect(listener.healths).toEqual([{ status: 'ready', code: null }]);
    expect(listener.outcomesOf('one')).toEqual(['sent']);
    expect(transport.written).toHaveLength(1);
    transport.lose();
    await clock.pass(60_000);
    expect(transport.openedAtMs).toHaveLength(2);
    expect(listener.healths.at(-1)).toEqual({ status: 'ready', code: null });
  });

  it('[HW2] asks for automatic status after every connection', async () => {
    const { clock, transport, driver } = setUpScripted();
    driver.start();
    await clock.pass(100);
    expect(transport.written[0]).toBe('1D 61 0E');
    transport.written.length = 0;
    transport.lose();
    await clock.pass(600);
    expect(transport.written[0]).toBe('1D 61 0E');
  });

  it('[HW2] keeps one status question outstanding', async () => {
    const { clock, transport, driver, listener } = setUpScripted();
    transport.answersStatus = false;
    driver.start();
    await clock.pass(900);
    expect(transport.written).toEqual(['1D 61 0E', '10 04 01']);
    await clock.pass(200);
    expect(transport.written).toHaveLength(2);
    expect(listener.healths).toEqual([{ status: 'down', code: 'P104' }]);
  });

  it('[HW2] tries a printer that is away again with growing pauses, 15 s at most', async () => {
    const { clock, transport, driver, listener } = setUpScripted();
    transport.opens = fail('P105');
    driver.start();
    await clock.pass(60_000);
    expect(transport.openedAtMs).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 30_500, 45_500]);
    transport.opens = ok(undefined);
    await clock.pass(15_000);
    expect(listener.healths.at(-1)).toEqual({ status: 'ready', code: null });
  });

  it('[TK4] a job for a printer that is away fails at once; one during the first attempt waits for it', async () => {
    const { clock, transport, driver, listener } = setUpScripted();
    transport.opens = fail('P105');
    driver.start();
    driver.print(job);
    expect(listener.news).toEqual([]);
    await clock.pass(100);
    expect(listener.outcomesOf('one')).toEqual(['failed P105']);
    driver.print({ ...job, jobId: 'two' });
    expect(listener.outcomesOf('two')).toEqual(['failed P105']);
  });

  it('[TK4] a write that took no byte fails the ticket; one that may have taken some leaves it uncertain', async () => {
    const refused = setUpScripted();
    refused.transport.ticketWrite = fail('P105', { bytesTaken: 0 });
    refused.driver.start();
    refused.driver.print(job);
    await refused.clock.pass(100);
    expect(refused.listener.outcomesOf('one')).toEqual(['failed P105']);

    const broken = setUpScripted();
    broken.transport.ticketWrite = fail('P105');
    broken.driver.start();
    broken.driver.print(job);
    await broken.clock.pass(100);
    expect(broken.listener.outcomesOf('one')).toEqual(['uncertain P105']);
  });

  it('[HW2] sends nothing between clear-buffers and its reply', async () => {
    const { clock, transport, driver, listener } = setUpScripted();
    driver.start();
    await clock.pass(100);
    const cleared = driver.clearBuffers();
    driver.print(job);
    await clock.pass(2_500);
    expect(transport.written.at(-1)).toBe(CLEAR);
    transport.answer('37 25 00');
    expect(await cleared).toEqual({ ok: true, value: undefined });
    await clock.pass(100);
    expect(transport.written.at(-1)).toMatch(/^1B 40/);
    transport.answer('37 22 30 30 30 31 00');
    expect(listener.outcomesOf('one')).toEqual(['printed']);
  });

  it('[HW2] clear-buffers without a reply ends in P104 and the driver goes on', async () => {
    const { clock, driver, listener, transport } = setUpScripted();
    driver.start();
    await clock.pass(100);
    const cleared = driver.clearBuffers();
    await clock.pass(3_000);
    expect(await cleared).toEqual({ ok: false, error: { code: 'P104' } });
    driver.print(job);
    await clock.pass(100);
    transport.answer('37 22 30 30 30 31 00');
    expect(listener.outcomesOf('one')).toEqual(['printed']);
  });

  it('[HW2] queued-status answers go to the tickets in their order, late ones too', async () => {
    const clock = new HandClock();
    const transport = new ScriptedTransport(clock);
    const driver = createPrinterDriver(transport, clock, {
      ...STANDARD_SETTINGS,
      confirmation: 'queued-status',
    });
    const listener = new Listener(driver);
    driver.start();
    driver.print(job);
    await clock.pass(100);
    transport.answer('18 00 0F 00');
    await clock.pass(0);
    transport.answer('10 00 00 00');
    driver.print({ ...job, jobId: 'two' });
    await clock.pass(100);
    transport.answer('00');
    expect(listener.outcomesOf('one')).toEqual(['uncertain P101', 'processed']);
    expect(listener.outcomesOf('two')).toEqual([]);
    transport.answer('00');
    expect(listener.outcomesOf('two')).toEqual(['processed']);
  });
});
