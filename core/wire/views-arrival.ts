import { z } from 'zod';
import { SelfServiceState } from './commands-arrival.ts';
import { Id, Instant, LocalText } from './fields.ts';

/** Shapes of the arrival part of the views (TK1, TK2, TK6, TK8, TK9, TK12). */

/** TK12: whether numbers are issued now; `next` is on the branch's wall, null when open or when none is near. */
export const OpeningLine = z.strictObject({
  isOpen: z.boolean(),
  next: z.strictObject({ date: z.string(), time: z.string() }).nullable(),
  /** Such as a holiday's name. */
  dayName: LocalText.nullable(),
});

/** TK1: the machine to offer before a number. */
export const SelfServiceLine = z.strictObject({
  name: LocalText,
  place: LocalText,
  minutes: z.int(),
  state: z.enum(['free', 'busy']),
});

export const ReasonLine = z.strictObject({ id: Id, name: LocalText });

/** What the lobby manager sees of arrival and steers. */
export const LobbyArrival = z.strictObject({
  opening: OpeningLine,
  machines: z.array(
    z.strictObject({
      machineId: Id,
      name: LocalText,
      place: LocalText,
      state: SelfServiceState,
      /** Null: never set since the branch began. */
      since: Instant.nullable(),
    }),
  ),
  /** Soonest first. */
  appointments: z.array(
    z.strictObject({
      appointmentId: Id,
      code: z.string(),
      businessId: Id,
      business: LocalText,
      startsAt: Instant,
      /** The telephone's last digits; null: none was given. */
      contact: z.string().nullable(),
    }),
  ),
  bookingDaysAhead: z.int(),
  priorityReasons: z.array(ReasonLine),
  /** Businesses whose numbers are gone for now. */
  usedUp: z.array(z.strictObject({ businessId: Id, business: LocalText, instead: LocalText })),
  /** Tickets with more to say than their number. */
  tickets: z.array(
    z.strictObject({
      ticketId: Id,
      /** The last characters of the customer's number; null: nobody was identified. */
      customer: z.string().nullable(),
      priorityReason: LocalText.nullable(),
      appointmentAt: Instant.nullable(),
    }),
  ),
  today: z.strictObject({
    identified: z.int(),
    priority: z.int(),
    diverted: z.int(),
    declined: z.int(),
    machinesDown: z.int(),
    appointmentsMissed: z.int(),
    /** 识别率 and 分流率, 0 to 1; null while there is nothing to divide by. */
    identificationRate: z.number().nullable(),
    diversionRate: z.number().nullable(),
  }),
});
export type LobbyArrival = z.infer<typeof LobbyArrival>;
