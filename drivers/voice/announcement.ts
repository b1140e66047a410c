import { z } from 'zod';
import { fail, ok, type Result } from '#core/wire/result.ts';

/**
 * Writes a spoken call as a sequence of recorded clips (hardware-protocols 12). Pure. Only a ticket number and a
 * counter can enter (DV6): there is no place for a name, a card or an ID.
 */

/** Which language's sentence to build; a dialect pack speaks one of these sentences with its own recordings. */
export type CallLanguage = 'zh' | 'en';

/** Ticket: up to two letters and up to four digits. */
const TicketNumber = z.string().regex(/^[A-Z]{0,2}[0-9]{1,4}$/);
/** A counter's number, or a short name as the bank's counter list has it; never a long run of digits. */
const CounterName = z
  .string()
  .min(1)
  .max(12)
  .regex(/^[\p{L}\p{N} -]+$/u)
  .refine(name => /^[0-9]{1,4}$/.test(name) || !/[0-9]{4}/.test(name));

/** Everything a call may say. */
export const SpokenCall = z.strictObject({ ticket: TicketNumber, counter: CounterName });
export type SpokenCall = z.infer<typeof SpokenCall>;

/** One piece: a recorded clip, or a text that has no clip and needs the operating system's speech. */
export type AnnouncementPart =
  | { readonly kind: 'clip'; readonly clipId: string; readonly pauseAfterMs: number }
  | { readonly kind: 'speech'; readonly text: string; readonly pauseAfterMs: number };

export interface Announcement {
  readonly language: CallLanguage;
  readonly parts: readonly AnnouncementPart[];
  /** True when a part has no clip: clips alone cannot say this call. */
  readonly needsSpeech: boolean;
}

export interface AnnouncementOptions {
  readonly language: CallLanguage;
  /** Says 1 as 幺 where digits are read singly, as on the telephone. */
  readonly sayYao?: boolean;
  /** The clip that says a whole text such as 贵宾室, or null when the pack has none. */
  readonly clipOfText?: (text: string) => string | null;
}

/** Between two clips inside a phrase, on top of the 20 ms of silence at both clips' ends. */
const WORD_PAUSE_MS = 10;
/** Between phrases, where a speaker would breathe. */
const PHRASE_PAUSE_MS = 180;

/**
 * Builds the sentence of a call.
 * @returns the clips in order, or M601 with the `field` at fault when the call holds anything but a ticket number
 *   and a counter
 */
export function announce(call: SpokenCall, options: AnnouncementOptions): Result<Announcement> {
  const parsed = SpokenCall.safeParse(call);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    return fail('M601', { field: field === '' ? 'call' : field });
  }
  const parts =
    options.language === 'zh' ? mandarinParts(parsed.data, options) : englishParts(parsed.data, options);
  return ok({
    language: options.language,
    parts,
    needsSpeech: parts.some(part => part.kind === 'speech'),
  });
}

/** 叮咚 · 请 · A · 零 · 二 · 三 · 号 · 到 · 三 · 号 · 窗口 · 办理业务 */
function mandarinParts(call: SpokenCall, options: AnnouncementOptions): readonly AnnouncementPart[] {
  const one = options.sayYao === true ? 'digit-1-yao' : 'digit-1';
  const number = windowNumber(call.counter);
  return [
    clip('chime', PHRASE_PAUSE_MS),
    clip('please'),
    ...[...call.ticket].map(sign => clip(signClip(sign, one))),
    clip('number', PHRASE_PAUSE_MS),
    clip('to'),
    ...(number === null
      ? [namedWindow(call.counter, options)]
      : [...mandarinNumber(number, one).map(id => clip(id)), clip('number'), clip('window')]),
    clip('do-business'),
  ];
}

/** Chime · ticket · A · zero · two · three, · please go to · window · three */
function englishParts(call: SpokenCall, options: AnnouncementOptions): readonly AnnouncementPart[] {
  const number = windowNumber(call.counter);
  const signs = [...call.ticket];
  return [
    clip('chime', PHRASE_PAUSE_MS),
    clip('ticket'),
    ...signs.map((sign, index) =>
      clip(signClip(sign, 'digit-1'), index === signs.length - 1 ? PHRASE_PAUSE_MS : WORD_PAUSE_MS),
    ),
    clip('please-go-to'),
    ...(number === null
      ? [namedWindow(call.counter, options)]
      : [clip('window'), ...englishNumber(number).map(id => clip(id))]),
  ];
}

function clip(clipId: string, pauseAfterMs = WORD_PAUSE_MS): AnnouncementPart {
  return { kind: 'clip', clipId, pauseAfterMs };
}

function signClip(sign: string, one: string): string {
  if (sign === '1') return one;
  return sign >= '0' && sign <= '9' ? `digit-${sign}` : `letter-${sign.toLowerCase()}`;
}

/** A window's number, or null for a named one (and for 0, which no window has). */
function windowNumber(counter: string): number | null {
  return /^[0-9]+$/.test(counter) && Number(counter) > 0 ? Number(counter) : null;
}

function namedWindow(counter: string, options: AnnouncementOptions): AnnouncementPart {
  const clipId = options.clipOfText?.(counter) ?? null;
  return clipId === null
    ? { kind: 'speech', text: counter, pauseAfterMs: WORD_PAUSE_MS }
    : clip(clipId, WORD_PAUSE_MS);
}

/** 1–99 as a cardinal (十二, 二十一), from 100 on digit by digit. */
function mandarinNumber(number: number, one: string): readonly string[] {
  if (number >= 100) return [...String(number)].map(sign => signClip(sign, one));
  const tens = Math.floor(number / 10);
  const units = number % 10;
  return [
    ...(tens > 1 ? [`digit-${tens}`] : []),
    ...(tens > 0 ? ['ten'] : []),
    ...(units > 0 ? [`digit-${units}`] : []),
  ];
}

/** 1–99 as a cardinal (twelve, twenty one), from 100 on digit by digit. */
function englishNumber(number: number): readonly string[] {
  if (number >= 100) return [...String(number)].map(sign => signClip(sign, 'digit-1'));
  if (number < 10) return [`digit-${number}`];
  const units = number % 10;
  if (number <= 20 || units === 0) return [`number-${number}`];
  return [`number-${number - units}`, `digit-${units}`];
}
