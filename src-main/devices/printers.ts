import type { EventData } from '#core/branch/events.ts';
import { ticketPaper } from '#core/views/ticket-paper.ts';
import type { PrinterDriver } from '#drivers/contract.ts';
import type { DeviceDesk, DeviceGroup } from './device-desk.ts';

export interface NamedPrinter {
  readonly id: string;
  readonly driver: PrinterDriver;
}

/** The printers of a station, in the order they are tried; the order and the printers may change while they work. */
export interface PrinterGroup extends DeviceGroup {
  /**
   * From now on it is these. Whoever is no longer among them is stopped; what it had in hand may be on paper or
   * not, so it ends as uncertain.
   */
  change(printers: readonly NamedPrinter[]): Promise<void>;
}

/** A job under way: its ticket, who has it, and who has refused it. */
interface Job {
  readonly ticketId: string;
  readonly reprint: boolean;
  readonly printer: NamedPrinter;
  readonly refusedBy: readonly NamedPrinter[];
}

/**
 * TK4: prints what the journal asked for. A printer that refuses before any byte left hands the job to the next
 * one; a ticket that may already be on paper is never printed again without somebody asking for it.
 */
export function createPrinterGroup(first: readonly NamedPrinter[], desk: DeviceDesk): PrinterGroup {
  let printers = first;
  const jobs = new Map<string, Job>();

  const report = (args: EventData<'ticket-print-reported'>, deviceId: string) =>
    void desk.tell({ type: 'report-print', args }, deviceId);

  const print = (
    jobId: string,
    ticketId: string,
    reprint: boolean,
    printer: NamedPrinter | undefined,
    refusedBy: readonly NamedPrinter[] = [],
  ) => {
    if (!printer) return report({ ticketId, jobId, outcome: 'failed', code: 'P112' }, 'printer');
    const state = desk.state();
    const ticket = state.tickets.get(ticketId);
    if (!ticket) return;
    jobs.set(jobId, { ticketId, reprint, printer, refusedBy });
    printer.driver.print({ jobId, paper: ticketPaper(state, ticket, reprint) });
  };

  const hook = (printer: NamedPrinter) => {
    const { id, driver } = printer;
    driver.onHealth(health => {
      if (printers.includes(printer)) desk.tellHealth(id, 'printer', null, health);
    });
    driver.onPrintNews(({ jobId, outcome, code }) => {
      const job = jobs.get(jobId);
      if (job?.printer !== printer) return;
      const { ticketId, reprint } = job;
      // P110: its bytes left and were erased, perhaps with half of it on paper: that needs the mark of a reprint.
      if (outcome === 'failed' && code !== 'P110') {
        const refusedBy = [...job.refusedBy, printer];
        const next = printers.find(candidate => !refusedBy.includes(candidate));
        if (next) return print(jobId, ticketId, reprint, next, refusedBy);
      }
      report({ ticketId, jobId, outcome, code }, id);
      if (outcome === 'printed' || outcome === 'failed') jobs.delete(jobId);
    });
  };

  /** Nobody will hear of these jobs again. */
  const endJobsOf = (printer: NamedPrinter) => {
    for (const [jobId, job] of jobs) {
      if (job.printer !== printer) continue;
      jobs.delete(jobId);
      const { ticketId } = job;
      const print = desk.state().tickets.get(ticketId)?.print;
      if (print?.jobId === jobId && print.status === 'waiting')
        report({ ticketId, jobId, outcome: 'uncertain', code: null }, printer.id);
    }
  };

  for (const printer of printers) hook(printer);

  return {
    start() {
      // Asked for before the program died, with no news since: nobody knows, so nobody prints it again unasked.
      // `sent` is news: all that a printer which confirms nothing will ever say of a ticket.
      let isHalfPossible = false;
      for (const {
        ticketId,
        print: { jobId, status },
      } of desk.state().tickets.values()) {
        if (jobId === null || status !== 'waiting') continue;
        isHalfPossible = true;
        report({ ticketId, jobId, outcome: 'uncertain', code: null }, 'printer');
      }
      for (const { driver } of printers) {
        if (isHalfPossible) driver.separateNext?.();
        driver.start();
      }
    },
    follow(events) {
      for (const event of events) {
        if (event.type !== 'ticket-print-requested') continue;
        const { jobId, ticketId, reprint, kept } = event.data;
        // Its own PC printed it before it was recorded (BR7).
        if (kept) continue;
        print(jobId, ticketId, reprint, printers[0]);
      }
    },
    async change(changed) {
      const gone = printers.filter(printer => !changed.includes(printer));
      const fresh = changed.filter(printer => !printers.includes(printer));
      printers = changed;
      for (const printer of gone) endJobsOf(printer);
      await Promise.all(gone.map(({ driver }) => driver.stop()));
      for (const printer of fresh) {
        hook(printer);
        printer.driver.start();
      }
    },
    async stop() {
      await Promise.all(printers.map(({ driver }) => driver.stop()));
    },
  };
}
