import { dayStartDocumentEvents } from '../documents/decide-documents.ts';
import { businessDayOf } from '../queue/business-day.ts';
import { accept, type ConfiguredState, type Handler, NOTHING_TO_DO } from './decision.ts';
import type { NewEvent } from './events.ts';

/** Open tickets end as unserved, counters close and sessions end: what a new business day does to the old one. */
function endDayEvents(state: ConfiguredState): NewEvent[] {
  const events: NewEvent[] = [];
  for (const counter of state.counters.values()) {
    const { counterId, openRating } = counter;
    if (openRating) {
      const { ratingId, ticketId, staffNumber } = openRating;
      events.push({
        type: 'rating-closed',
        data: { ratingId, ticketId, counterId, staffNumber, outcome: 'unrated' },
      });
    }
  }
  for (const ticket of state.tickets.values())
    if (ticket.status !== 'done' && ticket.status !== 'no-show')
      events.push({ type: 'ticket-unserved', data: { ticketId: ticket.ticketId } });
  for (const counter of state.counters.values())
    if (counter.status !== 'closed')
      events.push({ type: 'counter-closed', data: { counterId: counter.counterId, reason: 'day-ended' } });
  for (const { sessionId, staffNumber } of state.sessions.values())
    events.push({ type: 'staff-signed-out', data: { sessionId, staffNumber, reason: 'day-ended' } });
  return events;
}

/**
 * What has to be recorded before anything else when the calendar day of the branch has changed; empty on the
 * same day, and when the clock went back to an earlier one (numbers never restart twice, TK3).
 */
export function startDayEvents(state: ConfiguredState, now: number): NewEvent[] {
  const businessDay = businessDayOf(now, state.document.branch.timeZone);
  if (state.businessDay !== null && businessDay <= state.businessDay) return [];
  const ended = state.businessDay === null ? [] : endDayEvents(state);
  return [
    ...ended,
    { type: 'business-day-started', data: { businessDay } },
    ...dayStartDocumentEvents(state, now),
  ];
}

/** The work is done by `startDayEvents`, which every command brings along. */
const startBusinessDay: Handler<'start-business-day'> = () => NOTHING_TO_DO;

const changeDeviceHealth: Handler<'change-device-health'> = (state, { args }) => {
  const known = state.devices.get(args.deviceId);
  const same =
    known?.kind === args.kind &&
    known.counterId === args.counterId &&
    known.health.status === args.health.status &&
    known.health.code === args.health.code;
  return same ? NOTHING_TO_DO : accept([{ type: 'device-health-changed', data: args }]);
};

/** HW7, ID3: who changed which devices. The settings themselves are the station's own and stay there. */
const recordDeviceSettings: Handler<'record-device-settings'> = (_state, { args }) =>
  accept([{ type: 'device-settings-changed', data: args }]);

export const decideBranch = {
  'record-device-settings': recordDeviceSettings,
  'start-business-day': startBusinessDay,
  'change-device-health': changeDeviceHealth,
};
