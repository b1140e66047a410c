import { z } from 'zod';
import { type KeypadRule, Named } from './profile-fields.ts';

/**
 * A networked evaluator (hardware-protocols 10.5): it opens pages it is told to, and customers rate on the page. The
 * published protocol has no message for a press, so such a profile has pages and no keys: the page tells the rating.
 */

/** An address for a prompt; `{counterId}`, `{counterNumber}`, `{staffNumber}` and `{stars}` are filled in. */
const Page = z
  .string()
  .max(500)
  .regex(/^https?:\/\/\S+$/);

const Pages = z.strictObject({ welcome: Page, 'please-rate': Page, thanks: Page, off: Page }).partial();

export const WebSocketKeypadProfile = z.strictObject({
  ...Named,
  transport: z.literal('websocket'),
  pages: Pages.refine(pages => pages['please-rate'] !== undefined, { path: ['please-rate'] }),
  /** How often it says that it is there; after two and a half of these without a word it counts as lost. */
  heartbeatMs: z.int().min(1000).max(3_600_000).default(60_000),
  rules: z
    .array(z.never())
    .default([])
    .transform((): KeypadRule[] => []),
  edge: z
    .strictObject({})
    .default({})
    .transform(() => ({ kind: 'each' as const, idle: [], debounceMs: 0, lockoutMs: 0 })),
  prompts: z.strictObject({}).default({}),
});
export type WebSocketKeypadProfile = z.output<typeof WebSocketKeypadProfile>;
