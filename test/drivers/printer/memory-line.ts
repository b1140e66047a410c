import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { ByteTransport, DriverClock } from '#drivers/contract.ts';
import {
  SimulatedPrinter,
  type SimulatedPrinterOptions,
} from '#drivers/printer/simulator/simulated-printer.ts';

/** A simulated printer on a cable without a network, so that a test needs no time but its own. */
export class PrinterOnTable {
  readonly printer: SimulatedPrinter;
  #plug: MemoryLine | null = null;

  constructor(clock: DriverClock, options: Omit<SimulatedPrinterOptions, 'clock'> = {}) {
    this.printer = new SimulatedPrinter({ clock, lineMs: 10, ...options });
  }

  /** The cable of one program. */
  plug(): MemoryLine {
    const line = new MemoryLine(this.printer, () => {
      if (this.#plug === line) this.#plug = null;
    });
    this.#plug = line;
    this.printer.onAnswer(bytes => {
      // Answers take a moment, as over any cable.
      queueMicrotask(() => line.arrive(bytes));
    });
    return line;
  }

  /** Ticket numbers that stand four times as high on each piece of paper that is out of the printer, with its mark. */
  papers(): { readonly numbers: string[]; readonly isMarked: boolean; readonly isCut: boolean }[] {
    return this.printer.paper().map(({ items, cut }) => {
      const texts = items.flatMap(item => (item.kind === 'text' ? [item] : []));
      return {
        numbers: texts.filter(({ height }) => height === 4).map(({ text }) => text),
        isMarked: texts.some(({ text }) => text.includes('补打')),
        isCut: cut !== 'none',
      };
    });
  }
}

export class MemoryLine implements ByteTransport {
  readonly #printer: SimulatedPrinter;
  readonly #unplugged: () => void;
  #isOpen = false;
  #isDead = false;
  /** The program dies after so many bytes of the next ticket; null: it lives. */
  dieAfterBytes: number | null = null;
  onDeath: () => void = () => {};
  /** Bytes of the longest ticket written so far. */
  ticketBytes = 0;
  #onData: (bytes: Uint8Array) => void = () => {};
  #onLost: (failure: Failure) => void = () => {};

  constructor(printer: SimulatedPrinter, unplugged: () => void) {
    this.#printer = printer;
    this.#unplugged = unplugged;
  }

  async open(): Promise<Result<void>> {
    this.#isOpen = !this.#isDead;
    return this.#isOpen ? ok(undefined) : fail('P105');
  }

  async write(bytes: Uint8Array): Promise<Result<void>> {
    if (this.#isDead) return new Promise(() => {});
    if (!this.#isOpen) return fail('P105', { bytesTaken: 0 });
    const isTicket = bytes[0] === 0x1b && bytes[1] === 0x40;
    if (isTicket) this.ticketBytes = Math.max(this.ticketBytes, bytes.length);
    if (isTicket && this.dieAfterBytes !== null && this.dieAfterBytes <= bytes.length) {
      this.#printer.receive(bytes.subarray(0, this.dieAfterBytes));
      this.die();
      return new Promise(() => {});
    }
    this.#printer.receive(bytes);
    return ok(undefined);
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#unplugged();
    this.#printer.disconnected();
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onLost(listener: (failure: Failure) => void): void {
    this.#onLost = listener;
  }

  arrive(bytes: Uint8Array): void {
    if (this.#isOpen && !this.#isDead) this.#onData(bytes);
  }

  /** The cable is pulled. */
  lose(): void {
    this.#isOpen = false;
    this.#printer.disconnected();
    this.#onLost({ code: 'P105' });
  }

  /** The program is gone: nothing it wanted happens any more. */
  die(): void {
    this.#isDead = true;
    this.#isOpen = false;
    this.#printer.disconnected();
    this.onDeath();
  }
}
