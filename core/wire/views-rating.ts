import { z } from 'zod';
import { Id, Instant, LocalText } from './fields.ts';

/** A counter as anybody in the hall can see it. */
const PublicCounter = { counterId: Id, number: z.int().nullable(), name: LocalText };

/**
 * The screen beside a window, seen by the customer there (RT4). Of people it has the teller's number, stars and
 * picture: no name, no card, no class, and of a rating only that there was one (DV6).
 */
export const RatingScreenView = z.strictObject({
  bankName: LocalText,
  branchName: LocalText,
  timeZone: z.string(),
  greeting: LocalText,
  counter: z.strictObject({ ...PublicCounter, status: z.enum(['closed', 'open', 'paused']) }),
  /** What the board above the window says (DV1). */
  line: LocalText,
  /** Null while nobody is on the counter. */
  teller: z
    .strictObject({
      staffNumber: z.string(),
      /** 0 to 5; null: not shown. */
      stars: z.int().min(0).max(5).nullable(),
      /** Address of the picture; null: there is none. */
      photo: z.string().nullable(),
    })
    .nullable(),
  /** `number` is empty for a walk-in (CS9). */
  ticket: z.strictObject({ number: z.string(), status: z.enum(['called', 'serving']) }).nullable(),
  /** Best first; what `position` counts, from 1. */
  levels: z.array(LocalText),
  /** The prompt that waits for a press, else the last one that was answered at this counter. */
  rating: z.union([
    z.strictObject({ status: z.literal('open'), ratingId: Id, openedAt: Instant, until: Instant }),
    z.strictObject({ status: z.literal('thanks'), ratingId: Id, at: Instant }),
    z.null(),
  ]),
  /** 一米线: asks the others to step back, until then. */
  oneMetreLine: z.strictObject({ text: LocalText, until: Instant }).nullable(),
});

/** For a rating screen that does not know its counter yet; nothing about staff. */
export const CounterListView = z.strictObject({
  bankName: LocalText,
  branchName: LocalText,
  timeZone: z.string(),
  counters: z.array(z.strictObject(PublicCounter)),
});
