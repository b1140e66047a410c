import type { BranchEvent } from '../branch/events.ts';
import type { DayFigures, Leg } from './day-figures.ts';

/** Starts a new leg of a ticket; the one before keeps what it has. */
type StartLeg = (figures: DayFigures, ticketId: string, queuedAt: number) => Leg;

/**
 * The part of `addEvent` that concerns transfers, parking, several businesses and walk-ins: each leg has its own
 * wait, from entering its queue to its last call (KPI dictionary), so nothing of a visit's wait is lost (CS6).
 * @returns whether the event was one of these
 */
export function addServingEvent(figures: DayFigures, event: BranchEvent, startLeg: StartLeg): boolean {
  const { type, data, at } = event;
  switch (type) {
    case 'walk-in-started': {
      figures.walkInTickets.add(data.ticketId);
      Object.assign(startLeg(figures, data.ticketId, at), { isWalkIn: true, startedAt: at });
      return true;
    }
    case 'ticket-transferred': {
      const leg = figures.currentLegByTicket.get(data.ticketId);
      // A leg that is done was transferred for its next business; nobody sent it away.
      if (leg && leg.finishedAt === null) {
        leg.ended = 'transferred';
        figures.transfers++;
      }
      startLeg(figures, data.ticketId, at);
      return true;
    }
    case 'ticket-parked': {
      const leg = figures.currentLegByTicket.get(data.ticketId);
      if (leg) leg.ended = 'parked';
      figures.parkings++;
      return true;
    }
    case 'ticket-ready':
      startLeg(figures, data.ticketId, at);
      return true;
    case 'business-finished': {
      const leg = figures.currentLegByTicket.get(data.ticketId);
      if (leg) leg.finishedAt = at;
      if (!leg || !data.stays) return true;
      leg.goesOn = true;
      Object.assign(startLeg(figures, data.ticketId, at), { isWalkIn: leg.isWalkIn, startedAt: at });
      return true;
    }
    default:
      return false;
  }
}

/** The leg a rating belongs to: that of its prompt, also when the customer is already in the next queue. */
export function legOfRating(
  figures: DayFigures,
  event: BranchEvent<'rating-prompted' | 'rating-given' | 'rating-closed'>,
): Leg | undefined {
  const { ratingId, ticketId } = event.data;
  const leg = figures.legByRating.get(ratingId) ?? figures.currentLegByTicket.get(ticketId);
  if (event.type === 'rating-prompted' && leg) figures.legByRating.set(ratingId, leg);
  return leg;
}
