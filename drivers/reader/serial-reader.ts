import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { ByteTransport, DriverClock, ReaderDriver, Reading } from '#drivers/contract.ts';
import {
  EMPTY_LINE,
  endReaderGap,
  pushReaderBytes,
  type ReaderFormat,
  type ReaderLineNews,
} from './reader-line.ts';

export interface SerialReaderParts {
  /** Its failures to open are R361, its losses R362. */
  readonly transport: ByteTransport;
  readonly clock: DriverClock;
  readonly format: ReaderFormat;
}

/** A card left on the reader, or a finger that rests on the trigger, brings the same thing again and again. */
export const DOUBLE_SCAN_MS = 2_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;

/** A reader of cards, IDs or barcodes on a byte stream; nothing happens until `start()`. */
export function createSerialReader(parts: SerialReaderParts): ReaderDriver {
  return new SerialReader(parts);
}

class SerialReader implements ReaderDriver {
  readonly #parts: SerialReaderParts;
  readonly #healthListeners: ((health: DeviceHealth) => void)[] = [];
  readonly #readingListeners: ((reading: Reading) => void)[] = [];
  #health: DeviceHealth | null = null;
  #isStarted = false;
  /** Counts starts, so that an attempt of an earlier start knows that it is not wanted any more. */
  #starts = 0;
  #retryMs = FIRST_RETRY_MS;
  #line = EMPTY_LINE;
  /** The last reading, only as long as it may be a double one (ID2). */
  #last: string | null = null;
  #cancelRetry: () => void = () => {};
  #cancelGap: () => void = () => {};
  #cancelForget: () => void = () => {};
  #taker: ((reading: Reading | null) => void) | null = null;

  constructor(parts: SerialReaderParts) {
    this.#parts = parts;
    parts.transport.onData(bytes => this.#received(bytes));
    parts.transport.onLost(({ code }) => {
      if (this.#isStarted) this.#away({ status: 'down', code });
    });
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#starts += 1;
    void this.#connect();
  }

  async stop(): Promise<void> {
    if (!this.#isStarted) return;
    this.#isStarted = false;
    this.#health = null;
    this.#forget();
    await this.#parts.transport.close();
  }

  onHealth(listener: (health: DeviceHealth) => void): void {
    this.#healthListeners.push(listener);
  }

  onReading(listener: (reading: Reading) => void): void {
    this.#readingListeners.push(listener);
  }

  takeNext(withinMs: number): Promise<Reading | null> {
    this.#taker?.(null);
    return new Promise(resolve => {
      const giveUp = this.#parts.clock.after(withinMs, () => this.#taker?.(null));
      this.#taker = reading => {
        this.#taker = null;
        giveUp();
        resolve(reading);
      };
    });
  }

  async #connect(): Promise<void> {
    const start = this.#starts;
    const opened = await this.#parts.transport.open();
    if (start !== this.#starts) return;
    if (!this.#isStarted) {
      if (opened.ok) await this.#parts.transport.close();
      return;
    }
    if (!opened.ok) return this.#away({ status: 'absent', code: opened.error.code });
    this.#retryMs = FIRST_RETRY_MS;
    this.#publish({ status: 'ready', code: null });
  }

  #away(health: DeviceHealth): void {
    this.#forget();
    // A reader that was there and is not found again is still a lost one.
    if (this.#health?.code !== 'R362') this.#publish(health);
    this.#cancelRetry = this.#parts.clock.after(this.#retryMs, () => void this.#connect());
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }

  #forget(): void {
    this.#cancelRetry();
    this.#cancelGap();
    this.#cancelForget();
    this.#line = EMPTY_LINE;
    this.#last = null;
  }

  #received(bytes: Uint8Array): void {
    if (!this.#isStarted) return;
    const { clock, format } = this.#parts;
    const { state, news } = pushReaderBytes(this.#line, bytes, clock.nowMs(), format);
    this.#line = state;
    for (const one of news) this.#take(one);
    this.#cancelGap();
    if (state.bytes.length === 0 && !state.isBroken) return;
    this.#cancelGap = clock.after(format.longestGapMs + 1, () => {
      const ended = endReaderGap(this.#line, clock.nowMs(), format);
      this.#line = ended.state;
      for (const one of ended.news) this.#take(one);
    });
  }

  #take(news: ReaderLineNews): void {
    if (news.kind === 'unreadable') {
      this.#publish({ status: 'warning', code: 'R363' });
      return;
    }
    this.#publish({ status: 'ready', code: null });
    const isDouble = news.text === this.#last;
    this.#last = news.text;
    this.#cancelForget();
    this.#cancelForget = this.#parts.clock.after(DOUBLE_SCAN_MS, () => {
      this.#last = null;
    });
    if (isDouble) return;
    const reading = { text: news.text, atMs: this.#parts.clock.nowMs() };
    if (this.#taker !== null) this.#taker(reading);
    else for (const listener of this.#readingListeners) listener(reading);
  }

  #publish(health: DeviceHealth): void {
    if (health.status === this.#health?.status && health.code === this.#health.code) return;
    this.#health = health;
    for (const listener of this.#healthListeners) listener(health);
  }
}
