import type { ConfiguredState } from '../branch/decision.ts';
import { findBusiness, profileOf } from '../branch/decision.ts';
import { type CounterState, counterOf, type Ticket } from '../branch/state.ts';
import { createDayFigures, type DayFigures } from '../figures/day-figures.ts';
import { emptyTellerDay } from '../figures/teller-day.ts';
import { callableAt, nextCall } from '../queue/next-call.ts';
import type { View } from '../wire/views.ts';
import { callReason, chooseTicket } from './call-reason.ts';
import { asksOfCounter } from './lobby-floor.ts';
import type { ProgramFacts } from './program-facts.ts';
import {
  branchHead,
  businessName,
  className,
  counterHead,
  deviceLine,
  MINUTE_MS,
  oldestSince,
  waitLimitMs,
} from './shared.ts';
import { sayingsOf, tellerDesk } from './teller-desk.ts';

/** The teller's bar for one counter. Identity and class stay hidden until the call (CS4). */
export function tellerView(
  state: ConfiguredState,
  counterId: string,
  facts: ProgramFacts,
  figures: DayFigures = createDayFigures(),
): View<'teller'> {
  const { document } = state;
  const counter = counterOf(state, counterId);
  const profile = profileOf(document, counterId);
  const callable = callableAt(state, counterId);
  const choice = nextCall(state, counterId, facts.now);
  const inHand = counter.ticketId === null ? undefined : state.tickets.get(counter.ticketId);
  const limits = profile?.queueIds.map(queueId => waitLimitMs(document, queueId)) ?? [];
  return {
    ...branchHead(document),
    counter: counterHead(state, document, counterId),
    ticket: inHand ? ticketInHand(state, inHand) : null,
    undo: undoOf(state, counter, facts.now),
    rating: ratingOf(state, counter),
    waiting: {
      count: callable.length,
      oldestSince: oldestSince(callable),
      limitMs: Math.min(...limits, 60 * MINUTE_MS),
    },
    next: choice
      ? {
          number: choice.ticket.number,
          business: businessName(document, choice.ticket.businessId),
          gate: choice.gate,
          passedCount: choice.passed.length,
        }
      : null,
    saying: sayingOf(state, counter, inHand, facts.now),
    devices: [...state.devices.values()]
      .filter(device => device.counterId === counterId || device.counterId === null)
      .map(device => deviceLine(device, facts)),
    upload: facts.upload,
    pauseReasons: document.pauseReasons,
    choose: chooseTicket(state, counter),
    asks: asksOfCounter(state, counterId, counter.staffNumber),
    desk: tellerDesk(
      state,
      counter,
      figures.tellers.days.get(counter.staffNumber ?? '') ?? emptyTellerDay(),
      facts.now,
    ),
  };
}

function ticketInHand({ document }: ConfiguredState, ticket: Ticket): View<'teller'>['ticket'] {
  const { call } = ticket;
  const serviceLimitMinutes = findBusiness(document, ticket.businessId)?.serviceLimitMinutes ?? 30;
  return {
    ticketId: ticket.ticketId,
    number: ticket.number,
    business: businessName(document, ticket.businessId),
    customerClass: className(document, ticket.classId),
    status: ticket.status === 'serving' ? 'serving' : 'called',
    since: ticket.statusSince,
    serviceLimitMs: serviceLimitMinutes * MINUTE_MS,
    waitMs: call?.waitMs ?? 0,
    recalls: call?.recalls ?? 0,
    recallsLeft: Math.max(0, document.limits.recalls - (call?.recalls ?? 0)),
    ...callReason(document, call),
  };
}

/** CS10: offered only while it would be accepted. */
function undoOf(state: ConfiguredState, counter: CounterState, now: number): View<'teller'>['undo'] {
  const { lastFinish } = counter;
  if (!lastFinish || counter.ticketId !== null || counter.status === 'closed') return null;
  const until = lastFinish.at + state.document.limits.undoFinishMs;
  const number = state.tickets.get(lastFinish.ticketId)?.number;
  return number === undefined || now > until ? null : { ticketId: lastFinish.ticketId, number, until };
}

function ratingOf(state: ConfiguredState, counter: CounterState): View<'teller'>['rating'] {
  const { openRating, lastRating } = counter;
  if (openRating) {
    const number = state.tickets.get(openRating.ticketId)?.number ?? '';
    return { status: 'open', number, until: openRating.promptedAt + openRating.openMs };
  }
  if (!lastRating) return null;
  const level = state.document.ratingLevels.find(one => one.id === lastRating.levelId)?.name ?? null;
  return { status: lastRating.outcome, number: lastRating.ticketNumber, level, at: lastRating.at };
}

/** CS12: the words for the stage at hand. */
function sayingOf(
  state: ConfiguredState,
  counter: CounterState,
  inHand: Ticket | undefined,
  now: number,
): View<'teller'>['saying'] {
  const saying = sayingsOf(state, counter, inHand, now).find(({ isNow }) => isNow);
  return saying?.text ?? state.document.texts.sayingGreeting;
}
