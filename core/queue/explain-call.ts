import { CALL_WORDS, GATE_WORDS } from '../locales/call-words.ts';
import { fillText } from '../locales/fill-text.ts';
import type { LocalText } from '../wire/fields.ts';

/** What is known of a call, in a view or from its `ticket-called` event. */
export interface ExplainedCall {
  /** What chose the ticket, as recorded. */
  readonly gate: string;
  readonly passedCount: number;
  /** CS4: the bank's words for why it was chosen; null when the policy chose it. */
  readonly choiceReason: LocalText | null;
}

/** CS2: why this ticket was called, in one sentence, without identity or class of anybody. */
export function explainCall({ gate, passedCount, choiceReason }: ExplainedCall): LocalText {
  const words = Object.hasOwn(GATE_WORDS, gate)
    ? GATE_WORDS[gate as keyof typeof GATE_WORDS]
    : GATE_WORDS.other;
  const why = choiceReason ? fillText(CALL_WORDS.withReason, { gate: words, reason: choiceReason }) : words;
  return passedCount === 0
    ? fillText(CALL_WORDS.nobodyPassed, { gate: why })
    : fillText(CALL_WORDS.passed, { gate: why, count: String(passedCount) });
}
