import type { ConfiguredState } from '../branch/decision.ts';
import { type FloorAsk, LEFT_KEPT_MS } from '../branch/evolve-lobby.ts';
import { findStaff } from '../staff/rights.ts';
import type { LocalText } from '../wire/fields.ts';
import type { AskLine, LobbyFloor, OpenAsk } from '../wire/views-lobby.ts';
import { businessName, counterName, ticketsInState } from './shared.ts';

/** LB2: what the lobby manager has set going. */
export function lobbyFloor(state: ConfiguredState, now: number): LobbyFloor {
  const { document, floor, sessions, counters } = state;
  const { priorityReasons } = document.arrival;
  const reasonName = (id: string) =>
    priorityReasons.find(reason => reason.id === id)?.name ?? { zh: id, en: id };
  return {
    left: [...floor.left.values()]
      .filter(({ at }) => now - at <= LEFT_KEPT_MS)
      .map(({ ticket, at }) => ({
        ticketId: ticket.ticketId,
        number: ticket.number,
        business: businessName(document, ticket.businessId),
        at,
      }))
      .reverse(),
    asks: [...floor.asks.values()].map(ask => ({
      ...lineOf(state, ask),
      counterId: ask.counterId,
      whom:
        ask.counterId === null
          ? staffName(state, ask.calledNumber ?? '')
          : counterName(document, ask.counterId),
      answeredAt: ask.answeredAt,
    })),
    incidents: floor.incidents.map(({ staffNumber, ...incident }) => ({
      ...incident,
      by: staffName(state, staffNumber),
    })),
    colleagues: [...new Set([...sessions.values()].map(session => session.staffNumber))]
      .sort()
      .map(number => {
        const place = [...counters.values()].find(counter => counter.staffNumber === number);
        return {
          staffNumber: number,
          name: staffName(state, number),
          place: place ? counterName(document, place.counterId) : null,
        };
      }),
    care: [...floor.care].map(([ticketId, { reasonId }]) => ({
      ticketId,
      reasonId,
      reason: reasonName(reasonId),
    })),
    parked: ticketsInState(state, 'parked').flatMap(({ ticketId, visit: { parking } }) =>
      parking
        ? [
            {
              ticketId,
              counterName: counterName(document, parking.counterId),
              missing: [...parking.missing],
              note: parking.note,
            },
          ]
        : [],
    ),
  };
}

/** LB2: what a teller is asked, at the window and by name; nothing that has been answered with "cannot". */
export function asksOfCounter(
  state: ConfiguredState,
  counterId: string,
  staffNumber: string | null,
): AskLine[] {
  return [...state.floor.asks.values()]
    .filter(ask => ask.answer !== 'cannot')
    .filter(ask => ask.counterId === counterId || (staffNumber !== null && ask.calledNumber === staffNumber))
    .map(ask => lineOf(state, ask));
}

/** LB2: windows that are asked to open, for their sign-in page. */
export function openAsks(state: ConfiguredState): OpenAsk[] {
  return [...state.floor.asks.values()].flatMap(({ counterId, staffNumber, at, answer }) =>
    counterId === null || answer === 'cannot' ? [] : [{ counterId, by: staffName(state, staffNumber), at }],
  );
}

function lineOf(state: ConfiguredState, { askId, kind, staffNumber, note, at, answer }: FloorAsk): AskLine {
  return { askId, kind, by: staffName(state, staffNumber), note, at, answer };
}

/** A number the document no longer has is shown as it is. */
function staffName({ document }: ConfiguredState, staffNumber: string): LocalText {
  return findStaff(document, staffNumber)?.name ?? { zh: staffNumber, en: staffNumber };
}
