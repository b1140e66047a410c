import type { ConfiguredState } from '../branch/decision.ts';
import { counterOf } from '../branch/state.ts';
import { findStaff } from '../staff/rights.ts';
import type { View } from '../wire/views.ts';
import { windowBoardContent } from './board-texts.ts';
import { branchHead, counterName } from './shared.ts';

type RatingScreen = View<'rating-screen'>;

/** Where pictures of staff are served. */
export const STAFF_PHOTO_FOLDER = '/staff-photos/';

/**
 * RT4: one counter as its customer sees it.
 * @param oneMetreLineUntil until when others are asked to step back, in ms since 1970; null: they are not
 */
export function ratingScreenView(
  state: ConfiguredState,
  counterId: string,
  oneMetreLineUntil: number | null,
): RatingScreen {
  const { document } = state;
  const { status } = counterOf(state, counterId);
  return {
    ...branchHead(document),
    greeting: document.texts.greeting,
    counter: { ...publicCounter(state, counterId), status },
    line: windowBoardContent(state, counterId).text,
    teller: tellerAt(state, counterId),
    ticket: ticketAt(state, counterId),
    levels: document.ratingLevels.map(level => level.name),
    rating: ratingAt(state, counterId),
    oneMetreLine:
      oneMetreLineUntil === null ? null : { text: document.texts.oneMetreLine, until: oneMetreLineUntil },
  };
}

/** The counters a rating screen can belong to. */
export function counterListView(state: ConfiguredState): View<'counter-list'> {
  const { document } = state;
  return { ...branchHead(document), counters: document.counters.map(({ id }) => publicCounter(state, id)) };
}

function publicCounter({ document }: ConfiguredState, counterId: string) {
  const number = document.counters.find(counter => counter.id === counterId)?.number ?? null;
  return { counterId, number, name: counterName(document, counterId) };
}

function tellerAt(state: ConfiguredState, counterId: string): RatingScreen['teller'] {
  const { staffNumber } = counterOf(state, counterId);
  if (staffNumber === null) return null;
  const { stars = null, photo = null } = findStaff(state.document, staffNumber) ?? {};
  return { staffNumber, stars, photo: photo === null ? null : `${STAFF_PHOTO_FOLDER}${photo}` };
}

function ticketAt(state: ConfiguredState, counterId: string): RatingScreen['ticket'] {
  const { ticketId } = counterOf(state, counterId);
  const ticket = ticketId === null ? undefined : state.tickets.get(ticketId);
  return ticket?.status === 'called' || ticket?.status === 'serving'
    ? { number: ticket.number, status: ticket.status }
    : null;
}

/** Which level was pressed is the customer's own: it is not shown again. */
function ratingAt(state: ConfiguredState, counterId: string): RatingScreen['rating'] {
  const { openRating, lastRating } = counterOf(state, counterId);
  if (openRating) {
    const { ratingId, promptedAt, openMs } = openRating;
    return { status: 'open', ratingId, openedAt: promptedAt, until: promptedAt + openMs };
  }
  return lastRating?.outcome === 'rated'
    ? { status: 'thanks', ratingId: lastRating.ratingId, at: lastRating.at }
    : null;
}
