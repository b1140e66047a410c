import { z } from 'zod';
import { CustomerRecord, SealedContact } from '../arrival/customer.ts';
import { SelfServiceState } from '../wire/commands-arrival.ts';
import { Id, Instant } from '../wire/fields.ts';

/** What a ticket's issue tells besides the ticket; tickets issued before these rules have none of it. */
export const ARRIVAL_OF_TICKET = {
  /** Null: nobody was identified (TK2). */
  customer: CustomerRecord.nullable().default(null),
  /** Why it goes first, and who said so (TK9); null: it does not. */
  priority: z
    .strictObject({ reasonId: Id, source: z.enum(['customer', 'age', 'staff']) })
    .nullable()
    .default(null),
  /** TK1: a machine could have done it and the customer insisted, or all its machines were down. */
  selfService: z.enum(['none', 'declined', 'down']).default('none'),
  /** TK8: what it was booked for. */
  appointment: z.strictObject({ appointmentId: Id, startsAt: Instant }).nullable().default(null),
};

export const ARRIVAL_EVENT_DATA = {
  /** TK1: sent to a machine instead of a window. */
  'customer-diverted': z.strictObject({ businessId: Id, machineId: Id }),
  'self-service-state-changed': z.strictObject({ machineId: Id, state: SelfServiceState }),
  'appointment-booked': z.strictObject({
    appointmentId: Id,
    code: z.string().regex(/^\d{6}$/),
    businessId: Id,
    startsAt: Instant,
    contact: SealedContact.nullable(),
  }),
  'appointment-cancelled': z.strictObject({ appointmentId: Id }),
  /** Its time is over and nobody came. */
  'appointment-missed': z.strictObject({ appointmentId: Id }),
} as const;
