import { z } from 'zod';
import { SealedText } from './commands-arrival.ts';
import { WedgeSettings } from './device-settings.ts';
import { Id } from './fields.ts';

/** How readers that type like a keyboard are told from people (TK2); the same for every window. */
export const ReaderView = z.strictObject({ wedge: WedgeSettings });

/**
 * What a reader on a line of this PC has read, as the host understood it. The number itself stays with the host
 * (TK2, ID2): a window gets what `identify-customer` would have answered.
 */
export const Scan = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('customer'),
    identification: SealedText,
    medium: z.enum(['card', 'passbook', 'id-card']),
    masked: z.string().max(20),
    priorityReasonId: Id.nullable(),
    ownTickets: z.array(z.strictObject({ ticketId: Id, number: z.string(), queueId: Id, businessId: Id })),
  }),
  /** TK8: a code that is booked; it is no secret of the customer's. */
  z.strictObject({ kind: z.literal('appointment'), code: z.string() }),
  /** The code on a ticket that is open. */
  z.strictObject({ kind: z.literal('ticket'), ticketId: Id, number: z.string() }),
  /** Read, but of no use: `T843`, `T845`, `T803`, or the host's keys. */
  z.strictObject({ kind: z.literal('refused'), code: z.string().max(8) }),
]);
export type Scan = z.infer<typeof Scan>;
