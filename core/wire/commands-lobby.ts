import { z } from 'zod';
import { Id, Note } from './fields.ts';

/** What the lobby manager asks for (LB2), and how colleagues answer. */
export const LOBBY_COMMANDS = {
  'mark-left': z.strictObject({ ticketId: Id }),
  'take-back-left': z.strictObject({ ticketId: Id }),
  /** A waiting ticket into another queue, or to another place of its own. */
  'move-ticket': z.strictObject({
    ticketId: Id,
    queueId: Id,
    position: z.enum(['front', 'arrival', 'back']),
    note: Note,
  }),
  /** TK9: `reasonId` one of the bank's priority reasons; null takes it back. */
  'set-care': z.strictObject({ ticketId: Id, reasonId: Id.nullable() }),
  'ask-counter-to-open': z.strictObject({ counterId: Id }),
  'call-colleague': z.strictObject({ staffNumber: z.string().min(1).max(16), note: Note }),
  /** From the one who was asked. */
  'answer-ask': z.strictObject({ askId: Id, answer: z.enum(['coming', 'cannot']) }),
  'withdraw-ask': z.strictObject({ askId: Id }),
  'note-incident': z.strictObject({
    kind: z.enum(['complaint', 'emergency']),
    text: Note.min(1),
    ticketId: Id.nullable(),
  }),
  'handle-incident': z.strictObject({ incidentId: Id, note: Note.min(1) }),
} as const;

/** What the commands of this file answer. */
export interface LobbyAnswers {
  'note-incident': { incidentId: string };
}
