import { assertNever } from '../wire/result.ts';
import type { BranchEvent } from './events.ts';
import { countCall } from './evolve-calls.ts';
import { legWaitMs } from './evolve-serving.ts';
import type { BranchState, Ticket, TicketCall } from './state.ts';
import { withEntry, withEntryWithoutOver } from './state-maps.ts';
import { NEW_VISIT } from './ticket-visit.ts';

type TicketEvent = BranchEvent<
  | 'ticket-issued'
  | 'ticket-print-requested'
  | 'ticket-print-reported'
  | 'ticket-called'
  | 'ticket-recalled'
  | 'ticket-no-show'
  | 'no-show-returned'
  | 'service-started'
  | 'service-finished'
  | 'finish-undone'
>;

/** A finished ticket stays this long: the finish can be taken back and its rating may still arrive. */
const DONE_KEPT_MS = 10 * 60_000;

/** The part of `evolve` that concerns one ticket. An event of a ticket no longer in the state changes nothing. */
export function evolveTicket(state: BranchState, event: TicketEvent): BranchState {
  if (event.type === 'ticket-issued') {
    const named = ticketsNamedByCounters(state);
    const tickets = withEntryWithoutOver(
      state.tickets,
      event.data.ticketId,
      issuedTicket(state, event),
      ticket => isOver(state, ticket, event.at) && !named.has(ticket.ticketId),
    );
    return { ...state, tickets };
  }
  const ticket = state.tickets.get(event.data.ticketId);
  if (!ticket) return state;
  const counted = event.type === 'ticket-called' ? countCall(state, ticket, event) : state.tickets;
  return { ...state, tickets: withEntry(counted, ticket.ticketId, changeTicket(ticket, event)) };
}

function issuedTicket(state: BranchState, { data, at }: BranchEvent<'ticket-issued'>): Ticket {
  const {
    ticketId,
    number,
    queueId,
    businessId,
    classId,
    language,
    largeType,
    progressToken,
    ahead,
    estimate,
  } = data;
  return {
    ticketId,
    number,
    queueId,
    businessId,
    classId,
    language,
    largeType,
    progressToken,
    ahead,
    estimate,
    arrival: state.arrivals,
    issuedAt: at,
    // TK8: who comes before the agreed time waits from that time on.
    queuedAt: Math.max(at, data.appointment?.startsAt ?? at),
    status: 'waiting',
    statusSince: at,
    counterId: null,
    call: null,
    print: { jobId: null, status: 'none', code: null, copies: 0 },
    readyAt: null,
    appointmentAt: data.appointment?.startsAt ?? null,
    customer: data.customer,
    priorityReasonId: data.priority?.reasonId ?? null,
    onlyCounterId: null,
    overtakes: 0,
    returnsAfterCalls: null,
    rated: false,
    visit: NEW_VISIT,
    ...(data.kept ? { kept: true as const } : {}),
  };
}

function changeTicket(ticket: Ticket, event: Exclude<TicketEvent, BranchEvent<'ticket-issued'>>): Ticket {
  const { at } = event;
  switch (event.type) {
    case 'ticket-print-requested': {
      const copies = ticket.print.copies + 1;
      return { ...ticket, print: { jobId: event.data.jobId, status: 'waiting', code: null, copies } };
    }
    case 'ticket-print-reported':
      return { ...ticket, print: { ...ticket.print, status: event.data.outcome, code: event.data.code } };
    case 'ticket-called': {
      const { counterId, gate, passed, chosen } = event.data;
      const call: TicketCall = {
        gate,
        passedCount: passed.length,
        choiceReasonId: chosen?.reasonId ?? null,
        waitMs: legWaitMs(ticket, at),
        calledAt: at,
        recalls: 0,
      };
      const inHand = { status: 'called', statusSince: at, counterId, call } as const;
      return { ...ticket, ...inHand, returnsAfterCalls: null, readyAt: null, onlyCounterId: null };
    }
    case 'ticket-recalled':
      // The wait counts to the last call (KPI dictionary).
      return ticket.call
        ? {
            ...ticket,
            call: { ...ticket.call, recalls: event.data.recall, waitMs: legWaitMs(ticket, at) },
          }
        : ticket;
    case 'ticket-no-show':
      return { ...ticket, status: 'no-show', statusSince: at, counterId: null };
    case 'no-show-returned': {
      const returned = { status: 'waiting', statusSince: at, queuedAt: at, call: null } as const;
      return { ...ticket, ...returned, returnsAfterCalls: event.data.afterCalls };
    }
    case 'service-started':
      return { ...ticket, status: 'serving', statusSince: at };
    case 'service-finished':
      return { ...ticket, status: 'done', statusSince: at };
    case 'finish-undone':
      return { ...ticket, status: 'serving', statusSince: at };
    default:
      return assertNever(event);
  }
}

/** Tickets a counter may still come back to, whatever the clock says: to take a finish back, to be rated. */
function ticketsNamedByCounters(state: BranchState): ReadonlySet<string | undefined> {
  return new Set(
    [...state.counters.values()].flatMap(({ lastFinish, openRating }) => [
      lastFinish?.ticketId,
      openRating?.ticketId,
    ]),
  );
}

function isOver(state: BranchState, ticket: Ticket, now: number): boolean {
  const age = now - ticket.statusSince;
  if (ticket.status === 'done') return age > DONE_KEPT_MS;
  if (ticket.status === 'no-show') return age > (state.document?.limits.noShowReturnMs ?? 0);
  return false;
}
