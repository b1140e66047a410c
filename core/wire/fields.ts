import { z } from 'zod';

/** Small field shapes shared by all messages. Limits keep a hostile or broken sender from filling memory. */

/** Identifier made by a machine: letters, digits and `_ . : -`. */
export const Id = z.string().regex(/^[\w.:-]{1,64}$/);

/** A text in Chinese first, English beside it. */
export const LocalText = z.strictObject({ zh: z.string().min(1).max(400), en: z.string().min(1).max(400) });
export type LocalText = z.infer<typeof LocalText>;

export const Language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof Language>;

/** A ticket number as customers see it: letter and three digits (TK3). */
export const TicketNumber = z.string().regex(/^[A-Z][0-9]{3}$/);

/** Milliseconds since 1970-01-01T00:00Z. */
export const Instant = z.int().min(0);

/** A length of time in milliseconds. */
export const DurationMs = z.int().min(0);

/** Free text typed by staff: trimmed, no control characters, at most 500 characters. */
export const Note = z
  .string()
  .max(500)
  .regex(/^[^\p{Cc}]*$/u)
  .trim();
