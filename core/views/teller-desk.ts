import { checklistOf, isServedAt } from '../branch/decide-visit.ts';
import { type ConfiguredState, findBusiness } from '../branch/decision.ts';
import { type CounterState, counterOf, type Ticket } from '../branch/state.ts';
import type { TellerDay } from '../figures/teller-day.ts';
import { openCountersFor, waitingIn } from '../queue/estimate.ts';
import { callableAt, rulesOf } from '../queue/next-call.ts';
import { chooseNext } from '../queue/policy.ts';
import type { TellerDesk } from '../wire/views-serving.ts';
import { businessName, counterName, ticketsInState } from './shared.ts';

/** How far ahead the window looks: more would not come true anyway. */
const UPCOMING = 5;

/** The teller's full window for one counter, without identity or class of anybody not yet called (CS4). */
export function tellerDesk(
  state: ConfiguredState,
  counter: CounterState,
  day: TellerDay,
  now: number,
): TellerDesk {
  const { document } = state;
  const { counterId } = counter;
  const inHand = counter.ticketId === null ? undefined : state.tickets.get(counter.ticketId);
  return {
    visit: inHand ? visitOf(state, inHand, counterId) : null,
    queues: document.queues.map(({ id, name }) => ({
      queueId: id,
      name,
      openCounters: openCountersFor(state, document, id),
      waiting: waitingIn(state, id),
    })),
    counters: document.counters
      .filter(({ id }) => id !== counterId && counterOf(state, id).staffNumber !== null)
      .map(({ id, name }) => ({ counterId: id, name, isFree: isFree(counterOf(state, id)) })),
    businesses: document.businesses.map(({ id, name }) => ({
      id,
      name,
      isServedHere: isServedAt(document, counterId, id),
    })),
    cues: document.serving.cues.map(({ id, name, signs, advice, actions }) => ({
      id,
      name,
      signs,
      advice,
      actions,
    })),
    sayings: sayingsOf(state, counter, inHand, now),
    upcoming: upcomingOf(state, counterId, now),
    parked: ticketsInState(state, 'parked')
      .filter(({ visit }) => visit.parking?.counterId === counterId)
      .map(parkedLine(state)),
    day: {
      served: day.served,
      walkIns: day.walkIns,
      averageServiceMs: day.timed === 0 ? null : day.serviceMs / day.timed,
      rated: day.rated,
      unrated: day.unrated,
      satisfaction: day.rated === 0 ? null : day.satisfied / day.rated,
    },
    finishes: day.finishes.map(({ businessId, levelId, ...finish }) => ({
      ...finish,
      business: businessName(document, businessId),
      level: document.ratingLevels.find(level => level.id === levelId)?.name ?? null,
    })),
  };
}

const isFree = ({ status, ticketId }: CounterState) => status === 'open' && ticketId === null;

function visitOf({ document }: ConfiguredState, ticket: Ticket, counterId: string): TellerDesk['visit'] {
  const { visit, call, businessId } = ticket;
  const nameOf = (id: string | null) => (id === null ? null : counterName(document, id));
  const business = (id: string, status: 'done' | 'now' | 'later') => ({
    id,
    name: businessName(document, id),
    status,
    isServedHere: isServedAt(document, counterId, id),
  });
  const done = visit.legs.filter(leg => leg.end === 'done').map(leg => business(leg.businessId, 'done'));
  return {
    isWalkIn: visit.isWalkIn,
    waitedMs: visit.earlierWaitMs + (call?.waitMs ?? 0),
    businesses: [
      ...done,
      business(businessId, 'now'),
      ...visit.laterBusinessIds.map(id => business(id, 'later')),
    ],
    legs: visit.legs.map(({ businessId: id, counterId: at, ...leg }) => ({
      ...leg,
      business: businessName(document, id),
      counterName: nameOf(at),
    })),
    notes: visit.notes.map(({ at, counterId: from, text }) => ({ at, counterName: nameOf(from), text })),
    missing: [...(visit.parking?.missing ?? [])],
    checklist: checklistOf(document, businessId),
  };
}

function parkedLine({ document }: ConfiguredState) {
  return ({ ticketId, number, businessId, statusSince, visit }: Ticket): TellerDesk['parked'][number] => {
    const missing = visit.parking?.missing ?? [];
    return {
      ticketId,
      number,
      business: businessName(document, businessId),
      since: statusSince,
      missing: missing.length,
      here: missing.filter(paper => paper.isHere).length,
    };
  };
}

/** CS12 四声: greeting; cash read back in and out, or the details; farewell. */
export function sayingsOf(
  { document }: ConfiguredState,
  counter: CounterState,
  inHand: Ticket | undefined,
  now: number,
): TellerDesk['sayings'] {
  const { texts, limits } = document;
  const { openRating, lastFinish } = counter;
  const isServing = inHand?.status === 'serving';
  const hasJustFinished = lastFinish !== null && now - lastFinish.at < limits.undoFinishMs;
  const isEnding = !inHand && (openRating !== null || hasJustFinished);
  const isCash = inHand !== undefined && findBusiness(document, inHand.businessId)?.cash === true;
  return [
    { stage: 'greeting', text: texts.sayingGreeting, isNow: !isServing && !isEnding },
    { stage: 'cash-in', text: texts.sayingCashIn, isNow: isServing && isCash },
    { stage: 'cash-out', text: texts.sayingCashOut, isNow: isServing && isCash },
    { stage: 'details', text: texts.sayingServing, isNow: isServing && !isCash },
    { stage: 'farewell', text: texts.sayingFarewell, isNow: isEnding },
  ];
}

/** The next calls played forward by the counter's own policy; a round of its ratio gate is not played on. */
function upcomingOf(state: ConfiguredState, counterId: string, now: number): TellerDesk['upcoming'] {
  const rules = rulesOf(state, counterId, now);
  if (!rules) return [];
  let waiting = callableAt(state, counterId);
  const upcoming: TellerDesk['upcoming'] = [];
  while (upcoming.length < UPCOMING) {
    const choice = chooseNext(waiting, rules);
    if (!choice) break;
    const { ticket, gate, passed } = choice;
    const business = businessName(state.document, ticket.businessId);
    upcoming.push({ number: ticket.number, business, gate, passedCount: passed.length });
    waiting = waiting.filter(other => other !== ticket);
  }
  return upcoming;
}
