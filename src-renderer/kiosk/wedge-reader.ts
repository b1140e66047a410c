/**
 * TK2: a card, passbook or ID reader that types like a keyboard, told from a person by its speed. Pure: the time of
 * each key comes in.
 */
export interface WedgeState {
  readonly text: string;
  readonly lastAtMs: number;
}

export const NO_KEYS: WedgeState = { text: '', lastAtMs: Number.NEGATIVE_INFINITY };

/** Readers type a character every few milliseconds; fingers do not keep this up for eight characters. */
export const MAX_GAP_MS = 80;
/** A reader that sends no Enter is done after this silence. */
export const END_SILENCE_MS = 250;
/** Shorter bursts are keys pressed together, not a number. */
const MIN_CHARACTERS = 8;
const MAX_CHARACTERS = 200;

/**
 * One key pressed. `read` is what a reader brought, when Enter ends it; `isBurst` says that the key belongs to a
 * reader and must not press a button.
 */
export function pressKey(
  state: WedgeState,
  key: string,
  atMs: number,
): { readonly state: WedgeState; readonly read: string | null; readonly isBurst: boolean } {
  const gap = atMs - state.lastAtMs;
  const goesOn = gap >= 0 && gap <= MAX_GAP_MS;
  const before = goesOn ? state.text : '';
  if (key === 'Enter') return { state: NO_KEYS, read: complete(before), isBurst: before.length > 1 };
  // Shift, arrows and the like are no characters.
  if ([...key].length !== 1) return { state: { text: before, lastAtMs: atMs }, read: null, isBurst: false };
  const text = (before + key).slice(0, MAX_CHARACTERS);
  return { state: { text, lastAtMs: atMs }, read: null, isBurst: before.length > 1 };
}

/** What was read when nothing came for `END_SILENCE_MS`; null when it was no reader. */
export function endSilence(state: WedgeState, atMs: number): string | null {
  return atMs - state.lastAtMs >= END_SILENCE_MS ? complete(state.text) : null;
}

function complete(text: string): string | null {
  return text.length >= MIN_CHARACTERS ? text : null;
}
