import { z } from 'zod';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { CHECK_KINDS } from './check-values.ts';
import { refusalOfTemplate } from './frame-template-rules.ts';

/**
 * A board's frames, written down as data (hardware-protocols 7.4): most makers describe theirs on one page as head,
 * address, length, command, text, check and tail. A new model is a new JSON file; `docs/adding.md` shows one.
 */

const MAX_PARTS = 24;
const MAX_CHARACTERS = 200;

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/[0-9A-Fa-f]{2}/g) ?? [], pair => Number.parseInt(pair, 16));
}

/** `"AA 55"` or `"AA55"` → its bytes. */
function hexBytes(max: number) {
  return z
    .string()
    .regex(/^(?:[0-9A-Fa-f]{2} ?)+$/)
    .transform(bytesOf)
    .refine(bytes => bytes.length <= max, 'too-big');
}
const HexByte = z
  .string()
  .regex(/^[0-9A-Fa-f]{2}$/)
  .transform(hex => Number.parseInt(hex, 16));

/** `"06 ?? 0D"` → bytes and nulls; `??` stands for any byte. */
const HexPattern = z
  .string()
  .regex(/^(?:(?:[0-9A-Fa-f]{2}|\?\?) ?)+$/)
  .transform(pattern =>
    (pattern.match(/[0-9A-Fa-f]{2}|\?\?/g) ?? []).map(pair =>
      pair === '??' ? null : Number.parseInt(pair, 16),
    ),
  )
  .refine(pattern => pattern.length <= 64 && pattern.some(byte => byte !== null), 'no-fixed-byte');

/** First and last part covered, counted from 0, both included. */
const PartRange = z.tuple([
  z
    .int()
    .min(0)
    .max(MAX_PARTS - 1),
  z
    .int()
    .min(0)
    .max(MAX_PARTS - 1),
]);

const FixedPart = z.strictObject({ hex: hexBytes(64) });
/** `ascii2` and `ascii3`: the address in decimal digits. */
const AddressPart = z.strictObject({ addr: z.enum(['u8', 'u16le', 'u16be', 'ascii2', 'ascii3']) });
const LengthPart = z.strictObject({
  len: z.enum(['u8', 'u16le', 'u16be']),
  of: PartRange,
  /** Added to the bytes counted. */
  add: z.int().min(-255).max(255).default(0),
});
const TextPart = z.strictObject({
  /** `bcd`: two digits in each byte. */
  text: z.enum(['gbk', 'ascii', 'bcd']),
  /** Always so many bytes, filled up with `pad`; absent: as long as the text. */
  width: z.int().min(1).max(MAX_CHARACTERS).optional(),
  pad: HexByte.optional(),
  align: z.enum(['left', 'right']).default('left'),
});
const NumberPart = z.strictObject({
  /** `bcd2`: four digits in two bytes. `ascii`: `digits` digits with leading zeros. */
  num: z.enum(['u16be', 'u16le', 'bcd2', 'ascii']),
  digits: z.int().min(1).max(8).optional(),
  /** What is sent for "nothing". Absent: 0, or spaces in `ascii`. */
  blank: z.int().min(0).max(0xffff).optional(),
});
const CheckPart = z.strictObject({
  check: z.enum(CHECK_KINDS),
  of: PartRange,
  /** `ascii`: upper-case hexadecimal digits. One-byte checks have no order but this. */
  order: z.enum(['le', 'be', 'ascii']).default('le'),
});

const UpdatePart = z.union([FixedPart, AddressPart, LengthPart, TextPart, NumberPart, CheckPart]);
export type TemplatePart = z.output<typeof UpdatePart>;
const PingPart = z.union([FixedPart, AddressPart, LengthPart, CheckPart]);

const Acknowledgement = z.strictObject({
  hex: HexPattern,
  timeoutMs: z.int().min(20).max(10_000).default(300),
});
export type Acknowledgement = z.output<typeof Acknowledgement>;

export const FrameTemplate = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  title: z.string().min(1).max(80),
  serial: z
    .strictObject({
      baudRate: z.int().min(300).max(921_600).default(9600),
      dataBits: z.union([z.literal(7), z.literal(8)]).default(8),
      parity: z.enum(['none', 'even', 'odd']).default('none'),
      stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
    })
    .prefault({}),
  /** The frame that shows a text. Lengths and checks are taken before stuffing. */
  parts: z.array(UpdatePart).min(1).max(MAX_PARTS),
  /** Replaced everywhere but in a first and a last fixed part, which are the frame's head and tail. */
  stuffing: z
    .array(z.strictObject({ byte: HexByte, as: hexBytes(4) }))
    .max(16)
    .default([]),
  /** What comes back when a board has taken a frame. */
  ack: z.union([z.literal('none'), Acknowledgement]).default('none'),
  /** A question that changes nothing, to learn whether the board is there. */
  ping: z.strictObject({ parts: z.array(PingPart).min(1).max(MAX_PARTS), ack: Acknowledgement }).optional(),
  limits: z
    .strictObject({
      maxChars: z.int().min(1).max(MAX_CHARACTERS).default(16),
      /** What one board bears between two updates. */
      minIntervalMs: z.int().min(0).max(60_000).default(0),
      /** What it can show; absent: all that its text part can carry. `tube`: what seven segments can form. */
      charset: z.enum(['digits', 'tube', 'ascii', 'gbk']).optional(),
    })
    .prefault({}),
});
/** A checked template: hex as bytes, defaults filled in. */
export type FrameTemplate = z.output<typeof FrameTemplate>;

/**
 * Checks a template as read from JSON.
 * @returns the template, or L208 with the `field` at fault and a short `reason`
 */
export function parseLedTemplate(json: unknown): Result<FrameTemplate> {
  const parsed = FrameTemplate.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const field = [...(issue?.path ?? []), ...unknownKey].map(String).join('.');
    const reason = (issue?.code === 'custom' ? issue.message : issue?.code) ?? 'invalid';
    return fail('L208', { field: field === '' ? 'template' : field, reason });
  }
  const refusal = refusalOfTemplate(parsed.data);
  return refusal === null ? ok(parsed.data) : fail('L208', { ...refusal });
}
