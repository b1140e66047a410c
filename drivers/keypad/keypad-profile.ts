import { z } from 'zod';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { Byte, BytePosition, Common, HexWord, type KeypadRule, MAX_REPORT_BYTES } from './profile-fields.ts';
import { HexBytes } from './prompt-frame.ts';
import { lineFormatOf } from './serial-line.ts';
import { ShortcutKeypadProfile } from './shortcut-profile.ts';
import { WebSocketKeypadProfile } from './websocket-profile.ts';

export type { KeypadRule } from './profile-fields.ts';

/**
 * What a bank writes down about a model of keypad (hardware-protocols 10.6): how to find it, how its reports read
 * and which key stands for which place in the bank's list of rating levels. A new model is a new JSON file.
 */

export const HidMatch = z.strictObject({
  vendorId: HexWord,
  productId: HexWord,
  usagePage: HexWord.optional(),
  usage: HexWord.optional(),
  interface: z.int().min(0).max(255).optional(),
  serialNumber: z.string().min(1).max(128).optional(),
});
export type HidMatch = z.output<typeof HidMatch>;

export const HidKeypadProfile = z.strictObject({
  ...Common,
  transport: z.literal('hid'),
  match: HidMatch,
  open: z
    .strictObject({
      /** `libusb` keeps a keyboard-type keypad from typing into the focused window (10.1). */
      linuxBackend: z.enum(['hidraw', 'libusb']).default('hidraw'),
      /** Written after every opening; the first byte is the report id. */
      initWrites: z
        .array(z.strictObject({ kind: z.enum(['output', 'feature']), hex: HexBytes }))
        .max(16)
        .default([]),
      /** Repeats `initWrites` at this interval; 0 = never. */
      keepAliveMs: z.int().min(0).max(3_600_000).default(0),
    })
    .prefault({}),
  frame: z.strictObject({
    /** Reports with another id are not for us. Null: reports are not numbered. */
    reportId: Byte.nullable(),
    minLength: z.int().min(1).max(MAX_REPORT_BYTES),
  }),
});
export type HidKeypadProfile = z.output<typeof HidKeypadProfile>;

/** One check byte at position `at` over the bytes `of[0]` to `of[1]`, both included. */
const FrameCheck = z.strictObject({
  kind: z.enum(['sum8', 'neg8', 'xor8']),
  of: z.tuple([BytePosition, BytePosition]),
  at: BytePosition,
});

export const SerialFrame = z.strictObject({
  head: HexBytes.prefault(''),
  /** Whole frame, head, check and tail included. Null: the frame ends with `tail`. */
  length: z.int().min(1).max(64).nullable().default(null),
  tail: HexBytes.prefault(''),
  check: FrameCheck.nullable().default(null),
});
export type SerialFrame = z.output<typeof SerialFrame>;

export const SerialKeypadProfile = z.strictObject({
  ...Common,
  transport: z.literal('serial'),
  match: z.strictObject({
    path: z.string().min(1).max(200).optional(),
    vendorId: HexWord.optional(),
    productId: HexWord.optional(),
    baudRate: z.int().min(300).max(921_600).default(9600),
    dataBits: z.union([z.literal(7), z.literal(8)]).default(8),
    parity: z.enum(['none', 'even', 'odd']).default('none'),
    stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
  }),
  frame: SerialFrame,
});
export type SerialKeypadProfile = z.output<typeof SerialKeypadProfile>;

export const KeypadProfile = z.discriminatedUnion('transport', [
  HidKeypadProfile,
  SerialKeypadProfile,
  ShortcutKeypadProfile,
  WebSocketKeypadProfile,
]);
/** A checked profile: hex ids as numbers, hex frames as bytes, defaults filled in. */
export type KeypadProfile = z.output<typeof KeypadProfile>;

/**
 * Checks a profile as read from JSON against the bank's list of rating levels.
 * @param json what `JSON.parse` gave
 * @param levelCount length of the bank's list, 3 to 6
 * @returns the profile, or K306 with the `field` at fault and a short `reason`
 */
export function parseKeypadProfile(json: unknown, levelCount: number): Result<KeypadProfile> {
  const parsed = KeypadProfile.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const field = [...(issue?.path ?? []), ...unknownKey].map(String).join('.');
    return refuse(field, issue?.code ?? 'invalid');
  }
  const profile = parsed.data;
  return refusalOfFrame(profile) ?? refusalOfRules(profile, levelCount) ?? ok(profile);
}

type Refusal = ReturnType<typeof fail>;

function refuse(field: string, reason: string, facts: Record<string, number> = {}): Refusal {
  return fail('K306', { field: field === '' ? 'profile' : field, reason, ...facts });
}

function refusalOfRules(profile: KeypadProfile, levelCount: number): Refusal | null {
  const beyond = profile.rules.findIndex(rule => 'rating' in rule && rule.rating > levelCount);
  if (beyond >= 0) return refuse(`rules.${beyond}.rating`, 'beyond-levels', { levelCount });

  if (profile.transport === 'keyboard-shortcut') {
    const twice = profile.rules.findIndex(
      (rule, index) => profile.rules.findIndex(other => other.key === rule.key) < index,
    );
    return twice < 0 ? null : refuse(`rules.${twice}.key`, 'key-twice');
  }
  if (profile.transport === 'websocket') return null;
  const frameLength = profile.transport === 'hid' ? profile.frame.minLength : profile.frame.length;
  // A frame that ends with its tail can be as short as head, one key byte and tail.
  const shortest =
    frameLength ??
    (profile.transport === 'serial' ? profile.frame.head.length + profile.frame.tail.length + 1 : 1);
  const outside = profile.rules.findIndex(rule => bytesReadBy(rule).some(byte => byte >= shortest));
  if (outside >= 0) return refuse(`rules.${outside}`, 'beyond-report', { length: shortest });
  const idle = profile.edge.idle.findIndex(test => test.byte >= shortest);
  return idle >= 0 ? refuse(`edge.idle.${idle}.byte`, 'beyond-report', { length: shortest }) : null;
}

function bytesReadBy(rule: KeypadRule): readonly number[] {
  return 'all' in rule ? rule.all.map(test => test.byte) : rule.anyOfBytes;
}

function refusalOfFrame(profile: KeypadProfile): Refusal | null {
  if (profile.transport !== 'serial') return null;
  if (lineFormatOf(profile.match) === null) return refuse('match.parity', 'no-such-line-format');
  const { head, length, tail, check } = profile.frame;
  if (length === null && tail.length === 0) return refuse('frame.length', 'no-end');
  if (length !== null && length <= head.length + tail.length) return refuse('frame.length', 'too-short');
  if (check !== null) {
    if (length === null) return refuse('frame.check', 'needs-length');
    if (check.at >= length) return refuse('frame.check.at', 'beyond-report', { length });
    if (check.of[0] > check.of[1] || check.of[1] >= length) return refuse('frame.check.of', 'beyond-report');
  }
  return null;
}
