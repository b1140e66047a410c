import type { EventData } from '#core/branch/events.ts';
import { ticketPaper } from '#core/views/ticket-paper.ts';
import type { PrinterDriver } from '#drivers/contract.ts';
import type { DeviceDesk, DeviceGroup } from './device-desk.ts';

export interface NamedPrinter {
  readonly id: string;
  readonly driver: PrinterDriver;
}

/**
 * TK4: prints what the journal asked for. A printer that refuses before any byte left hands the job to the next
 * one; a ticket that may already be on paper is never printed again without somebody asking for it.
 */
export function createPrinterGroup(printers: readonly NamedPrinter[], desk: DeviceDesk): DeviceGroup {
  /** Jobs under way: which ticket, and how many printers have refused it. */
  const jobs = new Map<string, { ticketId: string; reprint: boolean; refusals: number }>();

  const report = (args: EventData<'ticket-print-reported'>, deviceId: string) =>
    void desk.tell({ type: 'report-print', args }, deviceId);

  const print = (jobId: string, ticketId: string, reprint: boolean, refusals: number) => {
    const printer = printers[refusals];
    if (!printer) return report({ ticketId, jobId, outcome: 'failed', code: 'P112' }, 'printer');
    const state = desk.state();
    const ticket = state.tickets.get(ticketId);
    if (!ticket) return;
    jobs.set(jobId, { ticketId, reprint, refusals });
    printer.driver.print({ jobId, paper: ticketPaper(state, ticket, reprint) });
  };

  for (const [index, { id, driver }] of printers.entries()) {
    driver.onHealth(health => desk.tellHealth(id, 'printer', null, health));
    driver.onPrintNews(({ jobId, outcome, code }) => {
      const job = jobs.get(jobId);
      if (!job || job.refusals !== index) return;
      if (outcome === 'failed' && index + 1 < printers.length) {
        print(jobId, job.ticketId, job.reprint, index + 1);
        return;
      }
      report({ ticketId: job.ticketId, jobId, outcome, code }, id);
      if (outcome === 'printed' || outcome === 'failed') jobs.delete(jobId);
    });
  }

  return {
    start() {
      // Asked for before the program died, with no news since: nobody knows, so nobody prints it again unasked.
      for (const {
        ticketId,
        print: { jobId, status },
      } of desk.state().tickets.values())
        if (jobId !== null && (status === 'waiting' || status === 'sent'))
          report({ ticketId, jobId, outcome: 'uncertain', code: null }, 'printer');
      for (const { driver } of printers) driver.start();
    },
    follow(events) {
      for (const event of events) {
        if (event.type !== 'ticket-print-requested') continue;
        const { jobId, ticketId, reprint } = event.data;
        print(jobId, ticketId, reprint, 0);
      }
    },
    async stop() {
      await Promise.all(printers.map(({ driver }) => driver.stop()));
    },
  };
}
