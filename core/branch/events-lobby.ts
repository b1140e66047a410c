import { z } from 'zod';
import { Id } from '../wire/fields.ts';
import { TransferPosition } from './events-serving.ts';

const note = z.string().max(500);

/** What a colleague answered, or how an ask ended otherwise. An opened window answers by itself. */
export const AskAnswer = z.enum(['coming', 'cannot', 'withdrawn']);
export type AskAnswer = z.infer<typeof AskAnswer>;

/** What the full complaint file and emergency plans will take up later (CP, EM). */
export const IncidentKind = z.enum(['complaint', 'emergency']);
export type IncidentKind = z.infer<typeof IncidentKind>;

/** What the lobby manager does from the one screen (LB2). */
export const LOBBY_EVENTS = {
  /** 离开: the customer went away before being called; counts towards the abandonment rate 弃号率. */
  'ticket-left': z.strictObject({ ticketId: Id }),
  /** The customer was there after all: back to the old place in the line. */
  'left-taken-back': z.strictObject({ ticketId: Id }),
  /** A waiting ticket into another queue, or another place of its own; it goes on waiting, in the same leg. */
  'ticket-moved': z.strictObject({ ticketId: Id, queueId: Id, position: TransferPosition, note }),
  /** TK9: goes first from now on, and why; where it stands then. `reasonId` null: that was taken back. */
  'care-set': z.strictObject({ ticketId: Id, reasonId: Id.nullable(), classId: Id, queueId: Id }),
  /** A closed or paused window is asked to open; `counter-opened` and `counter-resumed` answer it. */
  'counter-asked-to-open': z.strictObject({ askId: Id, counterId: Id, staffNumber: z.string() }),
  /** `staffNumber` asks `calledNumber` to come. */
  'colleague-called': z.strictObject({
    askId: Id,
    staffNumber: z.string(),
    calledNumber: z.string(),
    note,
  }),
  'ask-answered': z.strictObject({ askId: Id, answer: AskAnswer }),
  /** Only the start is recorded, so that nothing is forgotten. `ticketId`: whose visit it is about, if any. */
  'incident-noted': z.strictObject({
    incidentId: Id,
    kind: IncidentKind,
    text: z.string().min(1).max(500),
    ticketId: Id.nullable(),
    staffNumber: z.string(),
  }),
  'incident-handled': z.strictObject({ incidentId: Id, note: z.string().min(1).max(500) }),
} as const;
