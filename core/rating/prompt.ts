import type { ConfiguredState, DecisionContext } from '../branch/decision.ts';
import type { NewEvent } from '../branch/events.ts';
import type { BranchState, CounterState, Ticket } from '../branch/state.ts';

/** Until 64 characters: as long as an id may be. */
const PREFIX = 'rating-screen-';

/** The rating screens of a counter are one device, of the kind of a keypad. */
export function ratingScreenId(counterId: string): string {
  return PREFIX + counterId.slice(PREFIX.length - 64);
}

/** Has the counter a keypad, or a rating screen, that can prompt and take a key now? */
export function isKeypadUp(state: BranchState, counterId: string): boolean {
  for (const { kind, counterId: place, health } of state.devices.values())
    if (
      kind === 'keypad' &&
      place === counterId &&
      (health.status === 'ready' || health.status === 'warning')
    )
      return true;
  return false;
}

/**
 * RT1, RT2: what a finish does to the rating: a prompt that nobody can skip, or, where no keypad works, a record
 * of its own kind that is counted apart.
 */
export function promptEvents(
  state: ConfiguredState,
  counter: CounterState,
  ticket: Ticket,
  context: DecisionContext,
): NewEvent[] {
  const rating = {
    ratingId: context.newId(),
    ticketId: ticket.ticketId,
    counterId: counter.counterId,
    staffNumber: counter.staffNumber ?? '',
  };
  return isKeypadUp(state, counter.counterId)
    ? [{ type: 'rating-prompted', data: { ...rating, openMs: state.document.limits.ratingOpenMs } }]
    : [{ type: 'rating-closed', data: { ...rating, outcome: 'keypad-absent' } }];
}
