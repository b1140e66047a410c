import { describe, expect, it } from 'vitest';
import { END_SILENCE_MS, endSilence, MAX_GAP_MS, NO_KEYS, pressKey } from '#renderer/kiosk/wedge-reader.ts';

/** Presses these keys every `gapMs`; answers what was read at once and after silence. */
function type(keys: readonly string[], gapMs: number) {
  let state = NO_KEYS;
  let atMs = 1000;
  const read: (string | null)[] = [];
  const bursts: boolean[] = [];
  for (const key of keys) {
    const pressed = pressKey(state, key, atMs);
    state = pressed.state;
    bursts.push(pressed.isBurst);
    if (pressed.read !== null) read.push(pressed.read);
    atMs += gapMs;
  }
  return { read, bursts, afterSilence: endSilence(state, atMs + END_SILENCE_MS) };
}
const CARD = [...'5555555555554444'];

describe('a reader that types like a keyboard', () => {
  it('[TK2] is known by its speed, ended by Enter or by silence', () => {
    expect(type([...CARD, 'Enter'], 5)).toMatchObject({ read: [CARD.join('')], afterSilence: null });
    expect(type(CARD, MAX_GAP_MS)).toMatchObject({ read: [], afterSilence: CARD.join('') });
  });

  it('[TK2] fingers are no reader, however many digits they type', () => {
    expect(type([...CARD, 'Enter'], MAX_GAP_MS + 1)).toMatchObject({ read: [], afterSilence: null });
    expect(type([...'1234567', 'Enter'], 5).read).toEqual([]);
  });

  it('[TK2] its keys press no buttons, the Enter at its end least of all', () => {
    const { bursts } = type([...CARD, 'Enter'], 5);
    expect(bursts.slice(2).every(Boolean)).toBe(true);
    expect(type(['1', 'Enter'], 200).bursts).toEqual([false, false]);
  });

  it('[TK2] shift and other keys between the characters are no part of the number', () => {
    expect(type(['Shift', ';', 'Shift', ...CARD, 'Shift', '?', 'Enter'], 5).read).toEqual([
      `;${CARD.join('')}?`,
    ]);
  });

  it('[TK2] a stuck key or a clock that goes back fills no memory', () => {
    const { state } = Array.from({ length: 10_000 }).reduce<ReturnType<typeof pressKey>>(
      before => pressKey(before.state, '9', before.state.lastAtMs + 1),
      pressKey(NO_KEYS, '9', 0),
    );
    expect(state.text.length).toBeLessThanOrEqual(200);
    expect(pressKey(state, '1', -5000).state.text).toBe('1');
  });
});
