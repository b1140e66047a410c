import type { BankDocument, Business } from '../branch/bank-document.ts';
import { findBusiness, profileOf } from '../branch/decision.ts';
import type { BranchState } from '../branch/state.ts';
import type { WaitEstimate } from '../wire/commands.ts';

/** How far the typical minutes stray in practice; the range printed on a ticket is honest about it. */
const LOW = 0.7;
const HIGH = 1.5;

/** People waiting in a queue now. */
export function waitingIn(state: BranchState, queueId: string): number {
  let waiting = 0;
  for (const ticket of state.tickets.values())
    if (ticket.status === 'waiting' && ticket.queueId === queueId) waiting++;
  return waiting;
}

/** Windows open now that serve a queue. */
export function openCountersFor(state: BranchState, document: BankDocument, queueId: string): number {
  let open = 0;
  for (const counter of state.counters.values())
    if (counter.status === 'open' && profileOf(document, counter.counterId)?.queueIds.includes(queueId))
      open++;
  return open;
}

/**
 * TK7: minutes a ticket taken now would wait, as a range: the typical minutes of those ahead, shared among the
 * open windows that serve the queue.
 * @returns null while no such window is open: no estimate is better than a wrong one.
 */
export function estimateWait(state: BranchState, document: BankDocument, business: Business): WaitEstimate {
  const openCounters = openCountersFor(state, document, business.queueId);
  if (openCounters === 0) return null;
  let minutesAhead = 0;
  for (const ticket of state.tickets.values())
    if (ticket.status === 'waiting' && ticket.queueId === business.queueId)
      minutesAhead += findBusiness(document, ticket.businessId)?.typicalMinutes ?? business.typicalMinutes;
  const expected = minutesAhead / openCounters;
  return {
    fromMinutes: Math.floor(expected * LOW),
    toMinutes: Math.max(Math.ceil(expected * HIGH), Math.ceil(business.typicalMinutes / openCounters)),
  };
}
