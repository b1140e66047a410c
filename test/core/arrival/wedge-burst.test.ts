import { describe, expect, it } from 'vitest';
import { endSilence, NO_KEYS, pressKey, type WedgeKey } from '#core/arrival/wedge-burst.ts';
import { WedgeSettings } from '#core/wire/device-settings.ts';
import { fuzzRuns, randomOf, SEED } from '../../drivers/random.ts';

const STANDARD = WedgeSettings.parse({});
const { longestGapMs: MAX_GAP_MS, endSilenceMs: END_SILENCE_MS } = STANDARD;

type Pressed = string | Partial<WedgeKey>;
const keyOf = (pressed: Pressed): WedgeKey => ({
  key: '',
  code: '',
  capsLock: false,
  ...(typeof pressed === 'string' ? { key: pressed } : pressed),
});

/** Presses these keys every `gapMs`; answers what was read at once and after silence. */
function type(
  keys: readonly Pressed[],
  gapMs: number,
  settings: Partial<WedgeSettings> = {},
  startMs = 1000,
) {
  const used = { ...STANDARD, ...settings };
  let state = NO_KEYS;
  let atMs = startMs;
  const read: (string | null)[] = [];
  const bursts: boolean[] = [];
  for (const key of keys) {
    const pressed = pressKey(state, keyOf(key), atMs, used);
    state = pressed.state;
    bursts.push(pressed.isBurst);
    if (pressed.read !== null) read.push(pressed.read);
    atMs += gapMs;
  }
  const silence = endSilence(state, atMs + used.endSilenceMs, used);
  return { read, bursts, afterSilence: silence.read, state: silence.state, endMs: atMs + used.endSilenceMs };
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
    expect(type(['1', '2', 'Enter'], MAX_GAP_MS + 1).bursts).toEqual([false, false, false]);
  });

  it('[TK2] shift and other keys between the characters are no part of the number', () => {
    expect(type(['Shift', ';', 'Shift', ...CARD, 'Shift', '?', 'Enter'], 5).read).toEqual([
      `;${CARD.join('')}?`,
    ]);
  });

  it('[TK2] a stuck key or a clock that goes back fills no memory', () => {
    const press = (before: typeof NO_KEYS, atMs: number) =>
      pressKey(before, keyOf('9'), atMs, STANDARD).state;
    let state = press(NO_KEYS, 0);
    for (let pressed = 0; pressed < 10_000; pressed += 1) state = press(state, state.lastAtMs + 1);
    expect(state.text.length).toBeLessThanOrEqual(200);
    expect(press(state, -5000).text).toBe('9');
  });

  it('[TK2] may end with Tab, with the one end key it was set to, or pause before it', () => {
    expect(type([...CARD, 'Tab'], 5).read).toEqual([CARD.join('')]);
    const tabOnly = type([...CARD, 'Enter', 'Tab'], 5, { endKey: 'tab' });
    expect(tabOnly).toMatchObject({ read: [CARD.join('')] });
    expect(tabOnly.bursts.slice(2).every(Boolean)).toBe(true);
    const typed = type(CARD, 5, {}, 1000);
    const { state } = type(CARD, 5);
    expect(typed.afterSilence).toBe(CARD.join(''));
    expect(state.text).toBe('');
    let paused = NO_KEYS;
    for (const [index, key] of CARD.entries())
      paused = pressKey(paused, keyOf(key), 1000 + index, STANDARD).state;
    const end = pressKey(paused, keyOf('Enter'), 1015 + END_SILENCE_MS, STANDARD);
    expect(end).toMatchObject({ read: CARD.join(''), isBurst: true });
  });

  it('[TK2] an Enter that comes after silence has ended the reading presses no button', () => {
    const { state, endMs } = type(CARD, 5);
    expect(pressKey(state, keyOf('Enter'), endMs + 100, STANDARD)).toMatchObject({
      read: null,
      isBurst: true,
    });
    expect(pressKey(state, keyOf('Enter'), endMs + 1000, STANDARD).isBurst).toBe(false);
  });

  it('[TK2] what it was set to type before and after a number is taken off', () => {
    const settings = { prefix: '%%', suffix: '#' };
    expect(type([...'%%', ...CARD, '#', 'Enter'], 5, settings).read).toEqual([CARD.join('')]);
    expect(type([...CARD, 'Enter'], 5, settings).read).toEqual([CARD.join('')]);
    expect(type([...'%%1234567#', 'Enter'], 5, settings).read).toEqual([]);
  });

  it('[TK2] an input method, full width, Num Lock and Caps Lock do not change a number', () => {
    const behindInputMethod = CARD.map(digit => ({ key: 'Process', code: `Digit${digit}` }));
    expect(type([...behindInputMethod, 'Enter'], 5).read).toEqual([CARD.join('')]);
    const id = [
      ...[...'1101051949123100'].map(digit => ({ key: 'Process', code: `Digit${digit}` })),
      { key: 'Process', code: 'KeyX' },
    ];
    expect(type([...id, 'Enter'], 5).read).toEqual(['1101051949123100X']);
    expect(type([...'５５５５５５５５', 'Enter'], 5).read).toEqual(['55555555']);
    const withoutNumLock = [...'12345678'].map(digit => ({ key: 'ArrowUp', code: `Numpad${digit}` }));
    expect(type([...withoutNumLock, 'Enter'], 5).read).toEqual(['12345678']);
    const shouted = [...'aBCDEFGH'].map(key => ({ key, capsLock: true }));
    expect(type([...shouted, 'Enter'], 5).read).toEqual(['Abcdefgh']);
  });

  it('[TK8] codes of appointments are scanned where the shortest length allows it', () => {
    expect(type([...'123456', 'Enter'], 5, { shortestCharacters: 6 }).read).toEqual(['123456']);
  });

  it(`[HW1] any keys at any time neither crash it nor fill it (seed ${SEED})`, { timeout: 120_000 }, () => {
    const random = randomOf(SEED);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const keys = ['1', 'x', '５', '😀', 'Enter', 'Tab', 'Process', 'Dead', 'Shift', 'Unidentified', ''];
    const codes = ['', 'Digit4', 'Numpad0', 'KeyX', 'NumpadEnter', '💥'];
    let state = NO_KEYS;
    let atMs = 0;
    for (let run = 0; run < fuzzRuns(); run += 1) {
      atMs += pick([0, 1, 5, 79, 81, 250, 600, -1000]);
      const key = { key: pick(keys), code: pick(codes), capsLock: random() < 0.5 };
      const answer = pressKey(state, key, atMs, STANDARD);
      const silence = endSilence(answer.state, atMs, STANDARD);
      for (const read of [answer.read, silence.read])
        if (read !== null) expect(read.length).toBeGreaterThanOrEqual(STANDARD.shortestCharacters);
      expect(answer.state.text.length).toBeLessThanOrEqual(200);
      state = silence.state;
    }
  });
});
