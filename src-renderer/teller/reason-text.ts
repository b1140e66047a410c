import type { TFunction } from 'i18next';
import { type ExplainedCall, explainCall } from '#core/queue/explain-call.ts';
import type { Language } from '#core/wire/fields.ts';

/**
 * CS2: why this ticket, in one sentence: what chose it and how many were passed.
 * @param t the words of the teller screen
 */
export function reasonText(t: TFunction<'teller'>, language: Language, call: ExplainedCall): string {
  return t('bar.why', { reason: explainCall(call)[language] });
}
