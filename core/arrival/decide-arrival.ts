import type { Queue } from '../branch/bank-document.ts';
import type { Command } from '../branch/commands.ts';
import {
  accept,
  type ConfiguredState,
  type Decision,
  type DecisionContext,
  findBusiness,
  type Handler,
  NOTHING_TO_DO,
  type OwnNumbers,
} from '../branch/decision.ts';
import { numberPlaceOf } from '../branch/state.ts';
import { estimateWait, waitingIn } from '../queue/estimate.ts';
import { instantOf, localTimeOf, minuteToText } from '../queue/local-time.ts';
import { nextNumberAt, nextNumberIn } from '../queue/numbers.ts';
import { fail, ok, type Result } from '../wire/result.ts';
import { type AdmissionWish, admit, isRecent } from './admission.ts';
import { dueAppointments, findAppointment, newCode } from './appointments.ts';
import { periodsOf, unservedSince } from './opening-hours.ts';
import { isPrinterUp } from './printer-up.ts';
import { selfServiceOffer } from './self-service.ts';

/** TK1, TK3, TK4: the business decides the queue, the number is recorded first and printed afterwards. */
const issueTicket: Handler<'issue-ticket'> = (state, command, context) =>
  issue(state, command, context, command.args);

function issue(
  state: ConfiguredState,
  { args, actor }: Command<'issue-ticket' | 'check-in'>,
  context: DecisionContext,
  wish: AdmissionWish,
): Decision {
  const admitted = admit(state, wish, actor.kind, context.now);
  if (!admitted.ok) return admitted;
  const { business, queue, ...arrival } = admitted.value;
  const { own, hostBlock } = context;
  const number = own
    ? nextOwnNumber(state, queue, own)
    : nextNumberAt(queue, numberPlaceOf(state, hostBlock));
  if (!number) return fail(own ? 'U571' : 'T802', { queue: queue.name.zh });

  const ticketId = context.newId();
  const ahead = waitingIn(state, queue.id);
  const estimate = estimateWait(state, state.document, business);
  const { language, largeType } = args;
  return accept(
    [
      {
        type: 'ticket-issued',
        data: {
          ticketId,
          number: number.text,
          queueId: queue.id,
          businessId: business.id,
          language,
          largeType,
          progressToken: context.newId(),
          ahead,
          estimate,
          ...(own ? { kept: true } : {}),
          ...arrival,
        },
      },
      { type: 'ticket-print-requested', data: { ticketId, jobId: context.newId(), reprint: false } },
    ],
    { ticketId, number: number.text, ahead, estimate, printing: isPrinterUp(state) },
  );
}

/** BR7: behind everything this PC knows to be given, from its copy of the journal and from its own disk. */
function nextOwnNumber(
  { numberRuns }: ConfiguredState,
  { prefix }: Queue,
  { first, last, lasts }: OwnNumbers,
) {
  const highest = lasts.get(prefix);
  const runs = numberRuns.get(prefix) ?? [];
  return nextNumberIn(
    prefix,
    [{ first, last }],
    highest === undefined ? runs : [...runs, { first: highest, last: highest }],
  );
}

/** TK5: the customer's own ticket once more on paper; nobody else's. */
const reprintOwnTicket: Handler<'reprint-own-ticket'> = (state, { args }, context) => {
  const ticket = state.tickets.get(args.ticketId);
  if (!ticket?.customer || ticket.customer.key !== args.customer.key) return fail('T803');
  if (!isRecent(args.customer, context.now)) return fail('T844');
  if (ticket.status === 'done') return fail('T804', { number: ticket.number, status: ticket.status });
  if (ticket.print.status === 'waiting') return NOTHING_TO_DO;
  const { ticketId } = args;
  return accept([
    { type: 'ticket-print-requested', data: { ticketId, jobId: context.newId(), reprint: true } },
  ]);
};

/** TK1: goes to the machine instead of a window. */
const acceptSelfService: Handler<'accept-self-service'> = (state, { args }) => {
  const business = findBusiness(state.document, args.businessId);
  if (!business) return fail('T801', { business: args.businessId });
  const offer = selfServiceOffer(state, business);
  if (!offer) return fail('T850', { business: args.businessId });
  const { id: machineId } = offer.machine;
  return accept([{ type: 'customer-diverted', data: { businessId: business.id, machineId } }], { machineId });
};

const setSelfServiceState: Handler<'set-self-service-state'> = (state, { args }) => {
  const { machineId, state: machineState } = args;
  if (!state.document.arrival.selfServiceMachines.some(({ id }) => id === machineId))
    return fail('T848', { machine: machineId });
  if ((state.selfService.get(machineId)?.state ?? 'free') === machineState) return NOTHING_TO_DO;
  return accept([{ type: 'self-service-state-changed', data: { machineId, state: machineState } }]);
};

/** TK8: a time for a business, within opening hours and the days the bank books ahead. */
const bookAppointment: Handler<'book-appointment'> = (state, { args }, context) => {
  const { businessId, date, minute, contact } = args;
  if (!findBusiness(state.document, businessId)) return fail('T801', { business: businessId });
  const startsAt = bookableTime(state, date, minute, context.now);
  if (!startsAt.ok) return startsAt;
  const appointmentId = context.newId();
  const code = newCode(state.appointments, context.newId);
  return accept(
    [
      {
        type: 'appointment-booked',
        data: { appointmentId, code, businessId, startsAt: startsAt.value, contact },
      },
    ],
    { appointmentId, code, startsAt: startsAt.value },
  );
};

function bookableTime(
  { document }: ConfiguredState,
  date: string,
  minute: number,
  now: number,
): Result<number> {
  const { timeZone } = document.branch;
  const { calendar, arrival } = document;
  const startsAt = instantOf(date, minute, timeZone);
  const last = now + (arrival.bookingDaysAhead + 1) * 24 * 3_600_000;
  if (startsAt < now || startsAt > last) return fail('T851', { date, time: minuteToText(minute) });
  const isOpen = periodsOf(calendar, date).some(
    ({ fromMinute, toMinute }) => fromMinute <= minute && minute < toMinute,
  );
  return calendar.enforced && !isOpen ? fail('T851', { date, time: minuteToText(minute) }) : ok(startsAt);
}

const cancelAppointment: Handler<'cancel-appointment'> = (state, { args }) =>
  state.appointments.has(args.appointmentId)
    ? accept([{ type: 'appointment-cancelled', data: args }])
    : fail('T845');

/** TK8: by code or telephone, not too early and not too late; the ticket waits from its time on. */
const checkIn: Handler<'check-in'> = (state, command, context) => {
  const { code, phoneKey, customer, priorityReasonId } = command.args;
  const appointment = findAppointment(state.appointments.values(), { code, phoneKey }, context.now);
  if (!appointment) return fail('T845');
  const { appointmentEarlyMs, appointmentLateMs } = state.document.arrival;
  const { appointmentId, startsAt, businessId } = appointment;
  const time = minuteToText(localTimeOf(startsAt, state.document.branch.timeZone).minute);
  const facts = { time, date: localTimeOf(startsAt, state.document.branch.timeZone).date };
  if (context.now < startsAt - appointmentEarlyMs) return fail('T846', facts);
  if (context.now > startsAt + appointmentLateMs) return fail('T847', facts);
  const wish = { businessId, customer, priorityReasonId, appointment: { appointmentId, startsAt } };
  return issue(state, command, context, wish);
};

/** Nobody came in time. Asked by the clock, so that what is not yet due changes nothing. */
const endAppointments: Handler<'end-appointments'> = (state, _, { now }) =>
  accept(
    dueAppointments(state, now).map(({ appointmentId }) => ({
      type: 'appointment-missed',
      data: { appointmentId },
    })),
  );

/** TK12: long enough after closing, those who still wait are unserved; who is at a window is served to the end. */
const endWaiting: Handler<'end-waiting'> = (state, _, { now }) =>
  accept(unservedTickets(state, now).map(ticketId => ({ type: 'ticket-unserved', data: { ticketId } })));

/** Tickets to be recorded as unserved at instant `now`: those that waited already when the time for it came. */
export function unservedTickets({ document, tickets }: ConfiguredState, now: number): string[] {
  const unserved: string[] = [];
  if (!document.calendar.enforced) return unserved;
  const since = unservedSince(document.calendar, now, document.branch.timeZone);
  if (since === null) return unserved;
  for (const { ticketId, status, statusSince } of tickets.values())
    if ((status === 'waiting' || status === 'parked') && statusSince < since) unserved.push(ticketId);
  return unserved;
}

export const decideArrival = {
  'issue-ticket': issueTicket,
  'reprint-own-ticket': reprintOwnTicket,
  'accept-self-service': acceptSelfService,
  'set-self-service-state': setSelfServiceState,
  'book-appointment': bookAppointment,
  'cancel-appointment': cancelAppointment,
  'check-in': checkIn,
  'end-appointments': endAppointments,
  'end-waiting': endWaiting,
};
