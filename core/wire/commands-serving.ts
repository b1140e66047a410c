import { z } from 'zod';
import { Id, Note } from './fields.ts';

const counterTicket = { counterId: Id, ticketId: Id };

/** What a teller asks for between a call and its end, and the lobby manager for those who are parked. */
export const SERVING_COMMANDS = {
  /** CS6 */
  'transfer-ticket': z.strictObject({
    ...counterTicket,
    to: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('queue'), queueId: Id }),
      z.strictObject({ kind: z.literal('counter'), counterId: Id }),
    ]),
    position: z.enum(['front', 'arrival', 'back']),
    note: Note,
  }),
  /** CS7: `paperIds` are those of the view's checklist that are missing. */
  'park-ticket': z.strictObject({ ...counterTicket, paperIds: z.array(Id).max(30), note: Note }),
  'tick-paper': z.strictObject({ ticketId: Id, paperId: Id, isHere: z.boolean() }),
  'ready-ticket': z.strictObject({ ticketId: Id, returnTo: z.enum(['same-counter', 'any-counter']) }),
  /** TK10 */
  'add-business': z.strictObject({ ticketId: Id, businessId: Id }),
  'remove-business': z.strictObject({ ticketId: Id, businessId: Id }),
  /** Names the business that starts, so that a key pressed twice starts one. */
  'start-next-business': z.strictObject({ ...counterTicket, businessId: Id }),
  /** CS9 */
  'start-walk-in': z.strictObject({ counterId: Id, businessId: Id }),
  /** CS13 */
  'raise-cue': z.strictObject({
    counterId: Id,
    cueId: Id,
    action: z.enum(['call-help', 'report', 'referral']),
    signIds: z.array(Id).max(20),
    note: Note,
  }),
  'handle-cue': z.strictObject({ alertId: Id, note: Note.min(1) }),
} as const;
