import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { ByteTransport, DriverClock, PrintJob, PrintNews } from '#drivers/contract.ts';
import { composeTicket } from './compose-ticket.ts';
import { feedAndCut, INITIALISE, processIdOf } from './escpos-bytes.ts';
import {
  COMPOSED,
  type Confirmation,
  type PrintJobInput,
  type PrintJobState,
  type PrintJobWait,
  stepPrintJob,
} from './print-job-machine.ts';
import type { PrinterSettings } from './settings.ts';

/** A ticket that may still get an answer. */
interface Ticket {
  readonly jobId: string;
  readonly processId: string | null;
  /** What the printer was known to confirm when the ticket was composed. */
  readonly confirmation: Confirmation;
  state: PrintJobState;
  cancelWait: () => void;
  /** Called when the ticket has its first outcome. */
  ended: () => void;
}

/** Hears what becomes of tickets. */
export interface TicketListener {
  report(news: PrintNews): void;
  /** The printer confirms better than was known. */
  learned(confirmation: Exclude<Confirmation, 'unknown'>): void;
}

/** Ended tickets kept for late answers: more than any printer's buffer holds. */
const KEPT_FOR_LATE_ANSWERS = 64;

/** Runs tickets one at a time through the print job machine: writes bytes, keeps waits, hands answers to the right ticket. */
export class TicketRunner {
  readonly #transport: ByteTransport;
  readonly #clock: DriverClock;
  readonly #settings: PrinterSettings;
  readonly #listener: TicketListener;
  #confirmation: Confirmation;
  #processNumber: number;
  #current: Ticket | null = null;
  readonly #recent: Ticket[] = [];
  /** GS r answers carry no id; they come in the order of the requests on this connection. */
  #awaitingQueuedStatus: Ticket[] = [];
  /** A broken connection may have left half a ticket hanging out of the printer. */
  #halfTicketHangs = false;

  constructor(
    transport: ByteTransport,
    clock: DriverClock,
    settings: PrinterSettings,
    listener: TicketListener,
  ) {
    this.#transport = transport;
    this.#clock = clock;
    this.#settings = settings;
    this.#listener = listener;
    this.#confirmation = settings.confirmation;
    this.#processNumber = settings.firstProcessNumber;
  }

  /** True while a ticket is between its first byte and its outcome. */
  get busy(): boolean {
    return this.#current !== null;
  }

  /** What the printer is known to confirm. */
  get confirmation(): Confirmation {
    return this.#confirmation;
  }

  /** Composes, writes and follows one ticket; resolves with its first outcome. Only one at a time. */
  async run(job: PrintJob): Promise<void> {
    const confirmation = this.#confirmation;
    const asksProcessId = confirmation === 'unknown' || confirmation === 'process-id';
    const processId = asksProcessId ? processIdOf(this.#processNumber++) : null;
    const queuedStatus = confirmation === 'unknown' || confirmation === 'queued-status';
    const { format, pictures } = this.#settings;
    const composed = composeTicket(job.paper, format, { processId, queuedStatus }, pictures);
    if (!composed.ok) {
      this.#listener.report({ jobId: job.jobId, outcome: 'failed', code: composed.error.code });
      return;
    }
    await new Promise<void>(ended => {
      const { jobId } = job;
      const ticket = { jobId, processId, confirmation, state: COMPOSED, cancelWait: () => {}, ended };
      this.#current = ticket;
      this.#recent.push(ticket);
      if (this.#recent.length > KEPT_FOR_LATE_ANSWERS) this.#recent.shift();
      if (queuedStatus) this.#awaitingQueuedStatus.push(ticket);
      void this.#write(ticket, composed.value.bytes);
    });
  }

  processIdAnswered(processId: string): void {
    const ticket = this.#recent.find(recent => recent.processId === processId);
    if (ticket !== undefined) this.#step(ticket, { kind: 'process-id-answered' });
  }

  queuedStatusAnswered(): void {
    const ticket = this.#awaitingQueuedStatus.shift();
    if (ticket !== undefined) this.#step(ticket, { kind: 'queued-status-answered' });
  }

  /** Something keeps the printer from printing the ticket in hand. */
  fault(code: ErrorCode): void {
    if (this.#current !== null) this.#step(this.#current, { kind: 'fault', code });
  }

  connectionLost(): void {
    this.#halfTicketHangs ||= this.busy;
    this.#awaitingQueuedStatus = [];
    this.fault('P105');
  }

  /** Half a ticket may hang out of the printer: the next one is cut apart from it. */
  separateNext(): void {
    this.#halfTicketHangs = true;
  }

  buffersCleared(): void {
    this.#awaitingQueuedStatus = [];
    for (const ticket of [...this.#recent]) this.#step(ticket, { kind: 'buffers-cleared' });
  }

  async #write(ticket: Ticket, bytes: Uint8Array): Promise<void> {
    this.#step(ticket, { kind: 'write-begun' });
    const cut = feedAndCut(this.#settings.format.cut);
    const separated = this.#halfTicketHangs ? Buffer.concat([INITIALISE, cut, bytes]) : bytes;
    const written = await this.#transport.write(separated);
    if (written.ok) {
      this.#halfTicketHangs = false;
      this.#step(ticket, { kind: 'write-finished' });
    } else if (written.error.facts?.bytesTaken === 0) {
      this.#awaitingQueuedStatus = this.#awaitingQueuedStatus.filter(waiting => waiting !== ticket);
      this.#step(ticket, { kind: 'write-refused', code: written.error.code });
    } else {
      this.#halfTicketHangs = true;
      this.#step(ticket, { kind: 'fault', code: written.error.code });
    }
  }

  #step(ticket: Ticket, input: PrintJobInput): void {
    const step = stepPrintJob(ticket.state, input, ticket.confirmation);
    ticket.state = step.state;
    if (step.state.kind === 'ended') this.#end(ticket);
    for (const effect of step.effects) {
      switch (effect.kind) {
        case 'wait':
          this.#wait(ticket, effect.wait);
          break;
        case 'learn':
          this.#learn(effect.confirmation);
          break;
        case 'report':
          this.#listener.report({ jobId: ticket.jobId, outcome: effect.outcome, code: effect.code });
          break;
      }
    }
  }

  #end(ticket: Ticket): void {
    ticket.cancelWait();
    if (this.#current === ticket) this.#current = null;
    ticket.ended();
  }

  #wait(ticket: Ticket, wait: PrintJobWait): void {
    const { confirmMs, graceMs, settleMs } = this.#settings.timings;
    const waitMs = { confirm: confirmMs, grace: graceMs, settle: settleMs }[wait];
    ticket.cancelWait();
    ticket.cancelWait = this.#clock.after(waitMs, () => this.#step(ticket, { kind: 'wait-over' }));
  }

  /** A late answer can only improve what was learned: silence may have been a slow printer. */
  #learn(learned: Exclude<Confirmation, 'unknown'>): void {
    const rank: Record<Confirmation, number> = { unknown: 0, sent: 1, 'queued-status': 2, 'process-id': 3 };
    if (rank[learned] <= rank[this.#confirmation]) return;
    this.#confirmation = learned;
    this.#listener.learned(learned);
  }
}
