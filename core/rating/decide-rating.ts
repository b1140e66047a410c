import { accept, type Handler, NOTHING_TO_DO } from '../branch/decision.ts';
import { counterOf } from '../branch/state.ts';
import { fail } from '../wire/result.ts';

/** RT1: the first press within the time counts; every other press is ignored. */
const pressRating: Handler<'press-rating'> = (state, { args }, context) => {
  const open = counterOf(state, args.counterId).openRating;
  if (!open || context.now - open.promptedAt >= open.openMs) return fail('T815', { counter: args.counterId });
  // Pressed on a screen that still showed an earlier prompt.
  if (args.ratingId !== undefined && args.ratingId !== open.ratingId)
    return fail('T815', { counter: args.counterId });
  const level = state.document.ratingLevels[args.position - 1];
  if (!level) return fail('K306', { position: args.position });
  const { ratingId, ticketId, staffNumber, promptedAt } = open;
  return accept([
    {
      type: 'rating-given',
      data: {
        ratingId,
        ticketId,
        counterId: args.counterId,
        staffNumber,
        levelId: level.id,
        satisfied: level.satisfied,
        bad: level.bad,
        // A clock set back in between must not make a negative time.
        afterMs: Math.max(0, context.now - promptedAt),
      },
    },
  ]);
};

/** RT2: silence is unrated; a keypad that could not prompt is a case of its own. */
const closeRating: Handler<'close-rating'> = (state, { args }) => {
  const open = counterOf(state, args.counterId).openRating;
  if (open?.ratingId !== args.ratingId) return NOTHING_TO_DO;
  const { ratingId, ticketId, staffNumber } = open;
  const outcome = args.keypadAbsent ? 'keypad-absent' : 'unrated';
  return accept([
    { type: 'rating-closed', data: { ratingId, ticketId, counterId: args.counterId, staffNumber, outcome } },
  ]);
};

/** RT3: what was done about a bad rating. */
const handleBadRating: Handler<'handle-bad-rating'> = (state, { args }) => {
  const rating = state.recentRatings.find(record => record.ratingId === args.ratingId);
  if (!rating?.bad) return fail('T820');
  if (rating.handledNote !== null) return NOTHING_TO_DO;
  return accept([{ type: 'bad-rating-handled', data: args }]);
};

export const decideRating = {
  'press-rating': pressRating,
  'close-rating': closeRating,
  'handle-bad-rating': handleBadRating,
};
