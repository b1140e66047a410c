import type { BankDocument } from '../branch/bank-document.ts';
import type { ConfiguredState } from '../branch/decision.ts';
import type { CounterState, TicketCall } from '../branch/state.ts';
import type { ExplainedCall } from '../queue/explain-call.ts';
import { hasRight } from '../staff/rights.ts';
import type { View } from '../wire/views.ts';

/** Why a ticket was called (CS2), with the bank's words for a choice (CS4); a reason it no longer has keeps its id. */
export function callReason({ choiceReasons }: BankDocument, call: TicketCall | null): ExplainedCall {
  const id = call?.choiceReasonId ?? null;
  const name = choiceReasons.find(reason => reason.id === id)?.name ?? null;
  return {
    gate: call?.gate ?? '',
    passedCount: call?.passedCount ?? 0,
    choiceReason: id === null ? null : (name ?? { zh: id, en: id }),
  };
}

/** CS4: offered only to a teller who has the right, where the bank has reasons for it. */
export function chooseTicket(
  state: ConfiguredState,
  { staffNumber }: CounterState,
): View<'teller'>['choose'] {
  const { choiceReasons } = state.document;
  const may = staffNumber !== null && hasRight(state, staffNumber, 'choose-ticket');
  return may && choiceReasons.length > 0 ? { reasons: choiceReasons } : null;
}
