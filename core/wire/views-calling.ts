import { z } from 'zod';
import { Id, LocalText } from './fields.ts';

/** Why a ticket was called (CS2); `explainCall` makes the sentence. */
export const CallReason = {
  /** A gate of the policy, `overtaking-cap` or `chosen`. */
  gate: z.string(),
  passedCount: z.int(),
  /** CS4: the bank's words for why it was chosen; null when the policy chose it. */
  choiceReason: LocalText.nullable(),
};

/** For calling a ticket out of turn (CS4): nothing about those who wait, the teller types the number shown. */
export const ChooseTicket = z.strictObject({
  reasons: z.array(z.strictObject({ id: Id, name: LocalText })),
});
