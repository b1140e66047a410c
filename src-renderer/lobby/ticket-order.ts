import type { View } from '#core/wire/views.ts';

export type LobbyTicket = View<'lobby'>['tickets'][number];

/** Which tickets the list shows. */
export interface TicketFilter {
  /** Letters of a number, in any case, e.g. `a02`; empty for all. */
  readonly search: string;
  /** Null for all queues. */
  readonly queueId: string | null;
}

const STATUS_RANK: Readonly<Record<LobbyTicket['status'], number>> = {
  waiting: 0,
  called: 1,
  serving: 2,
  parked: 3,
  'no-show': 4,
};

/**
 * LB1: tickets by age: who waits longest first, then those at a window, then no-shows, newest first because their
 * time to return runs. Ties go by number, so the list never shuffles.
 */
export function ticketsByAge(tickets: readonly LobbyTicket[], filter: TicketFilter): LobbyTicket[] {
  const search = filter.search.trim().toUpperCase();
  return tickets
    .filter(ticket => filter.queueId === null || ticket.queueId === filter.queueId)
    .filter(ticket => ticket.number.includes(search))
    .sort(
      (a, b) =>
        STATUS_RANK[a.status] - STATUS_RANK[b.status] ||
        (a.status === 'no-show' ? b.since - a.since : a.queuedAt - b.queuedAt) ||
        (a.number < b.number ? -1 : 1),
    );
}

/** True when the customer may hold no paper: it failed, or nobody knows (TK4). */
export function isPaperMissing(ticket: LobbyTicket): boolean {
  return ticket.print.status === 'failed' || ticket.print.status === 'uncertain';
}

export type TicketAction = 'return-no-show' | 'reprint-ticket' | 'mark-left';

/** LB2: what can be done for a ticket, the most useful first. */
export function ticketActions(ticket: LobbyTicket): TicketAction[] {
  const actions: TicketAction[] = [];
  if (ticket.status === 'no-show' && ticket.returnable) actions.push('return-no-show');
  if (ticket.print.status !== 'waiting') actions.push('reprint-ticket');
  if (ticket.status !== 'called' && ticket.status !== 'serving') actions.push('mark-left');
  return actions;
}

/** The one action worth a button of its own in the list; the others are one touch away. */
export function urgentAction(ticket: LobbyTicket): TicketAction | null {
  if (ticket.status === 'no-show') return ticket.returnable ? 'return-no-show' : null;
  return isPaperMissing(ticket) && ticket.status === 'waiting' ? 'reprint-ticket' : null;
}
