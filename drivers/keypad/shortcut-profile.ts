import { z } from 'zod';
import { Action, Named, Rating } from './profile-fields.ts';

/**
 * Keypads of keyboard type on Windows, where nobody but the system can read them (hardware-protocols 10.1): their keys
 * are programmed to F13–F24, which no other keyboard has, and this program takes those keys system-wide.
 */

/** Usage code of F13 on the keyboard page (10.2). */
const F13_USAGE = 0x68;

/** How long a key counts as held. A held key repeats: first after up to a second, then many times a second. */
const REPEAT_MS = 1100;

/** `F13` to `F24`, and what it stands for. Its report is one byte: the key's usage code. */
const ShortcutRule = z
  .union([z.strictObject({ key: Key(), rating: Rating }), z.strictObject({ key: Key(), action: Action })])
  .transform(rule => ({ ...rule, all: [{ byte: 0, mask: 0xff, equals: usageOf(rule.key) }] }));

export const ShortcutKeypadProfile = z.strictObject({
  ...Named,
  transport: z.literal('keyboard-shortcut'),
  rules: z.array(ShortcutRule).min(1).max(12),
  edge: z
    .strictObject({
      debounceMs: z.int().min(0).max(2000).default(REPEAT_MS),
      lockoutMs: z.int().min(0).max(60_000).default(0),
    })
    .prefault({})
    // A system-wide key is told when it goes down and never when it comes up.
    .transform(edge => ({ ...edge, kind: 'each' as const, idle: [] })),
  /** It has nothing to show. */
  prompts: z.strictObject({}).default({}),
});
export type ShortcutKeypadProfile = z.output<typeof ShortcutKeypadProfile>;

/** The report of a key: its usage code. */
export function usageOf(key: string): number {
  return F13_USAGE + Number(key.slice(1)) - 13;
}

function Key() {
  return z.string().regex(/^F(?:1[3-9]|2[0-4])$/);
}
