import type { DriverClock } from '#drivers/contract.ts';
import { CommandReader, type PrinterCommand } from './command-reader.ts';
import type { PrinterFault } from './fault.ts';
import type { PrintedItem, PrintedTicket } from './paper.ts';
import { PrintHead } from './print-head.ts';

const CLEAR_BUFFERS = Buffer.from('10140801031401060208', 'hex');
const CLEAR_LAST = CLEAR_BUFFERS.at(-1);
/** The longest real-time command; so many bytes are kept to find one that arrives in pieces. */
const REAL_TIME_BYTES = CLEAR_BUFFERS.length;

export interface SimulatedPrinterOptions {
  readonly clock: DriverClock;
  /** Columns of normal characters, 48 when left out. */
  readonly columns?: number;
  /** Time one line takes, 0 when left out. */
  readonly lineMs?: number;
  /** False for a model that does not know automatic status back; true when left out. */
  readonly automaticStatus?: boolean;
  /** What the model confirms besides; everything when left out. */
  readonly confirms?: 'process-id' | 'queued-status' | 'nothing';
  /** False for a model that does not know clear-buffers; true when left out. */
  readonly clearsBuffers?: boolean;
}

/** A ticket printer without its connection: bytes in, paper and answers out. */
export class SimulatedPrinter {
  readonly #clock: DriverClock;
  readonly #lineMs: number;
  readonly #knowsAutomaticStatus: boolean;
  readonly #clearsBuffers: boolean;
  readonly #confirms: NonNullable<SimulatedPrinterOptions['confirms']>;
  readonly #reader = new CommandReader();
  readonly #head: PrintHead;
  readonly #paper: PrintedTicket[] = [];
  /** The receive buffer: whole commands that wait for the print head. */
  #commands: PrinterCommand[] = [];
  /** Items of a command that are still to be printed. */
  #printing: PrintedItem[] = [];
  #items: PrintedItem[] = [];
  #fault: PrinterFault | null = null;
  #linesLeft = Number.POSITIVE_INFINITY;
  #automaticMask = 0;
  #lastAutomatic = '';
  #recent: number[] = [];
  #cancelLine: (() => void) | null = null;
  #answer: (bytes: Uint8Array) => void = () => {};
  #paperListener: () => void = () => {};

  constructor(options: SimulatedPrinterOptions) {
    this.#clock = options.clock;
    this.#lineMs = options.lineMs ?? 0;
    this.#clearsBuffers = options.clearsBuffers ?? true;
    this.#knowsAutomaticStatus = options.automaticStatus ?? true;
    this.#confirms = options.confirms ?? 'process-id';
    this.#head = new PrintHead(options.columns ?? 48);
  }

  /** Where answers go; the newest connection takes them over. */
  onAnswer(listener: (bytes: Uint8Array) => void): void {
    this.#answer = listener;
  }

  onPaper(listener: () => void): void {
    this.#paperListener = listener;
  }

  /** Every piece of paper so far, the last one perhaps still in the printer. */
  paper(): readonly PrintedTicket[] {
    if (this.#items.length === 0) return [...this.#paper];
    return [...this.#paper, { number: this.#paper.length + 1, items: [...this.#items], cut: 'none' }];
  }

  setFault(fault: PrinterFault | null): void {
    this.#fault = fault;
    this.#linesLeft = fault?.kind === 'paper-out' ? fault.afterLines : Number.POSITIVE_INFINITY;
    this.#tellChange();
    this.#work();
  }

  /** Takes bytes from the connection. Real-time commands act now, even in the middle of other data. */
  receive(bytes: Uint8Array): void {
    let from = 0;
    for (const [index, byte] of bytes.entries()) {
      this.#recent.push(byte);
      if (this.#recent.length > REAL_TIME_BYTES) this.#recent.shift();
      if (this.#recent.at(-3) === 0x10 && this.#recent.at(-2) === 0x04) this.#answerStatus(byte);
      if (this.#clearsBuffers && byte === CLEAR_LAST && CLEAR_BUFFERS.equals(Uint8Array.from(this.#recent))) {
        this.#clearBuffers();
        from = index + 1;
      }
    }
    this.#reader.push(bytes.subarray(from));
    for (let command = this.#reader.next(); command !== null; command = this.#reader.next()) {
      this.#commands.push(command);
    }
    this.#work();
  }

  /** The connection went: a command cut in half is dropped, whole ones are still printed. */
  disconnected(): void {
    this.#recent = [];
    this.#automaticMask = 0;
    this.#answer = () => {};
    this.#reader.clear();
  }

  /** Stops the motor. */
  stop(): void {
    this.#cancelLine?.();
  }

  #work(): void {
    while (this.#cancelLine === null && !this.#isOffline()) {
      const item = this.#printing.shift();
      if (item !== undefined) {
        this.#print(item);
        continue;
      }
      const command = this.#commands.shift();
      if (command === undefined) return;
      this.#execute(command);
    }
  }

  #execute(command: PrinterCommand): void {
    switch (command.kind) {
      case 'cut':
        if (this.#head.atLineStart) this.#cut(command.cut);
        break;
      case 'automatic-status':
        this.#automaticMask = this.#knowsAutomaticStatus ? command.mask : 0;
        this.#lastAutomatic = '';
        this.#tellChange();
        break;
      case 'queued-status':
        if (this.#confirms !== 'nothing' && this.#fault?.kind !== 'no-confirmation') {
          this.#send(Uint8Array.of(this.#fault?.kind === 'paper-near-end' ? 0x03 : 0x00));
        }
        break;
      case 'process-id':
        if (this.#answersProcessIds()) this.#send(Uint8Array.of(0x37, 0x22, ...command.id, 0x00));
        break;
      default:
        this.#printing = this.#head.execute(command);
    }
  }

  #answersProcessIds(): boolean {
    const kind = this.#fault?.kind;
    return this.#confirms === 'process-id' && kind !== 'no-process-id' && kind !== 'no-confirmation';
  }

  #print(item: PrintedItem): void {
    this.#items.push(item);
    this.#linesLeft -= 1;
    this.#paperListener();
    if (this.#linesLeft === 0) this.#tellChange();
    const lineMs = this.#fault?.kind === 'slow' ? this.#fault.lineMs : this.#lineMs;
    if (lineMs === 0) return;
    this.#cancelLine = this.#clock.after(lineMs, () => {
      this.#cancelLine = null;
      this.#work();
    });
  }

  #cut(cut: 'partial' | 'full'): void {
    // A cut without print drops a blank sliver, which is no ticket.
    if (this.#items.length === 0) return;
    this.#paper.push({ number: this.#paper.length + 1, items: this.#items, cut });
    this.#items = [];
    this.#paperListener();
  }

  #clearBuffers(): void {
    this.#reader.clear();
    this.#commands = [];
    this.#printing = [];
    this.#send(Uint8Array.of(0x37, 0x25, 0x00));
  }

  #paperEnd(): boolean {
    return this.#linesLeft <= 0;
  }

  #hasError(): boolean {
    const kind = this.#fault?.kind;
    return kind === 'cutter-error' || kind === 'unrecoverable-error' || kind === 'head-hot';
  }

  #isOffline(): boolean {
    const kind = this.#fault?.kind;
    return this.#paperEnd() || this.#hasError() || kind === 'cover-open' || kind === 'offline';
  }

  #answerStatus(number: number): void {
    const kind = this.#fault?.kind;
    let byte = 0x12;
    if (number === 1 && this.#isOffline()) byte |= 0x08;
    if (number === 2) {
      if (kind === 'cover-open') byte |= 0x04;
      if (this.#paperEnd()) byte |= 0x20;
      if (this.#hasError()) byte |= 0x40;
    }
    if (number === 3) {
      if (kind === 'cutter-error') byte |= 0x08;
      if (kind === 'unrecoverable-error') byte |= 0x20;
      if (kind === 'head-hot') byte |= 0x40;
    }
    if (number === 4) {
      if (kind === 'paper-near-end' || this.#paperEnd()) byte |= 0x0c;
      if (this.#paperEnd()) byte |= 0x60;
    }
    if (number >= 1 && number <= 4) this.#send(Uint8Array.of(byte));
  }

  #tellChange(): void {
    if (this.#automaticMask === 0) return;
    const kind = this.#fault?.kind;
    const printer = 0x10 | (this.#isOffline() ? 0x08 : 0) | (kind === 'cover-open' ? 0x20 : 0);
    const errors =
      (kind === 'cutter-error' ? 0x08 : 0) |
      (kind === 'unrecoverable-error' ? 0x20 : 0) |
      (kind === 'head-hot' ? 0x40 : 0);
    const nearEnd = kind === 'paper-near-end' || this.#paperEnd();
    const status = Buffer.of(printer, errors, (nearEnd ? 0x03 : 0) | (this.#paperEnd() ? 0x0c : 0), 0x00);
    const seen = status.toString('hex');
    if (seen === this.#lastAutomatic) return;
    this.#lastAutomatic = seen;
    this.#send(status);
  }

  #send(bytes: Uint8Array): void {
    if (this.#fault?.kind !== 'silent') this.#answer(bytes);
  }
}
