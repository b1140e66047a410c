import { ratioCallsOf } from '../queue/next-call.ts';
import { nextRound } from '../queue/ratio.ts';
import { profileOf } from './decision.ts';
import type { BranchEvent } from './events.ts';
import type { BranchState, Ticket } from './state.ts';
import { withEntry } from './state-maps.ts';

/**
 * What a call does to the others: each call of a queue brings its returned no-shows one ticket nearer (CS3), and the
 * tickets it passed are overtaken once more (CS2).
 */
export function countCall(
  state: BranchState,
  called: Ticket,
  { data }: BranchEvent<'ticket-called'>,
): ReadonlyMap<string, Ticket> {
  const passed = new Set(data.passed);
  const tickets = new Map(state.tickets);
  for (const ticket of state.tickets.values()) {
    const { ticketId, queueId, overtakes, returnsAfterCalls } = ticket;
    if (passed.has(ticketId)) tickets.set(ticketId, { ...ticket, overtakes: overtakes + 1 });
    else if (queueId === called.queueId && returnsAfterCalls !== null && returnsAfterCalls > 0)
      tickets.set(ticketId, { ...ticket, returnsAfterCalls: returnsAfterCalls - 1 });
  }
  return tickets;
}

/** CS1: uses up a share of the calling counter's ratio gate; only that gate's own calls count. */
export function countRatioCall(
  state: BranchState,
  { data }: BranchEvent<'ticket-called'>,
): BranchState['ratioCalls'] {
  if (data.gate !== 'ratio' || state.document === null) return state.ratioCalls;
  const profile = profileOf(state.document, data.counterId);
  const gate = profile?.gates.find(one => one.kind === 'ratio');
  const ticket = state.tickets.get(data.ticketId);
  if (!profile || !gate || !ticket) return state.ratioCalls;
  return withEntry(
    state.ratioCalls,
    profile.id,
    nextRound(gate, ratioCallsOf(state, profile.id), ticket.classId),
  );
}
