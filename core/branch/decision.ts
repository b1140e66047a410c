import type { BlockIndex } from '../replication/log.ts';
import { fail, ok, type Result } from '../wire/result.ts';
import type { BankDocument, Business, Counter, Queue, WorkProfile } from './bank-document.ts';
import type { NumberBlock } from './bank-numbering.ts';
import type { Command, CommandType } from './commands.ts';
import type { NewEvent } from './events.ts';
import { type BranchState, type CounterState, counterOf, type Ticket } from './state.ts';

/** Everything `decide` may not find out by itself: same inputs, same events, on every machine. */
export interface DecisionContext {
  /** The host's clock, milliseconds since 1970. */
  readonly now: number;
  /** A fresh identifier nobody can guess. */
  readonly newId: () => string;
  /** BR5: which block numbers come from, where the journal alone cannot say it. */
  readonly hostBlock?: BlockIndex;
  /** BR7: this PC is without its host and numbers come from its own. */
  readonly own?: OwnNumbers;
  /** BR7: this PC is without its host, and its clock alone ends no day under the customer in hand. */
  readonly keepsDay?: boolean;
}

/** Numbers that one PC gives alone. */
export interface OwnNumbers extends NumberBlock {
  /** The highest it gave today, by letter, as far as its own disk remembers. */
  readonly lasts: ReadonlyMap<string, number>;
}

/** Facts to record, and what the sender is told. */
export interface Accepted {
  readonly events: readonly NewEvent[];
  readonly answer: Readonly<Record<string, unknown>>;
}

export type Decision = Result<Accepted>;

/** A state whose branch has been configured: what every handler but the first document's works on. */
export type ConfiguredState = BranchState & { readonly document: BankDocument };

/** One command's rule. */
export type Handler<T extends CommandType> = (
  state: ConfiguredState,
  command: Command<T>,
  context: DecisionContext,
) => Decision;

/** Accepts with these events. */
export function accept(events: readonly NewEvent[], answer: Accepted['answer'] = {}): Decision {
  return ok({ events, answer });
}

/** Accepts and changes nothing: the wish is already true, e.g. a key pressed twice. */
export const NOTHING_TO_DO: Decision = accept([]);

/** The counter of the document, or T808. */
export function findCounter(state: ConfiguredState, counterId: string): Result<Counter> {
  const counter = state.document.counters.find(candidate => candidate.id === counterId);
  return counter ? ok(counter) : fail('T808', { counter: counterId });
}

/** The counter's state, if this member of staff is on it; else T808, T807 (nobody) or T809 (somebody else). */
export function findOwnCounter(
  state: ConfiguredState,
  command: Command,
  counterId: string,
): Result<CounterState> {
  const known = findCounter(state, counterId);
  if (!known.ok) return known;
  const counter = counterOf(state, counterId);
  if (counter.staffNumber === null) return fail('T807', { counter: counterId });
  if (command.actor.kind !== 'staff' || counter.staffNumber !== command.actor.staffNumber)
    return fail('T809', { counter: counterId });
  return ok(counter);
}

/** The ticket in hand at the sender's own counter, in one of the wanted states; else T803 or T804. */
export function findTicketInHand(
  state: ConfiguredState,
  command: Command<
    | 'recall-ticket'
    | 'start-service'
    | 'mark-no-show'
    | 'finish-service'
    | 'transfer-ticket'
    | 'park-ticket'
    | 'start-next-business'
  >,
  wanted: readonly Ticket['status'][],
): Result<{ counter: CounterState; ticket: Ticket }> {
  const { counterId, ticketId } = command.args;
  const own = findOwnCounter(state, command, counterId);
  if (!own.ok) return own;
  const ticket = state.tickets.get(ticketId);
  if (!ticket) return fail('T803');
  if (own.value.ticketId !== ticketId || !wanted.includes(ticket.status))
    return fail('T804', { number: ticket.number, status: ticket.status });
  return ok({ counter: own.value, ticket });
}

export function findBusiness(document: BankDocument, businessId: string): Business | undefined {
  return document.businesses.find(business => business.id === businessId);
}

export function findQueue(document: BankDocument, queueId: string): Queue | undefined {
  return document.queues.find(queue => queue.id === queueId);
}

/** The work profile of a counter; the document's own checks guarantee that it exists. */
export function profileOf(document: BankDocument, counterId: string): WorkProfile | undefined {
  const counter = document.counters.find(candidate => candidate.id === counterId);
  return document.profiles.find(profile => profile.id === counter?.profileId);
}
