import type { ErrorCode } from '#core/wire/error-codes.ts';
import { fail, type Result } from '#core/wire/result.ts';
import type { PrintJob } from '#drivers/contract.ts';
import type { PrinterListeners } from './printer-listeners.ts';

/** What waits its turn on a printer. */
export type PrinterTask =
  | { readonly kind: 'print'; readonly job: PrintJob; readonly needsAnswer: boolean }
  | { readonly kind: 'clear'; readonly settle: (cleared: Result<void>) => void };

/** First come, first served. Whatever cannot be done is told to whoever asked for it. */
export class PrinterQueue {
  readonly #listeners: Pick<PrinterListeners, 'tellNews'>;
  #tasks: PrinterTask[] = [];

  constructor(listeners: Pick<PrinterListeners, 'tellNews'>) {
    this.#listeners = listeners;
  }

  add(task: PrinterTask): void {
    this.#tasks.push(task);
  }

  /** Takes the next one out. */
  next(): PrinterTask | undefined {
    return this.#tasks.shift();
  }

  /** Ends a task of which nothing was done. */
  fail(task: PrinterTask, code: ErrorCode): void {
    if (task.kind === 'print') this.#listeners.tellNews({ jobId: task.job.jobId, outcome: 'failed', code });
    else task.settle(fail(code));
  }

  failAll(code: ErrorCode): void {
    const waiting = this.#tasks;
    this.#tasks = [];
    for (const task of waiting) this.fail(task, code);
  }
}
