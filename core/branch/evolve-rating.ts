import { assertNever } from '../wire/result.ts';
import type { BranchEvent } from './events.ts';
import { type BranchState, counterOf, type RatingRecord } from './state.ts';
import { withEntry } from './state-maps.ts';

type RatingEvent = BranchEvent<'rating-prompted' | 'rating-given' | 'rating-closed' | 'bad-rating-handled'>;

const RECENT_RATINGS = 20;

/** The part of `evolve` that concerns ratings. */
export function evolveRating(state: BranchState, event: RatingEvent): BranchState {
  switch (event.type) {
    case 'rating-prompted': {
      const { ratingId, ticketId, counterId, staffNumber, openMs } = event.data;
      const openRating = { ratingId, ticketId, staffNumber, promptedAt: event.at, openMs };
      const counter = { ...counterOf(state, counterId), openRating, lastRating: null };
      return { ...state, counters: withEntry(state.counters, counterId, counter) };
    }
    case 'rating-given': {
      const { ticketId, levelId, bad } = event.data;
      const ticket = state.tickets.get(ticketId);
      // Pressed when the customer is already on the way to another counter, it is for the one before.
      const tickets =
        ticket?.status === 'done'
          ? withEntry(state.tickets, ticketId, { ...ticket, rated: true })
          : state.tickets;
      return closeAtCounter({ ...state, tickets }, event, { outcome: 'rated', levelId, bad });
    }
    case 'rating-closed': {
      const { outcome, counterId } = event.data;
      if (outcome !== 'withdrawn')
        return closeAtCounter(state, event, { outcome, levelId: null, bad: false });
      const counter = { ...counterOf(state, counterId), openRating: null };
      return { ...state, counters: withEntry(state.counters, counterId, counter) };
    }
    case 'bad-rating-handled': {
      const { ratingId, note } = event.data;
      const recentRatings = state.recentRatings.map(rating =>
        rating.ratingId === ratingId ? { ...rating, handledNote: note } : rating,
      );
      return { ...state, recentRatings };
    }
    default:
      return assertNever(event);
  }
}

function closeAtCounter(
  state: BranchState,
  event: BranchEvent<'rating-given' | 'rating-closed'>,
  result: Pick<RatingRecord, 'outcome' | 'levelId' | 'bad'>,
): BranchState {
  const { ratingId, ticketId, counterId, staffNumber } = event.data;
  const ticketNumber = state.tickets.get(ticketId)?.number ?? '';
  const record: RatingRecord = {
    ratingId,
    ticketId,
    ticketNumber,
    counterId,
    staffNumber,
    at: event.at,
    handledNote: null,
    ...result,
  };
  const counter = { ...counterOf(state, counterId), openRating: null, lastRating: record };
  return {
    ...state,
    counters: withEntry(state.counters, counterId, counter),
    recentRatings: keepRecent([record, ...state.recentRatings]),
  };
}

/** A finish that was taken back was no occasion to rate: its silence, or its missing keypad, is not kept. */
export function withoutSilence(
  state: BranchState,
  { ticketId, counterId }: { readonly ticketId: string; readonly counterId: string },
): BranchState {
  const isSilence = (rating: RatingRecord | null) =>
    rating !== null && rating.ticketId === ticketId && rating.outcome !== 'rated';
  const counter = counterOf(state, counterId);
  const counters = isSilence(counter.lastRating)
    ? withEntry(state.counters, counterId, { ...counter, lastRating: null })
    : state.counters;
  return { ...state, counters, recentRatings: state.recentRatings.filter(rating => !isSilence(rating)) };
}

/** The newest ones, and every bad one that nobody has dealt with yet. */
function keepRecent(ratings: readonly RatingRecord[]): readonly RatingRecord[] {
  return ratings.filter(
    (rating, index) => index < RECENT_RATINGS || (rating.bad && rating.handledNote === null),
  );
}
