import type { ConfiguredState } from '../branch/decision.ts';
import { counterOf, type RatingRecord, type Ticket } from '../branch/state.ts';
import { type DayFigures, figureReport, findFigure } from '../figures/day-figures.ts';
import { estimateWait, openCountersFor } from '../queue/estimate.ts';
import { callableAt } from '../queue/next-call.ts';
import type { View } from '../wire/views.ts';
import { alarmsOf } from './alarms.ts';
import { lobbyArrival } from './arrival-views.ts';
import { callReason } from './call-reason.ts';
import { lobbyFloor } from './lobby-floor.ts';
import type { ProgramFacts } from './program-facts.ts';
import {
  branchHead,
  businessName,
  counterHead,
  counterName,
  deviceLine,
  oldestSince,
  ticketsInState,
  waitLimitMs,
} from './shared.ts';

/** LB1: everything the lobby manager steers by, on one screen. */
export function lobbyView(state: ConfiguredState, figures: DayFigures, facts: ProgramFacts): View<'lobby'> {
  const { document } = state;
  const waiting = ticketsInState(state, 'waiting');
  const limits = document.queues.map(queue => waitLimitMs(document, queue.id));
  return {
    ...branchHead(document),
    hall: {
      waiting: waiting.length,
      oldestSince: oldestSince(waiting),
      limitMs: Math.min(...limits),
      openCounters: [...state.counters.values()].filter(counter => counter.status === 'open').length,
      counters: document.counters.length,
    },
    queues: document.queues.map(queue => queueLine(state, queue.id, waiting)),
    counters: document.counters.map(counter => counterLine(state, counter.id)),
    tickets: ticketsInState(state, 'waiting', 'called', 'serving', 'parked', 'no-show')
      .filter(ticket => !ticket.visit.isWalkIn)
      .sort((a, b) => a.queuedAt - b.queuedAt || a.arrival - b.arrival)
      .map(ticket => ticketLine(state, ticket, facts.now)),
    ratings: state.recentRatings.map(rating => ratingLine(state, rating)),
    alarms: alarmsOf(state, facts),
    devices: [...state.devices.values()].map(device => deviceLine(device, facts)),
    upload: facts.upload,
    floor: lobbyFloor(state, facts.now),
    arrival: lobbyArrival(state, figures, facts.now),
    businesses: document.businesses.map(({ id, name }) => ({ id, name })),
    today: todayOf(figures),
  };
}

function queueLine(
  state: ConfiguredState,
  queueId: string,
  waiting: readonly Ticket[],
): View<'lobby'>['queues'][number] {
  const { document } = state;
  const queue = document.queues.find(candidate => candidate.id === queueId);
  const business = document.businesses.find(candidate => candidate.queueId === queueId);
  const here = waiting.filter(ticket => ticket.queueId === queueId);
  return {
    queueId,
    name: queue?.name ?? { zh: queueId, en: queueId },
    prefix: queue?.prefix ?? '',
    waiting: here.length,
    oldestSince: oldestSince(here),
    limitMs: waitLimitMs(document, queueId),
    openCounters: openCountersFor(state, document, queueId),
    estimate: business ? estimateWait(state, document, business) : null,
  };
}

function counterLine(state: ConfiguredState, counterId: string): View<'lobby'>['counters'][number] {
  const { status, ticketId } = counterOf(state, counterId);
  const ticket = ticketId === null ? undefined : state.tickets.get(ticketId);
  const couldServe = callableAt(state, counterId).length > 0;
  return {
    ...counterHead(state, state.document, counterId),
    ticket: ticket
      ? {
          number: ticket.number,
          status: ticket.status === 'serving' ? 'serving' : 'called',
          since: ticket.statusSince,
        }
      : null,
    idleWhileWaiting: status === 'open' && ticketId === null && couldServe,
  };
}

function ticketLine(state: ConfiguredState, ticket: Ticket, now: number): View<'lobby'>['tickets'][number] {
  const { document } = state;
  const { ticketId, number, queueId, queuedAt, statusSince, print } = ticket;
  return {
    ticketId,
    number,
    business: businessName(document, ticket.businessId),
    queueId,
    status: ticket.status === 'done' ? 'serving' : ticket.status,
    since: statusSince,
    queuedAt,
    limitMs: waitLimitMs(document, queueId),
    print: { status: print.status, code: print.code, copies: print.copies },
    returnable: ticket.status === 'no-show' && now - statusSince <= document.limits.noShowReturnMs,
    overtakes: ticket.overtakes,
    call: ticket.call ? callReason(document, ticket.call) : null,
  };
}

function ratingLine(state: ConfiguredState, rating: RatingRecord): View<'lobby'>['ratings'][number] {
  const { ratingId, ticketNumber, counterId, staffNumber, at, outcome, levelId, bad, handledNote } = rating;
  const level = state.document.ratingLevels.find(one => one.id === levelId)?.name ?? null;
  const name = counterName(state.document, counterId);
  return {
    ratingId,
    ticketNumber,
    counterId,
    counterName: name,
    staffNumber,
    at,
    outcome,
    level,
    bad,
    handledNote,
  };
}

function todayOf(figures: DayFigures): View<'lobby'>['today'] {
  const report = figureReport(figures);
  const of = (kpi: Parameters<typeof findFigure>[1]) => findFigure(report, kpi);
  const participation = of('rating-participation');
  return {
    issued: of('tickets-issued').numerator,
    done: of('legs-done').numerator,
    noShows: of('no-show-rate').numerator,
    averageWaitMs: of('average-wait').value,
    longestWaitMs: of('longest-wait').numerator,
    rated: participation.numerator,
    unrated: participation.denominator - participation.numerator,
    keypadAbsent: of('keypad-absent').numerator,
    satisfaction: of('satisfaction').value,
  };
}
