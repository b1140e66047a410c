import { assertNever } from '../wire/result.ts';
import type { BranchEvent, EventType } from './events.ts';
import type { AskAnswer, IncidentKind, LOBBY_EVENTS } from './events-lobby.ts';
import type { BranchState, Ticket } from './state.ts';
import { withEntry, withoutEntry } from './state-maps.ts';

/** What the lobby manager has set going and nobody has ended yet (LB2). */
export interface FloorState {
  /** 离开: tickets whose customers went away, as they were; kept while that can be taken back. */
  readonly left: ReadonlyMap<string, LeftTicket>;
  /** TK9: tickets that were given care by hand, with where they stood before. */
  readonly care: ReadonlyMap<string, CareGiven>;
  /** Oldest first. */
  readonly asks: ReadonlyMap<string, FloorAsk>;
  /** Newest first, until handled: also over night. */
  readonly incidents: readonly Incident[];
}

export interface LeftTicket {
  readonly ticket: Ticket;
  readonly at: number;
}

export interface CareGiven {
  readonly reasonId: string;
  readonly classId: string;
  readonly queueId: string;
}

/** One colleague asks another for something. */
export interface FloorAsk {
  readonly askId: string;
  /** `open`: the counter; `come`: the colleague `calledNumber`. */
  readonly kind: 'open' | 'come';
  readonly counterId: string | null;
  readonly calledNumber: string | null;
  /** Who asks. */
  readonly staffNumber: string;
  readonly note: string;
  readonly at: number;
  /** Null while nobody has answered. */
  readonly answer: AskAnswer | null;
  readonly answeredAt: number | null;
}

export interface Incident {
  readonly incidentId: string;
  readonly kind: IncidentKind;
  readonly text: string;
  readonly ticketNumber: string;
  readonly staffNumber: string;
  readonly at: number;
}

export const EMPTY_FLOOR: FloorState = { left: new Map(), care: new Map(), asks: new Map(), incidents: [] };

/** How long a ticket that was marked as left can come back. */
export const LEFT_KEPT_MS = 30 * 60_000;
/** How long an answer stays on the lobby manager's screen. */
export const ANSWER_SHOWN_MS = 5 * 60_000;

type LobbyEvent = BranchEvent<Extract<EventType, keyof typeof LOBBY_EVENTS>>;

/** The part of `evolve` that concerns the lobby manager's deeds. */
export function evolveLobby(state: BranchState, event: LobbyEvent): BranchState {
  const { floor } = state;
  switch (event.type) {
    case 'ticket-left': {
      const ticket = state.tickets.get(event.data.ticketId);
      if (!ticket) return state;
      const kept = [...floor.left].filter(([, { at }]) => event.at - at <= LEFT_KEPT_MS);
      const left = new Map(kept).set(ticket.ticketId, { ticket, at: event.at });
      return { ...state, tickets: withoutEntry(state.tickets, ticket.ticketId), floor: { ...floor, left } };
    }
    case 'left-taken-back': {
      const { ticketId } = event.data;
      const gone = floor.left.get(ticketId);
      if (!gone) return state;
      return {
        ...state,
        tickets: withEntry(state.tickets, ticketId, withOpenWindow(state, gone.ticket)),
        floor: { ...floor, left: withoutEntry(floor.left, ticketId) },
      };
    }
    case 'ticket-moved': {
      const ticket = state.tickets.get(event.data.ticketId);
      if (!ticket) return state;
      const moved = movedTicket(state, ticket, event);
      const arrivals = state.arrivals + (event.data.position === 'back' ? 1 : 0);
      return { ...state, arrivals, tickets: withEntry(state.tickets, ticket.ticketId, moved) };
    }
    case 'care-set': {
      const { ticketId, reasonId, classId, queueId } = event.data;
      const ticket = state.tickets.get(ticketId);
      if (!ticket) return state;
      // What stood before the first hand was laid on it is what taking back restores.
      const before = floor.care.get(ticketId) ?? { classId: ticket.classId, queueId: ticket.queueId };
      const care =
        reasonId === null
          ? withoutEntry(floor.care, ticketId)
          : withEntry(floor.care, ticketId, { ...before, reasonId });
      const tickets = withEntry(state.tickets, ticketId, { ...ticket, classId, queueId });
      return { ...state, tickets, floor: { ...floor, care } };
    }
    case 'counter-asked-to-open': {
      const { askId, counterId, staffNumber } = event.data;
      const ask = { askId, kind: 'open', counterId, calledNumber: null, staffNumber, note: '' } as const;
      return { ...state, floor: { ...floor, asks: withAsk(floor.asks, ask, event.at) } };
    }
    case 'colleague-called': {
      const { askId, staffNumber, calledNumber, note } = event.data;
      const ask = { askId, kind: 'come', counterId: null, calledNumber, staffNumber, note } as const;
      return { ...state, floor: { ...floor, asks: withAsk(floor.asks, ask, event.at) } };
    }
    case 'ask-answered': {
      const { askId, answer } = event.data;
      const ask = floor.asks.get(askId);
      if (!ask) return state;
      const asks =
        answer === 'withdrawn'
          ? withoutEntry(floor.asks, askId)
          : withEntry(floor.asks, askId, { ...ask, answer, answeredAt: event.at });
      return { ...state, floor: { ...floor, asks } };
    }
    case 'incident-noted': {
      const { ticketId, ...incident } = event.data;
      const ticketNumber = state.tickets.get(ticketId ?? '')?.number ?? '';
      const incidents = [{ ...incident, ticketNumber, at: event.at }, ...floor.incidents];
      return { ...state, floor: { ...floor, incidents } };
    }
    case 'incident-handled': {
      const incidents = floor.incidents.filter(one => one.incidentId !== event.data.incidentId);
      return { ...state, floor: { ...floor, incidents } };
    }
    default:
      return assertNever(event);
  }
}

/** The window it was to wait for may have closed meanwhile: then any that serves its queue may call it. */
function withOpenWindow(state: BranchState, ticket: Ticket): Ticket {
  const { onlyCounterId } = ticket;
  const isClosed =
    onlyCounterId !== null && (state.counters.get(onlyCounterId)?.staffNumber ?? null) === null;
  return isClosed ? { ...ticket, onlyCounterId: null } : ticket;
}

/** Notes a visit can gather; a ticket sent round in circles cannot fill the memory. */
const NOTES_KEPT = 20;

/** Nothing of the wait so far is lost: at the back of a queue it counts as an earlier one of this visit. */
function movedTicket(state: BranchState, ticket: Ticket, { data, at }: BranchEvent<'ticket-moved'>): Ticket {
  const { queueId, position, note } = data;
  const isBack = position === 'back';
  const { visit } = ticket;
  const notes = note === '' ? visit.notes : [...visit.notes, { at, counterId: null, text: note }];
  const waitedMs = isBack ? Math.max(0, at - ticket.queuedAt) : 0;
  return {
    ...ticket,
    queueId,
    onlyCounterId: null,
    returnsAfterCalls: null,
    readyAt: position === 'front' ? at : null,
    queuedAt: isBack ? at : ticket.queuedAt,
    arrival: isBack ? state.arrivals + 1 : ticket.arrival,
    visit: {
      ...visit,
      earlierWaitMs: visit.earlierWaitMs + waitedMs,
      notes: notes.slice(-NOTES_KEPT),
    },
  };
}

/** The counter has opened: that is the answer to whoever asked for it. */
export function answerByOpening(floor: FloorState, counterId: string): FloorState {
  const asks = [...floor.asks].filter(([, ask]) => ask.counterId !== counterId);
  return asks.length === floor.asks.size ? floor : { ...floor, asks: new Map(asks) };
}

/** What a new business day leaves: incidents nobody has handled yet. */
export function floorOfNewDay({ incidents }: FloorState): FloorState {
  return { ...EMPTY_FLOOR, incidents };
}

/** With one more; answered ones that nobody needs to see any longer are dropped on the way. */
function withAsk(
  asks: FloorState['asks'],
  ask: Omit<FloorAsk, 'at' | 'answer' | 'answeredAt'>,
  at: number,
): FloorState['asks'] {
  const kept = [...asks].filter(
    ([, { answeredAt }]) => answeredAt === null || at - answeredAt <= ANSWER_SHOWN_MS,
  );
  return new Map(kept).set(ask.askId, { ...ask, at, answer: null, answeredAt: null });
}
