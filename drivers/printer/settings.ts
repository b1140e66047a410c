import { NO_PICTURES, type PaperFormat, STANDARD_FORMAT, type TicketPictures } from './compose-ticket.ts';
import type { Confirmation } from './print-job-machine.ts';

/** Waits of the printer driver, in milliseconds. */
export interface PrinterTimings {
  /** For one real-time status answer. */
  readonly answerMs: number;
  /** Between two status rounds while nothing prints. */
  readonly pollMs: number;
  /** Between two status rounds while a ticket is on its way: finds faults on models without automatic status. */
  readonly busyPollMs: number;
  /** For the confirmation of a ticket. */
  readonly confirmMs: number;
  /** For a process id after the queued status of the same ticket came. */
  readonly graceMs: number;
  /** During which a fault makes a ticket uncertain on models that confirm nothing. */
  readonly settleMs: number;
  /** For the reply of clear-buffers. */
  readonly clearMs: number;
  /** Before the first new connection attempt; doubles up to `longestRetryMs`. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

export interface PrinterSettings {
  readonly format: PaperFormat;
  readonly pictures: TicketPictures;
  /**
   * False for a way to the printer that brings nothing back (a spooler): it is never asked anything, its tickets
   * end in sent, and its health is whether the way is there.
   */
  readonly answers: boolean;
  /** What the model confirms; `unknown` learns it from the first ticket. */
  readonly confirmation: Confirmation;
  /**
   * Number of the first process id. Ids must not repeat within a day, so a restart gives a higher one, for
   * example ten times the second of the day.
   */
  readonly firstProcessNumber: number;
  readonly timings: PrinterTimings;
}

/** An Epson-like 80 mm printer of which nothing is known yet. */
export const STANDARD_SETTINGS: PrinterSettings = {
  format: STANDARD_FORMAT,
  pictures: NO_PICTURES,
  answers: true,
  confirmation: 'unknown',
  firstProcessNumber: 1,
  timings: {
    answerMs: 1_000,
    pollMs: 2_000,
    busyPollMs: 500,
    confirmMs: 8_000,
    graceMs: 3_000,
    settleMs: 1_500,
    clearMs: 3_000,
    firstRetryMs: 500,
    longestRetryMs: 15_000,
  },
};
