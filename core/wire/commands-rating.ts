import { z } from 'zod';
import { Id } from './fields.ts';

/** What a rating screen sends for its own counter, without anybody signed in (RT1, RT4). */
export const RATING_COMMANDS = {
  /** `position` in the view's levels, from 1. A press on any prompt but the named one does not count. */
  'press-rating-screen': z.strictObject({ counterId: Id, ratingId: Id, position: z.int().min(1).max(6) }),
  /** 一米线: spoken and shown, not recorded. */
  'ask-one-metre-line': z.strictObject({ counterId: Id }),
} as const;
