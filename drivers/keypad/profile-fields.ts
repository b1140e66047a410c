import { z } from 'zod';
import { PromptFrame } from './prompt-frame.ts';

/** The parts that profiles of every transport are made of (hardware-protocols 10.6). */

const MAX_LEVELS = 6;
export const MAX_REPORT_BYTES = 1024;

export const Byte = z.int().min(0).max(0xff);
export const BytePosition = z
  .int()
  .min(0)
  .max(MAX_REPORT_BYTES - 1);

/** `"1209"` → 0x1209. */
export const HexWord = z
  .string()
  .regex(/^[0-9A-Fa-f]{1,4}$/)
  .transform(hex => Number.parseInt(hex, 16));

const IdleByte = z.strictObject({ byte: BytePosition, mask: Byte.default(0xff), value: Byte });
const ByteTest = z.strictObject({ byte: BytePosition, mask: Byte.default(0xff), equals: Byte });

export const Rating = z.int().min(1).max(MAX_LEVELS);
export const Action = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const AllOf = z.array(ByteTest).min(1).max(64);
const AnyOfBytes = z.array(BytePosition).min(1).max(64);

/** A key: the bytes it shows, and either the rating position or the action it stands for. */
export const KeypadRule = z.union([
  z.strictObject({ all: AllOf, rating: Rating }),
  z.strictObject({ all: AllOf, action: Action }),
  z.strictObject({ anyOfBytes: AnyOfBytes, equals: Byte, rating: Rating }),
  z.strictObject({ anyOfBytes: AnyOfBytes, equals: Byte, action: Action }),
]);
export type KeypadRule = z.output<typeof KeypadRule>;

/**
 * When a report counts as a press. `press`: a key is down after none was. `change`: a key is down that was not down
 * before. `each`: every report is a press, for keypads that say nothing when a key is let go.
 */
const Edge = z.strictObject({
  kind: z.enum(['press', 'change', 'each']),
  /** All must hold for "no key is down". An empty list: no rule matches. */
  idle: z.array(IdleByte).max(64).default([]),
  /** The same key again within this time after it was last seen down is contact bounce. */
  debounceMs: z.int().min(0).max(2000).default(30),
  /** After a rating, further ratings are ignored for this long. */
  lockoutMs: z.int().min(0).max(60_000).default(0),
});

/**
 * Output reports by prompt. HID: the first byte is the report id, 00 where reports are not numbered.
 * Serial: the bytes as they go out. They may have fields for facts of the moment (`prompt-frame.ts`).
 */
const Prompts = z
  .strictObject({ welcome: PromptFrame, 'please-rate': PromptFrame, thanks: PromptFrame, off: PromptFrame })
  .partial();

/** What every profile has, whatever its transport. */
export const Named = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  title: z.string().min(1).max(80),
};

/** What profiles of keypads that send bytes have. */
export const Common = {
  ...Named,
  edge: Edge,
  rules: z.array(KeypadRule).min(1).max(64),
  prompts: Prompts.default({}),
};
