import type { View } from '#core/wire/views.ts';

export type RatingScreenView = View<'rating-screen'>;

/** What the screen is for just now. */
export type Stage =
  | { readonly kind: 'rate'; readonly ratingId: string; readonly secondsLeft: number; readonly share: number }
  | { readonly kind: 'thanks' }
  /** `number` is empty for a walk-in. */
  | { readonly kind: 'customer'; readonly number: string; readonly status: 'called' | 'serving' }
  | { readonly kind: 'idle' }
  /** Paused or closed: the line of the board says which. */
  | { readonly kind: 'away' };

/** How long a rating is thanked for. */
export const THANKS_MS = 4_000;

/**
 * RT1, RT4: the prompt goes before all else for as long as it is open, then thanks, then the counter's own state.
 * @param now the host's clock, in ms since 1970
 */
export function stageOf({ rating, ticket, counter }: RatingScreenView, now: number): Stage {
  if (rating?.status === 'open' && now < rating.until) {
    const leftMs = rating.until - now;
    const share = Math.min(1, leftMs / (rating.until - rating.openedAt));
    return { kind: 'rate', ratingId: rating.ratingId, secondsLeft: Math.ceil(leftMs / 1000), share };
  }
  if (rating?.status === 'thanks' && now - rating.at < THANKS_MS) return { kind: 'thanks' };
  if (ticket) return { kind: 'customer', ...ticket };
  return { kind: counter.status === 'open' ? 'idle' : 'away' };
}

/** Is it asked for just now that the others step back? */
export function oneMetreLineOf({ oneMetreLine }: RatingScreenView, now: number) {
  return oneMetreLine !== null && now < oneMetreLine.until ? oneMetreLine.text : null;
}

/** Which level a key of the keyboard stands for, from 1; null: none. A key held down is no second press. */
export function keyToPosition(
  event: Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'altKey' | 'metaKey'>,
  levelCount: number,
): number | null {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return null;
  const position = /^[1-6]$/.test(event.key) ? Number(event.key) : 0;
  return position >= 1 && position <= levelCount ? position : null;
}

/** What is spoken when one stage follows another (RT4); null: nothing. */
export function spokenAt(before: Stage | null, after: Stage): 'greeting' | 'rate' | 'thanks' | null {
  if (after.kind === 'rate')
    return before?.kind === 'rate' && before.ratingId === after.ratingId ? null : 'rate';
  // A page that was just loaded greets and thanks nobody a second time.
  if (before === null) return null;
  if (after.kind === 'thanks') return before.kind === 'rate' ? 'thanks' : null;
  const startsNow =
    after.kind === 'customer' &&
    after.status === 'serving' &&
    !(before.kind === 'customer' && before.status === 'serving');
  // After a prompt the same visit goes on (a second business): no second welcome.
  return startsNow && before.kind === 'customer' ? 'greeting' : null;
}
