import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { PrinterCapabilities } from '#core/wire/device-settings.ts';
import type { Result } from '#core/wire/result.ts';
import type { PrinterDriver, PrintJob } from '#drivers/contract.ts';
import type { Confirmation } from './print-job-machine.ts';

/** An ESC/POS ticket printer on any byte stream: what set-up and service may do beyond printing. */
export interface EscposPrinterDriver extends PrinterDriver {
  separateNext(): void;
  /**
   * Erases what the printer still holds. Its reply turns tickets that were uncertain into failed (P110), after
   * which they can be printed again with the reprint mark. Fails with P104 (no reply) or P105 (no connection).
   */
  clearBuffers(): Promise<Result<void>>;
  /** The same after the jobs given so far: on a printer in order it then costs nothing but learns whether it can. */
  clearBuffersWhenIdle(): Promise<Result<void>>;
  /**
   * Asks the printer how it is now. Fails with P104 (no answer) or the code of the missing connection.
   * `answerMs` is how long its first answer took, or null where printers of this connection are never asked.
   */
  askHealth(): Promise<Result<{ readonly health: DeviceHealth; readonly answerMs: number | null }>>;
  /** Whether anything at all has come back since the program started. */
  hasAnswered(): boolean;
  /**
   * Prints even if the printer answers nothing, for a person who looks whether paper comes out; such a job ends as
   * uncertain (P104). Its id is used up like any other.
   */
  printUnanswered(job: PrintJob): void;
  /** What the printer is known to confirm. */
  confirmation(): Confirmation;
  /** Called when a ticket or a cleared buffer taught something about the model, to be kept for the next start. */
  onLearned(listener: (learned: Partial<PrinterCapabilities>) => void): void;
}
