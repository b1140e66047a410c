import { z } from 'zod';
import { Id, LocalText } from '../wire/fields.ts';

const text = z.string().max(500);
const atCounter = { ticketId: Id, counterId: Id };

/** Where a transferred ticket stands among those who wait (CS6). */
export const TransferPosition = z.enum(['front', 'arrival', 'back']);
export type TransferPosition = z.infer<typeof TransferPosition>;

/** A paper of a parked ticket, with its name as it was then (CS7). */
export const MissingPaper = z.strictObject({ id: Id, name: LocalText });

/** What a cue leads to (CS13). */
export const CueAction = z.enum(['call-help', 'report', 'referral']);
export type CueAction = z.infer<typeof CueAction>;

/** What can happen to a visit between its call and its end. */
export const SERVING_EVENTS = {
  /** CS6: out of a counter's hands, or out of one queue, into another; `forCounterId`: one counter's alone. */
  'ticket-transferred': z.strictObject({
    ticketId: Id,
    fromCounterId: Id.nullable(),
    queueId: Id,
    forCounterId: Id.nullable(),
    position: TransferPosition,
    note: text,
  }),
  /** CS7: 暂缓, with the lobby manager, until what is missing is here. */
  'ticket-parked': z.strictObject({ ...atCounter, missing: z.array(MissingPaper).max(30), note: text }),
  'paper-ticked': z.strictObject({ ticketId: Id, paperId: Id, isHere: z.boolean() }),
  /** `forCounterId`: back to that counter; null: to any that serves its queue. */
  'ticket-ready': z.strictObject({ ticketId: Id, forCounterId: Id.nullable() }),

  // Several businesses on one ticket (TK10)
  'business-added': z.strictObject({ ticketId: Id, businessId: Id }),
  'business-removed': z.strictObject({ ticketId: Id, businessId: Id }),
  /** One business is done and the next one's turn; `stays`: at the same counter, at once. */
  'business-finished': z.strictObject({
    ...atCounter,
    businessId: Id,
    nextBusinessId: Id,
    stays: z.boolean(),
  }),

  /** CS9: somebody is served who was not called; the visit has no number. */
  'walk-in-started': z.strictObject({
    ...atCounter,
    businessId: Id,
    queueId: Id,
    classId: Id,
    progressToken: Id,
  }),

  /** CS13: a teller saw the signs of a cue. */
  'cue-raised': z.strictObject({
    alertId: Id,
    cueId: Id,
    action: CueAction,
    counterId: Id,
    ticketId: Id.nullable(),
    staffNumber: z.string(),
    signIds: z.array(Id).max(20),
    note: text,
  }),
  'cue-handled': z.strictObject({ alertId: Id, note: z.string().min(1).max(500) }),
} as const;
