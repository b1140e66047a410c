import type { DeviceHealth, PrintOutcome } from '#core/wire/device-news.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { Failure, Result } from '#core/wire/result.ts';
import type { TicketPaper } from '#core/wire/ticket-paper.ts';

/**
 * What every driver offers to `src-main/devices`. Drivers know bytes and ports; they know nothing of tickets'
 * states, counters or journals. Each family has a pure machine, a transport and a simulator that speaks the
 * same bytes and can misbehave (HW1).
 */

/** A two-way byte stream: TCP socket, serial port or USB character device. */
export interface ByteTransport {
  /** Resolves when bytes can be written; fails with a code of the driver's area. Safe to call again after a loss. */
  open(): Promise<Result<void>>;
  /** Resolves when the operating system took all bytes. */
  write(bytes: Uint8Array): Promise<Result<void>>;
  /** Closes properly (TCP: FIN, not reset). */
  close(): Promise<void>;
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once per loss; never after `close()` was asked for. */
  onLost(listener: (failure: Failure) => void): void;
  /** For ways that tell no loss by themselves: whether the way is still there. Missing where `onLost` tells it. */
  stillThere?(): Promise<Result<void>>;
}

/** Time as drivers use it, so that tests and the simulated day can run it by hand. */
export interface DriverClock {
  /** Monotonic milliseconds. */
  nowMs(): number;
  /** Runs `task` once after `delayMs`; returns a function that cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

export interface Driver {
  /** Opens the device and keeps trying until `stop()`. */
  start(): void;
  stop(): Promise<void>;
  onHealth(listener: (health: DeviceHealth) => void): void;
}

/** One step of a device's self-test, in the order tried (HW7). The screen has a sentence for each `step` and code. */
export interface SelfTestStep {
  /** `open`, `status`, `print`, `confirm`, `clear-buffers`, `ping`, `show`, `prompt`, `press`, `speak`, `scan`, … */
  readonly step: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly code: ErrorCode | null;
  /** What was measured or found, by name: `answerMs`, `confirmation`, `position`. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** A line of text as dots: rows of `ceil(widthDots / 8)` bytes, bit 1 black, highest bit left. */
export interface DrawnLine {
  readonly widthDots: number;
  readonly rows: readonly Uint8Array[];
}

/**
 * Draws a line in the fonts of this PC, for what a device's own fonts lack. Null when no font here has all of it
 * either. Pictures are black on white, `heightDots` high.
 */
export type DrawLine = (text: string, heightDots: number, bold: boolean) => DrawnLine | null;

export interface PrintJob {
  /** Unique for the day; the same id is never sent twice. */
  readonly jobId: string;
  readonly paper: TicketPaper;
}

export interface PrintNews {
  readonly jobId: string;
  readonly outcome: PrintOutcome;
  readonly code: ErrorCode | null;
}

export interface PrinterDriver extends Driver {
  /** Queues a job. News about it follows through `onPrintNews`: each job ends in printed, processed, sent, uncertain or failed. */
  print(job: PrintJob): void;
  onPrintNews(listener: (news: PrintNews) => void): void;
  /**
   * Said before the first job when the program died with a ticket on its way: half of it may hang out of the
   * printer, so the next ticket is cut apart from it. For printers that know no halves there is nothing to do.
   */
  separateNext?(): void;
}

/** One text for one place of one board. The newest text for the same board and area wins. */
export interface BoardText {
  readonly boardId: string;
  /** Area of the board, 0 first. */
  readonly area: number;
  readonly text: string;
  /** Calls go before idle texts and polls. */
  readonly priority: 'call' | 'idle';
  /** `flash`: flashing first, then steady. */
  readonly effect: 'still' | 'flash' | 'scroll';
}

export interface BoardShown {
  readonly boardId: string;
  readonly area: number;
  readonly text: string;
  /** From `show()` to the last byte written, in milliseconds. */
  readonly writtenAfterMs: number;
}

export interface LedBusDriver {
  start(): void;
  stop(): Promise<void>;
  show(text: BoardText): void;
  onHealth(listener: (boardId: string, health: DeviceHealth) => void): void;
  onShown(listener: (shown: BoardShown) => void): void;
}

export type KeypadPrompt = 'welcome' | 'please-rate' | 'thanks' | 'off';

export interface KeypadPress {
  /** Position in the bank's list of rating levels, 1 = best. */
  readonly position: number;
  /** Monotonic milliseconds when the report arrived. */
  readonly atMs: number;
}

/** What a keypad may show beside its prompt (RT4); null or missing where it is not known. */
export interface KeypadFacts {
  readonly staffNumber?: string | null;
  readonly stars?: number | null;
  readonly counterNumber?: number | null;
  readonly counterId?: string | null;
}

/** A key that stands for no rating, for example `one-metre-line`. */
export interface KeypadAction {
  readonly action: string;
  /** Monotonic milliseconds when the report arrived. */
  readonly atMs: number;
}

export interface KeypadDriver extends Driver {
  onPress(listener: (press: KeypadPress) => void): void;
  onAction(listener: (action: KeypadAction) => void): void;
  /** Shows a prompt where the keypad can; resolves false when it could not be delivered. */
  prompt(prompt: KeypadPrompt, facts?: KeypadFacts): Promise<boolean>;
  /** The keypad is open and has nothing to show a prompt with: customers can rate, asked in words. */
  canRateUnprompted(): boolean;
}

/** What a card, ID or barcode reader brought: the number itself. It goes to the host and nowhere else (TK2, ID2). */
export interface Reading {
  readonly text: string;
  /** Monotonic milliseconds when its last byte arrived. */
  readonly atMs: number;
}

export interface ReaderDriver extends Driver {
  /** Each reading once: the same thing again within two seconds is the same reading. */
  onReading(listener: (reading: Reading) => void): void;
  /** Takes the next reading away from the listeners, for a self-test; null when none comes. */
  takeNext(withinMs: number): Promise<Reading | null>;
}
