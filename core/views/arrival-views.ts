import type { z } from 'zod';
import { openingAt } from '../arrival/opening-hours.ts';
import { usedUpQuota } from '../arrival/quotas.ts';
import { selfServiceOffer } from '../arrival/self-service.ts';
import type { Business } from '../branch/bank-document.ts';
import type { ConfiguredState } from '../branch/decision.ts';
import { type DayFigures, figureReport, findFigure } from '../figures/day-figures.ts';
import { localTimeOf, minuteToText } from '../queue/local-time.ts';
import type { LocalText } from '../wire/fields.ts';
import type { LobbyArrival, OpeningLine, ReasonLine, SelfServiceLine } from '../wire/views-arrival.ts';
import { businessName } from './shared.ts';

/** TK12: opening hours as the kiosk and the lobby manager see them. */
export function openingLine({ document }: ConfiguredState, now: number): z.infer<typeof OpeningLine> {
  const { isOpen, next, dayName } = openingAt(document.calendar, now, document.branch.timeZone);
  return { isOpen, next: next && { date: next.date, time: minuteToText(next.minute) }, dayName };
}

/** TK6: what to do instead of a business whose numbers are gone for now; null while there are some. */
export function insteadOf(state: ConfiguredState, business: Business, now: number): LocalText | null {
  const local = localTimeOf(now, state.document.branch.timeZone);
  return usedUpQuota(business, state.issuedByHalfHour.get(business.id), local)?.instead ?? null;
}

/** TK1 */
export function selfServiceLine(
  state: ConfiguredState,
  business: Business,
): z.infer<typeof SelfServiceLine> | null {
  const offer = selfServiceOffer(state, business);
  if (offer === null) return null;
  const { name, place } = offer.machine;
  return { name, place, minutes: offer.minutes, state: offer.state };
}

/** TK9: reasons to choose from; none where the bank has no class for priority persons. */
export function reasonLines({ document }: ConfiguredState): z.infer<typeof ReasonLine>[] {
  const { priorityClassId, priorityReasons } = document.arrival;
  return priorityClassId === null ? [] : priorityReasons.map(({ id, name }) => ({ id, name }));
}

/** Arrival as the lobby manager sees it: numbers of customers only by their last characters. */
export function lobbyArrival(state: ConfiguredState, figures: DayFigures, now: number): LobbyArrival {
  const { document } = state;
  const reasonName = (reasonId: string | null) =>
    document.arrival.priorityReasons.find(({ id }) => id === reasonId)?.name ?? null;
  return {
    opening: openingLine(state, now),
    machines: document.arrival.selfServiceMachines.map(({ id, name, place }) => {
      const known = state.selfService.get(id);
      return { machineId: id, name, place, state: known?.state ?? 'free', since: known?.since ?? null };
    }),
    appointments: [...state.appointments.values()]
      .sort((a, b) => a.startsAt - b.startsAt || a.code.localeCompare(b.code))
      .map(({ appointmentId, code, businessId, startsAt, contact }) => ({
        appointmentId,
        code,
        businessId,
        business: businessName(document, businessId),
        startsAt,
        contact: contact?.masked ?? null,
      })),
    bookingDaysAhead: document.arrival.bookingDaysAhead,
    priorityReasons: reasonLines(state),
    usedUp: document.businesses.flatMap(business => {
      const instead = insteadOf(state, business, now);
      return instead === null ? [] : [{ businessId: business.id, business: business.name, instead }];
    }),
    tickets: [...state.tickets.values()]
      .filter(
        ({ customer, priorityReasonId, appointmentAt }) => customer ?? priorityReasonId ?? appointmentAt,
      )
      .map(({ ticketId, customer, priorityReasonId, appointmentAt }) => ({
        ticketId,
        customer: customer?.masked ?? null,
        priorityReason: reasonName(priorityReasonId),
        appointmentAt,
      })),
    today: todayOf(figures),
  };
}

function todayOf(figures: DayFigures): LobbyArrival['today'] {
  const report = figureReport(figures);
  return {
    ...figures.arrival,
    identificationRate: findFigure(report, 'identification-rate').value,
    diversionRate: findFigure(report, 'diversion-rate').value,
  };
}
