import type { ConfiguredState } from '../branch/decision.ts';
import type { Ticket } from '../branch/state.ts';
import { chooseNext } from './policy.ts';

/**
 * TK11: the waiting tickets of the same queue that are called before this one if nothing else happens, in the order
 * of their calls: the queue is played forward by the branch's own policy, returned no-shows included (CS3).
 * @param ticket a waiting ticket of this state
 */
export function ticketsAhead({ document, tickets }: ConfiguredState, ticket: Ticket): Ticket[] {
  const { queueId } = ticket;
  const profile = document.profiles.find(candidate => candidate.queueIds.includes(queueId));
  // Without a profile nobody calls this queue; the order then is that of arrival.
  const queueProfile = {
    ...(profile ?? { id: '', name: { zh: '', en: '' }, gates: [] }),
    queueIds: [queueId],
  };
  const waiting = new Map<string, Ticket>();
  for (const other of tickets.values())
    if (other.status === 'waiting' && other.queueId === queueId) waiting.set(other.ticketId, other);

  const ahead: Ticket[] = [];
  for (;;) {
    const next = chooseNext(waiting.values(), queueProfile)?.ticket;
    if (next === undefined || next.ticketId === ticket.ticketId) return ahead;
    ahead.push(next);
    waiting.delete(next.ticketId);
    for (const other of waiting.values())
      if (other.returnsAfterCalls !== null && other.returnsAfterCalls > 0)
        waiting.set(other.ticketId, { ...other, returnsAfterCalls: other.returnsAfterCalls - 1 });
  }
}
