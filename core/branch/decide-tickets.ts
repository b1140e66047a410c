import type { PrintOutcome } from '../wire/device-news.ts';
import { fail } from '../wire/result.ts';
import { accept, type Handler, NOTHING_TO_DO } from './decision.ts';

/** TK4: a reprint is the same number, marked 补打. */
const reprintTicket: Handler<'reprint-ticket'> = (state, { args }, context) => {
  const ticket = state.tickets.get(args.ticketId);
  if (!ticket) return fail('T803');
  // A walk-in has no number to print (CS9).
  if (ticket.status === 'done' || ticket.visit.isWalkIn)
    return fail('T804', { number: ticket.number, status: ticket.status });
  if (ticket.print.status === 'waiting') return NOTHING_TO_DO;
  return accept([
    {
      type: 'ticket-print-requested',
      data: { ticketId: args.ticketId, jobId: context.newId(), reprint: true },
    },
  ]);
};

/** How sure we are of what became of the paper; news never makes it less sure. `failed`: surely none (2.6). */
const CERTAINTY: Readonly<Record<PrintOutcome | 'waiting' | 'none', number>> = {
  none: 0,
  waiting: 1,
  sent: 2,
  uncertain: 3,
  failed: 4,
  processed: 4,
  printed: 5,
};

const reportPrint: Handler<'report-print'> = (state, { args }) => {
  const ticket = state.tickets.get(args.ticketId);
  // News of an ended ticket or of an older copy has nothing left to change.
  if (!ticket || ticket.print.jobId !== args.jobId) return NOTHING_TO_DO;
  if (CERTAINTY[args.outcome] <= CERTAINTY[ticket.print.status]) return NOTHING_TO_DO;
  return accept([{ type: 'ticket-print-reported', data: args }]);
};

/** CS3: a no-show comes back within the window and re-enters after the next few calls of its queue. */
const returnNoShow: Handler<'return-no-show'> = (state, { args }, context) => {
  const ticket = state.tickets.get(args.ticketId);
  if (!ticket) return fail('T803');
  if (ticket.status !== 'no-show') return fail('T804', { number: ticket.number, status: ticket.status });
  const { noShowReturnMs, noShowReturnAfterCalls } = state.document.limits;
  if (context.now - ticket.statusSince > noShowReturnMs) return fail('T818', { number: ticket.number });
  return accept([
    { type: 'no-show-returned', data: { ticketId: args.ticketId, afterCalls: noShowReturnAfterCalls } },
  ]);
};

export const decideTickets = {
  'reprint-ticket': reprintTicket,
  'report-print': reportPrint,
  'return-no-show': returnNoShow,
};
