import type { BranchState, Ticket } from './state.ts';

/**
 * BR7: a ticket that was issued without the host stands among the others by the time it was taken; all others keep
 * their order. Only such a ticket is placed by time: a clock that is set back changes nobody's place.
 */
export function withPlaceByTime(state: BranchState, ticketId: string): BranchState {
  const kept = state.tickets.get(ticketId);
  if (kept === undefined) return state;
  const others = [...state.tickets.values()].filter(ticket => ticket.ticketId !== ticketId);
  const before = others.filter(({ queuedAt }) => queuedAt <= kept.queuedAt);
  const arrival = Math.max(...before.map(ticket => ticket.arrival), firstPlace(others) - 1) + 1;
  if (arrival >= kept.arrival) return state;
  const tickets = new Map<string, Ticket>();
  for (const [id, ticket] of state.tickets) {
    const place = id === ticketId ? arrival : ticket.arrival + (ticket.arrival >= arrival ? 1 : 0);
    tickets.set(id, place === ticket.arrival ? ticket : { ...ticket, arrival: place });
  }
  return { ...state, tickets };
}

function firstPlace(tickets: readonly Ticket[]): number {
  return Math.min(...tickets.map(({ arrival }) => arrival), Number.MAX_SAFE_INTEGER);
}
