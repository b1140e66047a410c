import { promptEvents } from '../rating/prompt.ts';
import { fail } from '../wire/result.ts';
import { isServedAt } from './decide-visit.ts';
import {
  accept,
  type ConfiguredState,
  findBusiness,
  findOwnCounter,
  findQueue,
  findTicketInHand,
  type Handler,
  NOTHING_TO_DO,
} from './decision.ts';
import type { NewEvent } from './events.ts';
import type { Ticket } from './state.ts';

/** More than anybody comes for at once. */
export const MAX_LATER_BUSINESSES = 5;

/** Its businesses can still change: it is not over. */
function refuseEnded(state: ConfiguredState, ticketId: string): ReturnType<typeof fail> | Ticket {
  const ticket = state.tickets.get(ticketId);
  if (!ticket) return fail('T803');
  return ticket.status === 'done' || ticket.status === 'no-show'
    ? fail('T804', { number: ticket.number, status: ticket.status })
    : ticket;
}

/** TK10: one more business on the same ticket. */
const addBusiness: Handler<'add-business'> = (state, { args }) => {
  const ticket = refuseEnded(state, args.ticketId);
  if ('ok' in ticket) return ticket;
  if (!findBusiness(state.document, args.businessId)) return fail('T801', { business: args.businessId });
  const { laterBusinessIds } = ticket.visit;
  if (args.businessId === ticket.businessId || laterBusinessIds.includes(args.businessId))
    return NOTHING_TO_DO;
  if (laterBusinessIds.length >= MAX_LATER_BUSINESSES) return fail('T876', { number: ticket.number });
  return accept([{ type: 'business-added', data: args }]);
};

const removeBusiness: Handler<'remove-business'> = (state, { args }) => {
  const ticket = refuseEnded(state, args.ticketId);
  if ('ok' in ticket) return ticket;
  return ticket.visit.laterBusinessIds.includes(args.businessId)
    ? accept([{ type: 'business-removed', data: args }])
    : NOTHING_TO_DO;
};

/**
 * TK10: the present business is done and the next one begins, at this counter if it can serve it, else in its own
 * queue by original arrival. Leaving the counter is a finish there, so it prompts for a rating (RT1); staying is
 * one transaction, asked about at its end.
 */
const startNextBusiness: Handler<'start-next-business'> = (state, command, context) => {
  const { counterId, ticketId, businessId } = command.args;
  const found = findTicketInHand(state, command, ['serving']);
  if (!found.ok) return found;
  const { ticket, counter } = found.value;
  if (ticket.businessId === businessId) return NOTHING_TO_DO;
  if (!ticket.visit.laterBusinessIds.includes(businessId)) return fail('T871', { number: ticket.number });
  const stays = isServedAt(state.document, counterId, businessId);
  const finished: NewEvent = {
    type: 'business-finished',
    data: { ticketId, counterId, businessId: ticket.businessId, nextBusinessId: businessId, stays },
  };
  if (stays) return accept([finished]);
  if (ticket.visit.isWalkIn) return fail('T872', { number: '' });
  const business = findBusiness(state.document, businessId);
  if (!business) return fail('T801', { business: businessId });
  if (counter.openRating) return fail('T814');
  const prompts = ticket.rated ? [] : promptEvents(state, counter, ticket, context);
  const { queueId } = business;
  return accept([
    finished,
    ...prompts,
    {
      type: 'ticket-transferred',
      data: {
        ticketId,
        fromCounterId: counterId,
        queueId,
        forCounterId: null,
        position: 'arrival',
        note: '',
      },
    },
  ]);
};

/** CS9: served without a call, and on record as that. */
const startWalkIn: Handler<'start-walk-in'> = (state, command, context) => {
  const { counterId, businessId } = command.args;
  const own = findOwnCounter(state, command, counterId);
  if (!own.ok) return own;
  if (own.value.status !== 'open') return fail('T807', { counter: counterId });
  if (own.value.ticketId !== null) return fail('T806', { counter: counterId });
  const business = findBusiness(state.document, businessId);
  const queue = business && findQueue(state.document, business.queueId);
  if (!business || !queue) return fail('T801', { business: businessId });
  const ticketId = context.newId();
  const { id: queueId, classId } = queue;
  const progressToken = context.newId();
  return accept(
    [
      {
        type: 'walk-in-started',
        data: { ticketId, counterId, businessId, queueId, classId, progressToken },
      },
    ],
    { ticketId },
  );
};

export const decideBusinesses = {
  'add-business': addBusiness,
  'remove-business': removeBusiness,
  'start-next-business': startNextBusiness,
  'start-walk-in': startWalkIn,
};
