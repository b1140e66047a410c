import type { Gate, WorkProfile } from '../branch/bank-document.ts';
import type { Ticket } from '../branch/state.ts';

/** Whom to call, and why (CS1, CS2). */
export interface Choice {
  readonly ticket: Ticket;
  /** The gate that chose it. */
  readonly gate: Gate['kind'];
  /** Waiting tickets of the same counter's queues that arrived earlier and were passed. */
  readonly passed: readonly Ticket[];
}

type Candidates = readonly Ticket[];

/** Waiting as everybody else: never called before, or a returned no-show whose turn has come (CS3). */
const isInTurn = (ticket: Ticket) => (ticket.returnsAfterCalls ?? 0) === 0;

const byArrival = (a: Ticket, b: Ticket) => a.arrival - b.arrival;

/** One rule of choice: the candidates in order of arrival → the ticket to call, or undefined to leave it to the next gate. */
const GATES: Readonly<Record<Gate['kind'], (candidates: Candidates) => Ticket | undefined>> = {
  returned: candidates => candidates.find(ticket => ticket.returnsAfterCalls === 0),
  // A bank may leave out the gate `returned`: then returned tickets take their place by arrival.
  arrival: candidates => candidates.find(isInTurn),
};

/** Tickets this work profile could call, in order of arrival. */
export function callableTickets(tickets: Iterable<Ticket>, profile: WorkProfile): Ticket[] {
  const callable: Ticket[] = [];
  for (const ticket of tickets)
    if (ticket.status === 'waiting' && profile.queueIds.includes(ticket.queueId)) callable.push(ticket);
  return callable.sort(byArrival);
}

/**
 * CS1: tries the profile's gates in their order; the first that finds a ticket decides. A returned no-show whose
 * turn has not come is called when nobody else is waiting: nobody is left waiting in front of an idle window.
 * @returns undefined when nobody is waiting for this profile.
 */
export function chooseNext(tickets: Iterable<Ticket>, profile: WorkProfile): Choice | undefined {
  const candidates = callableTickets(tickets, profile);
  for (const gate of profile.gates) {
    const ticket = GATES[gate.kind](candidates);
    if (ticket) return explain(ticket, gate.kind, candidates);
  }
  const [first] = candidates;
  return first && explain(first, first.returnsAfterCalls === null ? 'arrival' : 'returned', candidates);
}

function explain(ticket: Ticket, gate: Gate['kind'], candidates: Candidates): Choice {
  const passed = candidates.filter(other => other.arrival < ticket.arrival && isInTurn(other));
  return { ticket, gate, passed };
}
