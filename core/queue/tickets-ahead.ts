import type { ConfiguredState } from '../branch/decision.ts';
import type { Ticket } from '../branch/state.ts';
import { ratioCallsOf } from './next-call.ts';
import { byArrival, type CallingRules, type Choice, chooseNext } from './policy.ts';
import { nextRound } from './ratio.ts';

/**
 * TK11: the waiting tickets of the same queue that are called before this one if nothing else happens, in the order
 * of their calls: the queue is played forward from `now` (ms since 1970) by the branch's own policy, returned
 * no-shows and the cap on overtaking included (CS2, CS3). Tickets kept for one counter are not in each other's way.
 * @param ticket a waiting ticket of this state
 */
export function ticketsAhead(state: ConfiguredState, ticket: Ticket, now: number): Ticket[] {
  const { document, tickets } = state;
  const { queueId, onlyCounterId } = ticket;
  const profile = document.profiles.find(candidate => candidate.queueIds.includes(queueId));
  // Without a profile nobody calls this queue; the order then is that of arrival.
  const queueProfile = {
    ...(profile ?? { id: '', name: { zh: '', en: '' }, gates: [] }),
    queueIds: [queueId],
  };
  const { classes } = document;
  let rules: CallingRules = {
    profile: queueProfile,
    classes,
    now,
    ratioCalls: ratioCallsOf(state, queueProfile.id),
  };
  let waiting = [...tickets.values()]
    .filter(
      other =>
        other.status === 'waiting' && other.queueId === queueId && other.onlyCounterId === onlyCounterId,
    )
    .sort(byArrival);

  const ahead: Ticket[] = [];
  for (;;) {
    const choice = chooseNext(waiting, rules);
    if (choice === undefined || choice.ticket.ticketId === ticket.ticketId) return ahead;
    ahead.push(choice.ticket);
    rules = rulesAfter(rules, choice);
    waiting = waitingAfter(waiting, choice);
  }
}

function rulesAfter(rules: CallingRules, { ticket, gate }: Choice): CallingRules {
  const ratio = rules.profile.gates.find(one => one.kind === 'ratio');
  if (gate !== 'ratio' || !ratio) return rules;
  return { ...rules, ratioCalls: nextRound(ratio, rules.ratioCalls, ticket.classId) };
}

/** What `evolve` makes of those who still wait after a call. */
function waitingAfter(waiting: readonly Ticket[], { ticket, passed }: Choice): Ticket[] {
  const overtaken = new Set(passed.map(other => other.ticketId));
  return waiting
    .filter(other => other.ticketId !== ticket.ticketId)
    .map(other => {
      if (overtaken.has(other.ticketId)) return { ...other, overtakes: other.overtakes + 1 };
      const { returnsAfterCalls } = other;
      return returnsAfterCalls ? { ...other, returnsAfterCalls: returnsAfterCalls - 1 } : other;
    });
}
