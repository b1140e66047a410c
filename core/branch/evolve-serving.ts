import { assertNever } from '../wire/result.ts';
import type { BranchEvent } from './events.ts';
import type { SERVING_EVENTS } from './events-serving.ts';
import { type BranchState, counterOf, type Ticket } from './state.ts';
import { withEntry } from './state-maps.ts';
import { NEW_VISIT, type TicketVisit, type VisitLeg, type VisitNote } from './ticket-visit.ts';

export type ServingEvent = BranchEvent<keyof typeof SERVING_EVENTS>;
type CueEvent = BranchEvent<'cue-raised' | 'cue-handled'>;

/** More legs or notes than a visit can have; a ticket sent round in circles cannot fill the memory. */
const KEPT = 20;

/** The part of `evolve` that concerns transfers, parking, several businesses, walk-ins and cues. */
export function evolveServing(state: BranchState, event: ServingEvent): BranchState {
  switch (event.type) {
    case 'cue-raised':
    case 'cue-handled':
      return { ...state, cueAlerts: changeAlerts(state, event) };
    case 'walk-in-started':
      return startWalkIn(state, event);
    case 'ticket-transferred':
    case 'ticket-parked':
    case 'ticket-ready':
    case 'paper-ticked':
    case 'business-added':
    case 'business-removed':
    case 'business-finished': {
      const ticket = state.tickets.get(event.data.ticketId);
      if (!ticket) return state;
      const left = event.type === 'ticket-transferred' || event.type === 'ticket-parked';
      const freed = left ? freeCounter(state, ticket, event.at) : state;
      // Everybody who comes to the back of a queue takes a new place in the line.
      const moved = event.type === 'ticket-transferred' && event.data.position === 'back';
      const changed = withEntry(freed.tickets, ticket.ticketId, changeTicket(state, ticket, event));
      return { ...freed, arrivals: state.arrivals + (moved ? 1 : 0), tickets: changed };
    }
    default:
      return assertNever(event);
  }
}

/** A counter that closes keeps nobody waiting for itself alone. */
export function releaseReserved(state: BranchState, counterId: string): BranchState {
  let { tickets } = state;
  for (const ticket of tickets.values())
    if (ticket.onlyCounterId === counterId)
      tickets = withEntry(tickets, ticket.ticketId, { ...ticket, onlyCounterId: null });
  return { ...state, tickets };
}

/** The wait of a ticket's present leg up to `at`, in milliseconds: from where its leg, not its visit, began. */
export function legWaitMs({ queuedAt, visit }: Ticket, at: number): number {
  return Math.max(0, at - Math.max(queuedAt, visit.legQueuedAt ?? 0));
}

function freeCounter(state: BranchState, { ticketId, counterId }: Ticket, at: number): BranchState {
  if (counterId === null) return state;
  const counter = counterOf(state, counterId);
  if (counter.ticketId !== ticketId) return state;
  return {
    ...state,
    counters: withEntry(state.counters, counterId, { ...counter, ticketId: null, freedAt: at }),
  };
}

type VisitEvent = Exclude<ServingEvent, CueEvent | BranchEvent<'walk-in-started'>>;

function changeTicket(state: BranchState, ticket: Ticket, event: VisitEvent): Ticket {
  const { visit } = ticket;
  const { at } = event;
  switch (event.type) {
    case 'ticket-transferred': {
      const { queueId, forCounterId, fromCounterId, position, note } = event.data;
      const noted = withNote(endLeg(ticket, at, 'transferred'), { at, counterId: fromCounterId, text: note });
      const isBack = position === 'back';
      return {
        ...ticket,
        ...WAITING_AGAIN,
        statusSince: at,
        queueId,
        onlyCounterId: forCounterId,
        queuedAt: isBack ? at : ticket.queuedAt,
        arrival: isBack ? state.arrivals + 1 : ticket.arrival,
        readyAt: position === 'front' ? at : null,
        visit: { ...noted, legQueuedAt: at, parking: null },
      };
    }
    case 'ticket-parked': {
      const { counterId, missing, note } = event.data;
      const papers = missing.map(paper => ({ ...paper, isHere: false }));
      const ended = withNote(endLeg(ticket, at, 'parked'), { at, counterId, text: note });
      const parked = { ...ended, parking: { counterId, at, missing: papers, note } };
      return { ...ticket, ...WAITING_AGAIN, status: 'parked', statusSince: at, visit: parked };
    }
    case 'ticket-ready': {
      const { forCounterId } = event.data;
      const again = { ...WAITING_AGAIN, statusSince: at, onlyCounterId: forCounterId, readyAt: at };
      return { ...ticket, ...again, queuedAt: at, visit: { ...visit, legQueuedAt: at } };
    }
    case 'paper-ticked': {
      const { paperId, isHere } = event.data;
      const { parking } = visit;
      if (!parking) return ticket;
      const missing = parking.missing.map(paper => (paper.id === paperId ? { ...paper, isHere } : paper));
      return { ...ticket, visit: { ...visit, parking: { ...parking, missing } } };
    }
    case 'business-added': {
      const laterBusinessIds = [...visit.laterBusinessIds, event.data.businessId];
      return { ...ticket, visit: { ...visit, laterBusinessIds } };
    }
    case 'business-removed':
      return { ...ticket, visit: withoutBusiness(visit, event.data.businessId) };
    case 'business-finished': {
      const { nextBusinessId, stays } = event.data;
      const done = withoutBusiness(endLeg(ticket, at, 'done'), nextBusinessId);
      // The next leg at the same counter is served at once: it waited for nobody.
      const call = stays && ticket.call ? { ...ticket.call, waitMs: 0 } : null;
      return {
        ...ticket,
        businessId: nextBusinessId,
        statusSince: at,
        call,
        rated: false,
        visit: { ...done, legQueuedAt: at, parking: null },
      };
    }
    default:
      return assertNever(event);
  }
}

const WAITING_AGAIN = {
  status: 'waiting',
  counterId: null,
  call: null,
  onlyCounterId: null,
  returnsAfterCalls: null,
  readyAt: null,
  rated: false,
} as const;

/** The visit with its present leg written down as over. A leg that has just ended is not written twice. */
function endLeg(ticket: Ticket, at: number, end: VisitLeg['end']): TicketVisit {
  const { visit, businessId, counterId, call, status, statusSince } = ticket;
  if (status === 'waiting' || (status === 'serving' && call === null && visit.legs.at(-1)?.endedAt === at))
    return visit;
  const waitMs = call === null ? null : call.waitMs;
  const serviceMs = status === 'serving' ? Math.max(0, at - statusSince) : null;
  const leg: VisitLeg = { businessId, counterId, waitMs, serviceMs, endedAt: at, end };
  return {
    ...visit,
    earlierWaitMs: visit.earlierWaitMs + (waitMs ?? 0),
    legs: [...visit.legs, leg].slice(-KEPT),
  };
}

function withNote(visit: TicketVisit, note: VisitNote): TicketVisit {
  return note.text === '' ? visit : { ...visit, notes: [...visit.notes, note].slice(-KEPT) };
}

function withoutBusiness(visit: TicketVisit, businessId: string): TicketVisit {
  return { ...visit, laterBusinessIds: visit.laterBusinessIds.filter(id => id !== businessId) };
}

/** CS9: a visit without a number, at the counter from its first moment. */
function startWalkIn(state: BranchState, { data, at }: BranchEvent<'walk-in-started'>): BranchState {
  const { ticketId, counterId, businessId, queueId, classId, progressToken } = data;
  const ticket: Ticket = {
    ticketId,
    number: '',
    queueId,
    businessId,
    classId,
    language: 'zh',
    largeType: false,
    progressToken,
    ahead: 0,
    estimate: null,
    arrival: state.arrivals + 1,
    issuedAt: at,
    queuedAt: at,
    status: 'serving',
    statusSince: at,
    counterId,
    call: null,
    print: { jobId: null, status: 'none', code: null, copies: 0 },
    readyAt: null,
    appointmentAt: null,
    onlyCounterId: null,
    overtakes: 0,
    returnsAfterCalls: null,
    rated: false,
    customer: null,
    priorityReasonId: null,
    visit: { ...NEW_VISIT, isWalkIn: true },
  };
  const counter = { ...counterOf(state, counterId), ticketId, lastFinish: null };
  return {
    ...state,
    arrivals: state.arrivals + 1,
    tickets: withEntry(state.tickets, ticketId, ticket),
    counters: withEntry(state.counters, counterId, counter),
  };
}

function changeAlerts(state: BranchState, event: CueEvent): BranchState['cueAlerts'] {
  if (event.type === 'cue-handled')
    return state.cueAlerts.filter(alert => alert.alertId !== event.data.alertId);
  const { ticketId, ...alert } = event.data;
  const ticketNumber = state.tickets.get(ticketId ?? '')?.number ?? '';
  return [{ ...alert, ticketNumber, at: event.at }, ...state.cueAlerts];
}
