import type { WedgeSettings } from '../wire/device-settings.ts';

/**
 * TK2: a card, passbook or ID reader that types like a keyboard, told from a person by its speed. Pure: each key
 * comes in with its time.
 */
export interface WedgeState {
  readonly text: string;
  readonly lastAtMs: number;
  /** The end key of a reading that silence has ended already may still come until then. */
  readonly lateEndUntilMs: number;
}

/** A key as a window hears of it. */
export interface WedgeKey {
  /** `KeyboardEvent.key`: what the key means. */
  readonly key: string;
  /** `KeyboardEvent.code`: where the key is, which no input method and no Num Lock changes. */
  readonly code: string;
  readonly capsLock: boolean;
}

export interface WedgeAnswer {
  readonly state: WedgeState;
  /** What a reader brought, when this key ends it. */
  readonly read: string | null;
  /** The key belongs to a reader and must press no button. */
  readonly isBurst: boolean;
}

export const NO_KEYS: WedgeState = {
  text: '',
  lastAtMs: Number.NEGATIVE_INFINITY,
  lateEndUntilMs: Number.NEGATIVE_INFINITY,
};

/** A stuck key fills no memory. */
const MAX_CHARACTERS = 200;
/** Some readers think before their Enter; nobody presses it on purpose so soon after a card was read. */
const LATE_END_MS = 500;
/** What browsers say instead of a character while an input method is at work, or when they do not know. */
const NO_MEANING = new Set(['Process', 'Unidentified', 'Dead']);

/** One key pressed at `atMs`. */
export function pressKey(
  state: WedgeState,
  pressed: WedgeKey,
  atMs: number,
  settings: WedgeSettings,
): WedgeAnswer {
  const gap = atMs - state.lastAtMs;
  if (isEndKey(pressed.key)) {
    const isLate = atMs >= state.lastAtMs && atMs <= state.lateEndUntilMs;
    const isSlow = gap > settings.longestGapMs;
    const text = gap >= 0 && gap <= Math.max(settings.longestGapMs, settings.endSilenceMs) ? state.text : '';
    const read = complete(text, settings);
    // Two letters of a fast typist make no reader out of the Enter that follows in its own time.
    const isBurst = isLate || (isSlow ? read !== null : text.length > 1);
    const ends = settings.endKey === 'either' || settings.endKey === pressed.key.toLowerCase();
    // The wrong end key ends nothing, but belongs to the reader all the same.
    if (!ends && isBurst && !isLate) return { state: { ...state, lastAtMs: atMs }, read: null, isBurst };
    return { state: NO_KEYS, read: ends ? read : null, isBurst };
  }
  const before = gap >= 0 && gap <= settings.longestGapMs ? state.text : '';
  const character = characterOf(pressed);
  // Shift, arrows and the like are no characters.
  if (character === null)
    return { state: { ...NO_KEYS, text: before, lastAtMs: atMs }, read: null, isBurst: false };
  const text = (before + character).slice(0, MAX_CHARACTERS);
  return { state: { ...NO_KEYS, text, lastAtMs: atMs }, read: null, isBurst: before.length > 1 };
}

/**
 * Called when no key came for `endSilenceMs`: readers without an end key, or whose last Enter was lost, are done.
 * `read` is null when it was no reader.
 */
export function endSilence(
  state: WedgeState,
  atMs: number,
  settings: WedgeSettings,
): { readonly state: WedgeState; readonly read: string | null } {
  if (atMs - state.lastAtMs < settings.endSilenceMs) return { state, read: null };
  const read = complete(state.text, settings);
  return {
    state: read === null ? NO_KEYS : { ...NO_KEYS, lastAtMs: atMs, lateEndUntilMs: atMs + LATE_END_MS },
    read,
  };
}

function isEndKey(key: string): boolean {
  return key === 'Enter' || key === 'Tab';
}

/** The reading without what the reader was set to put around it; null when too short for one. */
function complete(text: string, { prefix, suffix, shortestCharacters }: WedgeSettings): string | null {
  const start = prefix !== '' && text.startsWith(prefix) ? prefix.length : 0;
  const end = suffix !== '' && text.endsWith(suffix) ? text.length - suffix.length : text.length;
  const inner = text.slice(start, Math.max(start, end));
  return inner.length >= shortestCharacters ? inner : null;
}

/**
 * The character a reader meant. An input method hides it behind `Process` and may widen it, Caps Lock turns its case
 * round, and without Num Lock the keypad's digits are arrows: then the key's place tells.
 */
function characterOf({ key, code, capsLock }: WedgeKey): string | null {
  const numpadDigit = /^Numpad(\d)$/.exec(code)?.[1];
  if (numpadDigit !== undefined) return numpadDigit;
  if (NO_MEANING.has(key)) return /^Digit(\d)$/.exec(code)?.[1] ?? /^Key([A-Z])$/.exec(code)?.[1] ?? null;
  if ([...key].length !== 1) return null;
  const character = key.normalize('NFKC');
  if (!capsLock || !/^[A-Za-z]$/.test(character)) return character;
  return character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase();
}
