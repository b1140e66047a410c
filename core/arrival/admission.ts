import type { BankDocument, Business, Queue } from '../branch/bank-document.ts';
import type { Actor } from '../branch/commands.ts';
import { type ConfiguredState, findBusiness, findQueue } from '../branch/decision.ts';
import type { EventData } from '../branch/events.ts';
import type { Ticket } from '../branch/state.ts';
import { localTimeOf, minuteToText } from '../queue/local-time.ts';
import type { OwnTicket } from '../wire/commands-arrival.ts';
import { fail, ok, type Result } from '../wire/result.ts';
import type { IdentifiedCustomer } from './customer.ts';
import { ageOn } from './medium.ts';
import { openingAt } from './opening-hours.ts';
import { usedUpQuota } from './quotas.ts';
import { selfServiceOffer } from './self-service.ts';

/** How long an identification is good for: long enough for a slow reader of the kiosk's pages. */
export const IDENTIFICATION_MS = 5 * 60_000;

type TicketArrival = Pick<
  EventData<'ticket-issued'>,
  'customer' | 'priority' | 'selfService' | 'appointment' | 'classId'
>;

/** Somebody who may have a number: of which queue, and what its ticket says about the arrival. */
export interface Admission extends TicketArrival {
  readonly business: Business;
  readonly queue: Queue;
}

export interface AdmissionWish {
  readonly businessId: string;
  readonly customer?: IdentifiedCustomer | undefined;
  readonly priorityReasonId?: string | undefined;
  readonly appointment?: NonNullable<TicketArrival['appointment']>;
}

/**
 * Whether somebody may take a number now.
 * Failures: `T801` unknown business · `T842` outside opening hours (TK12) · `T841` quota used up (TK6) · `T844`
 * identified too long ago · `T849` unknown priority reason · `T840` has a ticket of this queue (TK5; `facts.number`).
 */
export function admit(
  state: ConfiguredState,
  wish: AdmissionWish,
  by: Actor['kind'],
  now: number,
): Result<Admission> {
  const { document } = state;
  const { timeZone } = document.branch;
  const business = findBusiness(document, wish.businessId);
  if (!business) return fail('T801', { business: wish.businessId });

  const opening = openingAt(document.calendar, now, timeZone);
  if (!opening.isOpen)
    return fail(
      'T842',
      opening.next ? { date: opening.next.date, time: minuteToText(opening.next.minute) } : {},
    );
  const local = localTimeOf(now, timeZone);
  // A booked place was promised when it was booked.
  const quota = wish.appointment
    ? undefined
    : usedUpQuota(business, state.issuedByHalfHour.get(business.id), local);
  if (quota) return fail('T841', { business: business.id });

  const { customer } = wish;
  if (customer && !isRecent(customer, now)) return fail('T844');
  const priority = priorityOf(document, wish, by, now);
  if (!priority.ok) return priority;
  const { careQueueId } = document.arrival;
  const queueId = priority.value && careQueueId !== null ? careQueueId : business.queueId;
  const queue = findQueue(document, queueId);
  if (!queue) return fail('T801', { business: business.id });
  const own =
    customer && ownTickets(state.tickets.values(), customer.key).find(one => one.queueId === queueId);
  if (own) return fail('T840', { number: own.number, ticketId: own.ticketId });

  const offer = selfServiceOffer(state, business);
  return ok({
    business,
    queue,
    classId: classOf(document, queue, customer, priority.value !== null),
    customer: customer ? recordOf(customer) : null,
    priority: priority.value,
    selfService: business.selfService === null ? 'none' : offer === null ? 'down' : 'declined',
    appointment: wish.appointment ?? null,
  });
}

/** A clock that was set back does not make an identification good for ever. */
export function isRecent({ identifiedAt }: IdentifiedCustomer, now: number): boolean {
  return Math.abs(now - identifiedAt) <= IDENTIFICATION_MS;
}

/** TK5: tickets of this customer that somebody may still call or serve. */
export function ownTickets(tickets: Iterable<Ticket>, customerKey: string): OwnTicket[] {
  const own: OwnTicket[] = [];
  for (const { ticketId, number, queueId, businessId, status, customer } of tickets)
    if (customer?.key === customerKey && status !== 'done' && status !== 'no-show')
      own.push({ ticketId, number, queueId, businessId });
  return own;
}

/** TK9: the reason an ID's birth date gives at instant `now`, the one for the oldest first; null: none. */
export function reasonByAge(document: BankDocument, birthDate: string | null, now: number): string | null {
  if (birthDate === null) return null;
  const age = ageOn(birthDate, localTimeOf(now, document.branch.timeZone).date);
  const fitting = document.arrival.priorityReasons.filter(
    ({ fromAge }) => fromAge !== null && age >= fromAge,
  );
  fitting.sort((a, b) => (b.fromAge ?? 0) - (a.fromAge ?? 0));
  return fitting[0]?.id ?? null;
}

function priorityOf(
  document: BankDocument,
  { priorityReasonId, customer }: AdmissionWish,
  by: Actor['kind'],
  now: number,
): Result<TicketArrival['priority']> {
  if (document.arrival.priorityClassId === null)
    return priorityReasonId === undefined ? ok(null) : fail('T849');
  const byAge = reasonByAge(document, customer?.birthDate ?? null, now);
  if (priorityReasonId === undefined || priorityReasonId === byAge)
    return ok(byAge === null ? null : { reasonId: byAge, source: 'age' });
  if (!document.arrival.priorityReasons.some(({ id }) => id === priorityReasonId))
    return fail('T849', { reason: priorityReasonId });
  return ok({ reasonId: priorityReasonId, source: by === 'staff' ? 'staff' : 'customer' });
}

/** Priority persons have their own class; others the higher of the queue's and their own, as the bank lists them. */
function classOf(
  { classes, arrival }: BankDocument,
  queue: Queue,
  customer: IdentifiedCustomer | undefined,
  isPriority: boolean,
): string {
  if (isPriority && arrival.priorityClassId !== null) return arrival.priorityClassId;
  const rank = (classId: string) => classes.findIndex(({ id }) => id === classId);
  const own = customer?.classId ?? null;
  return own !== null && rank(own) > rank(queue.classId) ? own : queue.classId;
}

/** Only what may be recorded: no class table, no birth date. */
function recordOf({ medium, key, masked, sealed }: IdentifiedCustomer) {
  return { medium, key, masked, sealed };
}
