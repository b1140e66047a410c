import { z } from 'zod';
import { Id, type Instant, Language } from './fields.ts';

/** Arrival (TK): who comes, machines beside the windows, appointments. */

/** A keyed hash, hexadecimal. */
export const CustomerKey = z.string().regex(/^[0-9a-f]{64}$/);
/** Something only the host can read again. */
export const SealedText = z.string().regex(/^[\w.-]{1,600}$/);

/** What a kiosk or a desk may say when a number is taken; all of it may be missing. */
export const ARRIVAL_OPTIONS = {
  /** The answer of `identify-customer`, given back within five minutes. */
  identification: SealedText.optional(),
  /** Why this customer goes first (TK9). */
  priorityReasonId: Id.optional(),
};

export const SelfServiceState = z.enum(['free', 'busy', 'down']);
export type SelfServiceState = z.infer<typeof SelfServiceState>;

const ticketOptions = { language: Language, largeType: z.boolean(), ...ARRIVAL_OPTIONS };
const Phone = z.string().regex(/^\d{7,15}$/);

export const ARRIVAL_COMMANDS = {
  /** The number reaches the host only; it is never recorded as it is (TK2). */
  'identify-customer': z.strictObject({
    number: z.string().min(1).max(200),
    source: z.enum(['reader', 'typed']),
  }),
  /** TK5: paper again for one's own ticket, instead of a second number. */
  'reprint-own-ticket': z.strictObject({ ticketId: Id, identification: SealedText }),
  /** TK1: the customer goes to the machine. */
  'accept-self-service': z.strictObject({ businessId: Id }),
  'set-self-service-state': z.strictObject({ machineId: Id, state: SelfServiceState }),
  /** TK8: `minute` since midnight of `date`, both on the branch's wall. */
  'book-appointment': z.strictObject({
    businessId: Id,
    date: z.iso.date(),
    minute: z
      .int()
      .min(0)
      .max(24 * 60 - 1),
    phone: Phone.nullable(),
  }),
  'cancel-appointment': z.strictObject({ appointmentId: Id }),
  /** By the six digits of the booking, or by telephone number. */
  'check-in': z.strictObject({ codeOrPhone: z.string().regex(/^\d{6,15}$/), ...ticketOptions }),
} as const;

/** A ticket the customer has already, as the kiosk offers it again (TK5). */
export interface OwnTicket {
  readonly ticketId: string;
  readonly number: string;
  readonly queueId: string;
  readonly businessId: string;
}

export interface ArrivalAnswers {
  'identify-customer': {
    identification: string;
    medium: 'card' | 'passbook' | 'id-card';
    masked: string;
    /** What the age rule gives; null: nothing. */
    priorityReasonId: string | null;
    ownTickets: OwnTicket[];
  };
  'accept-self-service': { machineId: string };
  'book-appointment': { appointmentId: string; code: string; startsAt: z.infer<typeof Instant> };
}
