import type { z } from 'zod';
import { fail } from '../wire/result.ts';
import type { BankDocument } from './bank-document.ts';
import type { Command } from './commands.ts';
import {
  accept,
  type ConfiguredState,
  findBusiness,
  findQueue,
  findTicketInHand,
  type Handler,
  NOTHING_TO_DO,
  profileOf,
} from './decision.ts';
import type { MissingPaper } from './events-serving.ts';
import { counterOf, type Ticket } from './state.ts';

type Paper = z.infer<typeof MissingPaper>;

/**
 * CS7: what a customer of this business may lack: the business's own documents, then what any business may lack.
 * The ids hold for one bank document; events carry the names beside them.
 */
export function checklistOf(document: BankDocument, businessId: string): Paper[] {
  const own = findBusiness(document, businessId)?.documents ?? [];
  return [
    ...own.map((name, index) => ({ id: `document-${index + 1}`, name })),
    ...document.serving.commonPapers,
  ];
}

/** Can this counter serve the business? */
export function isServedAt(document: BankDocument, counterId: string, businessId: string): boolean {
  const business = findBusiness(document, businessId);
  return (
    business !== undefined && profileOf(document, counterId)?.queueIds.includes(business.queueId) === true
  );
}

interface Destination {
  readonly queueId: string;
  readonly forCounterId: string | null;
}

/**
 * CS6: the queue or the one counter a ticket is sent to.
 * @returns null for an unknown queue, the counter it comes from, or a counter with nobody on it
 */
function destinationOf(
  state: ConfiguredState,
  ticket: Ticket,
  to: Command<'transfer-ticket'>['args']['to'],
): Destination | null {
  if (to.kind === 'queue')
    return findQueue(state.document, to.queueId) ? { queueId: to.queueId, forCounterId: null } : null;
  const { counterId } = to;
  const profile = profileOf(state.document, counterId);
  if (!profile || counterId === ticket.counterId || counterOf(state, counterId).staffNumber === null)
    return null;
  const keeps = profile.queueIds.includes(ticket.queueId);
  const queueId = keeps ? ticket.queueId : profile.queueIds[0];
  return queueId === undefined ? null : { queueId, forCounterId: counterId };
}

/** CS6: transferred to a queue, counter or VIP room; the wait so far stays with the visit. */
const transferTicket: Handler<'transfer-ticket'> = (state, command) => {
  const { counterId, ticketId, to, position, note } = command.args;
  const found = findTicketInHand(state, command, ['called', 'serving']);
  if (!found.ok) return found;
  const { ticket } = found.value;
  const destination = ticket.visit.isWalkIn ? null : destinationOf(state, ticket, to);
  if (!destination) return fail('T872', { number: ticket.number });
  return accept([
    {
      type: 'ticket-transferred',
      data: { ticketId, fromCounterId: counterId, ...destination, position, note },
    },
  ]);
};

/** CS7: parked with the lobby manager and a list of what is missing. */
const parkTicket: Handler<'park-ticket'> = (state, command) => {
  const { counterId, ticketId, paperIds, note } = command.args;
  const found = findTicketInHand(state, command, ['called', 'serving']);
  if (!found.ok) return found;
  // Without a number nobody could be called back.
  if (found.value.ticket.visit.isWalkIn) return fail('T872', { number: '' });
  const checklist = checklistOf(state.document, found.value.ticket.businessId);
  const missing = checklist.filter(paper => paperIds.includes(paper.id));
  if (new Set(paperIds).size !== missing.length) return fail('T873');
  return accept([{ type: 'ticket-parked', data: { ticketId, counterId, missing, note } }]);
};

const tickPaper: Handler<'tick-paper'> = (state, { args }) => {
  const ticket = state.tickets.get(args.ticketId);
  if (!ticket) return fail('T803');
  if (ticket.status !== 'parked') return fail('T804', { number: ticket.number, status: ticket.status });
  const paper = ticket.visit.parking?.missing.find(({ id }) => id === args.paperId);
  if (!paper) return fail('T873');
  return paper.isHere === args.isHere ? NOTHING_TO_DO : accept([{ type: 'paper-ticked', data: args }]);
};

/** CS7: back to the same counter, if somebody is on it, or to any; next. */
const readyTicket: Handler<'ready-ticket'> = (state, { args }) => {
  const { ticketId, returnTo } = args;
  const ticket = state.tickets.get(ticketId);
  if (!ticket) return fail('T803');
  const { parking } = ticket.visit;
  // Pressed twice, or by two people at once: it is on its way already.
  if (ticket.status === 'waiting' && parking && ticket.readyAt !== null) return NOTHING_TO_DO;
  if (ticket.status !== 'parked' || !parking)
    return fail('T804', { number: ticket.number, status: ticket.status });
  const isStaffed = counterOf(state, parking.counterId).staffNumber !== null;
  const forCounterId = returnTo === 'same-counter' && isStaffed ? parking.counterId : null;
  return accept([{ type: 'ticket-ready', data: { ticketId, forCounterId } }]);
};

export const decideVisit = {
  'transfer-ticket': transferTicket,
  'park-ticket': parkTicket,
  'tick-paper': tickPaper,
  'ready-ticket': readyTicket,
};
