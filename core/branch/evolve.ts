import { numberToPrefix, numberToValue, withNumber } from '../queue/numbers.ts';
import { failureCount } from '../staff/decide-staff.ts';
import { assertNever } from '../wire/result.ts';
import type { BranchEvent, EventType } from './events.ts';
import { evolveArrival, useUpArrival } from './evolve-arrival.ts';
import { countRatioCall } from './evolve-calls.ts';
import { evolveDocument } from './evolve-documents.ts';
import { answerByOpening, evolveLobby, floorOfNewDay } from './evolve-lobby.ts';
import { evolveRating, withoutSilence } from './evolve-rating.ts';
import { evolveServing, releaseReserved } from './evolve-serving.ts';
import { evolveStations } from './evolve-stations.ts';
import { evolveTicket } from './evolve-ticket.ts';
import { withPlaceByTime } from './kept-place.ts';
import { type BranchState, type CounterState, counterOf } from './state.ts';
import { withEntry, withoutEntry } from './state-maps.ts';
import { stationsOfNewDay } from './stations-state.ts';

/**
 * What a recorded fact makes of the state. Pure, and total: every event that `decide` ever produced can be
 * replayed, in order, on any machine, to the same state.
 */
export function evolve(state: BranchState, event: BranchEvent): BranchState {
  switch (event.type) {
    case 'bank-document-applied':
    case 'bank-document-proposed':
    case 'bank-document-withdrawn':
    case 'password-set':
      return evolveDocument(state, event);
    case 'business-day-started':
      return {
        ...state,
        businessDay: event.data.businessDay,
        lastNumberByPrefix: new Map(),
        numberRuns: new Map(),
        stations: stationsOfNewDay(state.stations),
        issuedByHalfHour: new Map(),
        tickets: new Map(),
        ratioCalls: new Map(),
        recentCalls: [],
        floor: floorOfNewDay(state.floor),
        recentRatings: state.recentRatings.filter(rating => rating.bad && rating.handledNote === null),
      };
    case 'device-health-changed': {
      const { deviceId, kind, counterId, health } = event.data;
      return {
        ...state,
        devices: withEntry(state.devices, deviceId, { deviceId, kind, counterId, health, since: event.at }),
      };
    }

    case 'epoch-raised':
    case 'standby-named':
    case 'standby-leaving':
    case 'standby-left':
    case 'number-block-given':
    case 'kept-deed-set-aside':
    case 'late-events-merged':
      return evolveStations(state, event, evolve);

    case 'device-settings-changed': {
      const gone = event.data.changes.filter(({ change }) => change === 'removed');
      return {
        ...state,
        devices: gone.reduce((rest, { deviceId }) => withoutEntry(rest, deviceId), state.devices),
      };
    }

    case 'staff-signed-in': {
      const { sessionId, staffNumber } = event.data;
      const session = { sessionId, staffNumber, station: event.station, signedInAt: event.at };
      return {
        ...state,
        sessions: withEntry(state.sessions, sessionId, session),
        signInFailures: withoutEntry(state.signInFailures, staffNumber),
      };
    }
    case 'staff-signed-out':
      return { ...state, sessions: withoutEntry(state.sessions, event.data.sessionId) };
    case 'sign-in-failed': {
      const { staffNumber, lockedUntil } = event.data;
      const failures = { count: failureCount(state, staffNumber) + 1, lockedUntil };
      return { ...state, signInFailures: withEntry(state.signInFailures, staffNumber, failures) };
    }

    case 'counter-opened':
      return changeCounter(answeredByOpening(state, event), event, {
        status: 'open',
        statusSince: event.at,
        staffNumber: event.data.staffNumber,
        lastFinish: null,
        lastRating: null,
      });
    case 'counter-paused':
      return changeCounter(state, event, {
        status: 'paused',
        statusSince: event.at,
        pauseReasonId: event.data.reasonId,
      });
    case 'counter-resumed':
      return changeCounter(answeredByOpening(state, event), event, {
        status: 'open',
        statusSince: event.at,
        pauseReasonId: null,
      });
    case 'counter-closed':
      return releaseReserved(
        changeCounter(state, event, {
          status: 'closed',
          statusSince: event.at,
          staffNumber: null,
          pauseReasonId: null,
          ticketId: null,
          lastFinish: null,
        }),
        event.data.counterId,
      );

    case 'ticket-issued': {
      const [prefix, value] = [numberToPrefix(event.data.number), numberToValue(event.data.number)];
      const highest = Math.max(state.lastNumberByPrefix.get(prefix) ?? value, value);
      // A PC's own number says nothing about how far the host has come.
      const lastNumberByPrefix = event.data.kept
        ? state.lastNumberByPrefix
        : withEntry(state.lastNumberByPrefix, prefix, highest);
      const runs = withNumber(state.numberRuns.get(prefix) ?? [], value);
      const numberRuns = withEntry(state.numberRuns, prefix, runs);
      const counted = { ...state, arrivals: state.arrivals + 1, lastNumberByPrefix, numberRuns };
      const issued = evolveTicket({ ...counted, ...useUpArrival(state, event) }, event);
      return event.data.kept ? withPlaceByTime(issued, event.data.ticketId) : issued;
    }
    case 'ticket-called': {
      const { ticketId, counterId } = event.data;
      const number = state.tickets.get(ticketId)?.number ?? '';
      const call = { ticketId, number, counterId, at: event.at, recall: 0 };
      const called = changeCounter(state, event, { ticketId, lastFinish: null });
      const recentCalls = newestCalls(state, call);
      return evolveTicket({ ...called, recentCalls, ratioCalls: countRatioCall(state, event) }, event);
    }
    case 'ticket-recalled': {
      const { ticketId, counterId, recall } = event.data;
      const number = state.tickets.get(ticketId)?.number ?? '';
      const call = { ticketId, number, counterId, at: event.at, recall };
      return evolveTicket({ ...state, recentCalls: newestCalls(state, call) }, event);
    }
    case 'ticket-no-show':
      return evolveTicket(changeCounter(state, event, { ticketId: null, freedAt: event.at }), event);
    case 'service-finished': {
      const lastFinish = { ticketId: event.data.ticketId, at: event.at };
      const freed = { ticketId: null, lastFinish, freedAt: event.at };
      return evolveTicket(changeCounter(state, event, freed), event);
    }
    case 'finish-undone':
      return evolveTicket(
        withoutSilence(
          changeCounter(state, event, { ticketId: event.data.ticketId, lastFinish: null }),
          event.data,
        ),
        event,
      );
    case 'ticket-unserved': {
      const counterId = state.tickets.get(event.data.ticketId)?.counterId;
      const freed = counterId
        ? {
            ...state,
            counters: withEntry(state.counters, counterId, {
              ...counterOf(state, counterId),
              ticketId: null,
            }),
          }
        : state;
      return { ...freed, tickets: withoutEntry(freed.tickets, event.data.ticketId) };
    }
    case 'ticket-print-requested':
    case 'ticket-print-reported':
    case 'no-show-returned':
    case 'service-started':
      return evolveTicket(state, event);

    case 'ticket-transferred':
    case 'ticket-parked':
    case 'paper-ticked':
    case 'ticket-ready':
    case 'business-added':
    case 'business-removed':
    case 'business-finished':
    case 'walk-in-started':
    case 'cue-raised':
    case 'cue-handled':
      return evolveServing(state, event);

    case 'ticket-left':
    case 'left-taken-back':
    case 'ticket-moved':
    case 'care-set':
    case 'counter-asked-to-open':
    case 'colleague-called':
    case 'ask-answered':
    case 'incident-noted':
    case 'incident-handled':
      return evolveLobby(state, event);

    case 'customer-diverted':
    case 'self-service-state-changed':
    case 'appointment-booked':
    case 'appointment-cancelled':
    case 'appointment-missed':
      return evolveArrival(state, event);

    case 'rating-prompted':
    case 'rating-given':
    case 'rating-closed':
    case 'bad-rating-handled':
      return evolveRating(state, event);
    default:
      return assertNever(event);
  }
}

type CounterEvent =
  | BranchEvent<Extract<EventType, `counter-${string}`>>
  | { readonly data: { readonly counterId: string } };

function changeCounter(
  state: BranchState,
  { data }: CounterEvent,
  change: Partial<CounterState>,
): BranchState {
  const counter = { ...counterOf(state, data.counterId), ...change };
  return { ...state, counters: withEntry(state.counters, data.counterId, counter) };
}

/** LB2: an opened window has answered whoever asked for it. */
function answeredByOpening(
  state: BranchState,
  { data }: BranchEvent<'counter-opened' | 'counter-resumed'>,
): BranchState {
  return { ...state, floor: answerByOpening(state.floor, data.counterId) };
}

/** Enough for the lobby screen's list (DV4). */
const RECENT_CALLS = 20;

function newestCalls(
  state: BranchState,
  call: BranchState['recentCalls'][number],
): BranchState['recentCalls'] {
  const others = state.recentCalls.filter(other => other.ticketId !== call.ticketId);
  return [call, ...others].filter(
    ({ counterId, ticketId }, index) =>
      index < RECENT_CALLS || counterOf(state, counterId).ticketId === ticketId,
  );
}
