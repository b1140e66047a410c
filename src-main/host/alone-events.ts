import type { NewEvent } from '#core/branch/events.ts';

/** BR4: whether events may be answered while the pair is broken: they give no ticket to a counter, no block to a PC. */
export function isAlone(events: readonly { readonly type: string }[]): boolean {
  return !events.some(({ type }) => GIVES_TICKET.has(type));
}
const GIVES_TICKET: ReadonlySet<string> = new Set<NewEvent['type']>([
  'ticket-called',
  'finish-undone',
  'walk-in-started',
  // Two hosts must never give the same numbers away (BR5).
  'number-block-given',
]);
