import { businessDayOf } from '../queue/business-day.ts';
import type { BranchEvent, EventType } from './events.ts';
import { type BranchState, counterOf, isNumberGiven, type TicketStatus } from './state.ts';

/**
 * What becomes of a late event (BR6). `stale`: out of date, of no further use to anybody. `conflict`: it contradicts
 * what happened at the present host, so that a person has to know of it (CS5).
 */
export type LateVerdict = 'takes-effect' | 'stale' | 'conflict';

type LateRule<T extends EventType> = (state: BranchState, event: BranchEvent<T>) => LateVerdict;

const takesEffect = () => 'takes-effect' as const;
const isStale = () => 'stale' as const;
const isConflict = () => 'conflict' as const;
const when = (holds: boolean, otherwise: 'stale' | 'conflict' = 'conflict'): LateVerdict =>
  holds ? 'takes-effect' : otherwise;

/** Of a ticket that the present host knows in one of these states; with a counter, in hand at that very one. */
function ofTicket(
  statuses: readonly TicketStatus[],
  otherwise: 'stale' | 'conflict' = 'conflict',
): LateRule<EventType> {
  return (state, { data }) => {
    const { ticketId, counterId } = data as { ticketId?: string; counterId?: string };
    const ticket = state.tickets.get(ticketId ?? '');
    if (ticket === undefined || !statuses.includes(ticket.status)) return otherwise;
    return when(counterId === undefined || ticket.counterId === counterId, otherwise);
  };
}

const ANY: readonly TicketStatus[] = ['waiting', 'called', 'serving', 'parked', 'done', 'no-show'];

/** In hand at this counter, as the counter knows it too. */
function inHand(statuses: readonly TicketStatus[]): LateRule<EventType> {
  const known = ofTicket(statuses);
  return (state, event) => {
    const { ticketId, counterId } = event.data as { ticketId: string; counterId: string };
    if (known(state, event) !== 'takes-effect') return 'conflict';
    return when(counterOf(state, counterId).ticketId === ticketId);
  };
}

const LATE_RULES: { readonly [T in EventType]: LateRule<T> } = {
  // What is in force at the present host stays in force.
  'bank-document-applied': isConflict,
  'bank-document-proposed': isConflict,
  'bank-document-withdrawn': isConflict,
  'password-set': isConflict,
  'business-day-started': isStale,
  'device-health-changed': (state, { data, at }) =>
    when((state.devices.get(data.deviceId)?.since ?? 0) < at, 'stale'),
  'device-settings-changed': isStale,
  'epoch-raised': isStale,
  'standby-named': isStale,
  'standby-leaving': isStale,
  'standby-left': isStale,
  'late-events-merged': isStale,
  // A host gives none before everybody's last word is known, so nobody else can have got it.
  'number-block-given': ({ stations }, { data: { toStation, first, last } }) =>
    when(
      [...stations.ownNumbers].every(([station, own]) =>
        station === toStation ? false : own.last < first || own.first > last,
      ),
    ),
  'kept-deed-set-aside': takesEffect,

  // Sessions and places are held with the present host.
  'staff-signed-in': isStale,
  'staff-signed-out': isStale,
  'sign-in-failed': isStale,
  'counter-opened': isStale,
  'counter-paused': isStale,
  'counter-resumed': isStale,
  'counter-closed': isStale,

  'ticket-issued': (state, { data }) => {
    const isGiven = isNumberGiven(state, data.number);
    const isQueue = state.document?.queues.some(({ id }) => id === data.queueId) === true;
    return when(isQueue && !isGiven && !state.tickets.has(data.ticketId));
  },
  'ticket-print-requested': ofTicket(ANY, 'stale'),
  'ticket-print-reported': ofTicket(ANY, 'stale'),

  // CS5: a call counts only where nobody was called in its place.
  'ticket-called': (state, { data }) => {
    const { status } = state.tickets.get(data.ticketId) ?? {};
    const counter = counterOf(state, data.counterId);
    const isFree = counter.ticketId === null && counter.status !== 'closed';
    return when((status === 'waiting' || status === 'parked') && isFree);
  },
  'ticket-recalled': inHand(['called']),
  'ticket-no-show': inHand(['called']),
  'no-show-returned': ofTicket(['no-show']),
  'service-started': inHand(['called']),
  'service-finished': inHand(['serving']),
  'finish-undone': (state, { data }) => {
    const { lastFinish, ticketId } = counterOf(state, data.counterId);
    return when(ticketId === null && lastFinish?.ticketId === data.ticketId);
  },
  'ticket-unserved': ofTicket(['waiting', 'parked']),

  'ticket-transferred': (state, event) => {
    const { fromCounterId, ticketId } = event.data;
    if (fromCounterId === null) return ofTicket(['waiting', 'parked'])(state, event);
    return when(counterOf(state, fromCounterId).ticketId === ticketId);
  },
  'ticket-parked': inHand(['called', 'serving']),
  'paper-ticked': ofTicket(['parked']),
  'ticket-ready': ofTicket(['parked']),
  'business-added': ofTicket(ANY),
  'business-removed': ofTicket(ANY),
  'business-finished': inHand(['serving']),
  'walk-in-started': (state, { data }) => {
    const { ticketId, status } = counterOf(state, data.counterId);
    return when(ticketId === null && status !== 'closed');
  },
  'cue-raised': takesEffect,
  'cue-handled': takesEffect,

  'ticket-left': ofTicket(['waiting', 'parked']),
  'left-taken-back': (state, { data }) => when(state.floor.left.has(data.ticketId)),
  'ticket-moved': ofTicket(['waiting']),
  'care-set': ofTicket(['waiting']),
  'counter-asked-to-open': isStale,
  'colleague-called': isStale,
  'ask-answered': isStale,
  'incident-noted': takesEffect,
  'incident-handled': takesEffect,

  'customer-diverted': takesEffect,
  'self-service-state-changed': (state, { data, at }) =>
    when((state.selfService.get(data.machineId)?.since ?? 0) < at, 'stale'),
  'appointment-booked': (state, { data }) => when(!state.appointments.has(data.appointmentId)),
  'appointment-cancelled': (state, { data }) => when(state.appointments.has(data.appointmentId), 'stale'),
  'appointment-missed': (state, { data }) => when(state.appointments.has(data.appointmentId), 'stale'),

  'rating-prompted': (state, { data }) => when(counterOf(state, data.counterId).openRating === null, 'stale'),
  'rating-given': takesEffect,
  'rating-closed': takesEffect,
  'bad-rating-handled': takesEffect,
};

/** What outlives the day it happened on. */
const ANY_DAY: ReadonlySet<EventType> = new Set([
  'number-block-given',
  'kept-deed-set-aside',
  'cue-raised',
  'cue-handled',
  'incident-noted',
  'incident-handled',
  'device-health-changed',
  'self-service-state-changed',
  'appointment-booked',
  'appointment-cancelled',
  'rating-given',
  'bad-rating-handled',
  'bank-document-applied',
  'bank-document-proposed',
  'bank-document-withdrawn',
  'password-set',
]);

/** BR6: whether a late event still takes effect in the state as it is when its turn comes. Pure. */
export function lateVerdict(state: BranchState, event: BranchEvent): LateVerdict {
  const { document, businessDay } = state;
  const isOfToday = document !== null && businessDayOf(event.at, document.branch.timeZone) === businessDay;
  if (!isOfToday && !ANY_DAY.has(event.type)) return 'stale';
  const rule = LATE_RULES[event.type] as LateRule<EventType>;
  return rule(state, event);
}
