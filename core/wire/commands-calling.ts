import { z } from 'zod';
import { Id, TicketNumber } from './fields.ts';

/** Calling a ticket to a counter (CS1, CS4). */
export const CALLING_COMMANDS = {
  'call-next': z.strictObject({ counterId: Id }),
  /**
   * Out of turn, with the right for it and a reason. It names the number the customer shows, so that nothing about
   * those who wait has to be on the screen before the call.
   */
  'call-chosen': z.strictObject({ counterId: Id, number: TicketNumber, reasonId: Id }),
} as const;

export interface CallingAnswers {
  'call-next': { ticketId: string; number: string };
  'call-chosen': { ticketId: string; number: string };
}
