import { type ConfiguredState, findBusiness } from '../branch/decision.ts';
import type { EventData } from '../branch/events.ts';
import type { Ticket } from '../branch/state.ts';
import { businessDayOf } from '../queue/business-day.ts';
import { estimateWait } from '../queue/estimate.ts';
import { ticketsAhead } from '../queue/tickets-ahead.ts';
import type { WaitEstimate } from '../wire/commands.ts';
import type { LocalText } from '../wire/fields.ts';
import { branchHead, counterName } from './shared.ts';

/** What the progress page behind a ticket's QR shows (TK7, TK11): nothing about the person, no class, no staff. */
export interface ProgressView {
  readonly bankName: LocalText;
  readonly branchName: LocalText;
  readonly timeZone: string;
  readonly number: string;
  readonly stage: ProgressStage;
}

export type ProgressStage =
  /** `ahead` of the same queue are called first; 0: this one is next. No estimate while no window is open. */
  | { readonly kind: 'waiting'; readonly ahead: number; readonly estimate: WaitEstimate }
  | { readonly kind: 'called' | 'serving'; readonly counterName: LocalText }
  /** With the lobby manager until what was missing is here (CS7). */
  | { readonly kind: 'parked' }
  | { readonly kind: 'done' }
  /** Missed its call; the lobby manager can bring it back until then (ms since 1970), see CS3. */
  | { readonly kind: 'passed'; readonly returnUntil: number }
  /** Nothing more happens with it: ended a while ago, or its day is over. */
  | { readonly kind: 'over' };

/**
 * The progress of one ticket.
 * @param state the branch on its newest business day, as far as it is known
 * @param issued the ticket as it was issued, on that day or an earlier one
 * @param now milliseconds since 1970
 */
export function progressView(
  state: ConfiguredState,
  issued: Pick<EventData<'ticket-issued'>, 'ticketId' | 'number'>,
  now: number,
): ProgressView {
  const { document } = state;
  return {
    ...branchHead(document),
    timeZone: document.branch.timeZone,
    number: issued.number,
    stage: stageOf(state, state.tickets.get(issued.ticketId), now),
  };
}

function stageOf(state: ConfiguredState, ticket: Ticket | undefined, now: number): ProgressStage {
  const { document, businessDay } = state;
  // A branch that was not heard of since yesterday may still show yesterday's tickets as waiting.
  const isDayOver = businessDay === null || businessDayOf(now, document.branch.timeZone) > businessDay;
  if (ticket === undefined || isDayOver) return { kind: 'over' };
  switch (ticket.status) {
    case 'waiting':
      return waitingStage(state, ticket, now);
    case 'called':
    case 'serving':
      return { kind: ticket.status, counterName: counterName(document, ticket.counterId ?? '') };
    case 'parked':
      return { kind: 'parked' };
    case 'done':
      return { kind: 'done' };
    case 'no-show': {
      const returnUntil = ticket.statusSince + document.limits.noShowReturnMs;
      return now > returnUntil ? { kind: 'over' } : { kind: 'passed', returnUntil };
    }
  }
}

function waitingStage(state: ConfiguredState, ticket: Ticket, now: number): ProgressStage {
  const ahead = ticketsAhead(state, ticket, now);
  const business = findBusiness(state.document, ticket.businessId);
  // As if the ticket were taken now, behind those ahead of it.
  const tickets = new Map(ahead.map(other => [other.ticketId, other]));
  const estimate = business ? estimateWait({ ...state, tickets }, state.document, business) : null;
  return { kind: 'waiting', ahead: ahead.length, estimate };
}
