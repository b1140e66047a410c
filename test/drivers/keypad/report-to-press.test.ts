import { describe, expect, it } from 'vitest';
import type { KeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { initialKeypadState, type KeypadOutcome, readReport } from '#drivers/keypad/report-to-press.ts';
import { randomOf, SEED } from '../random.ts';
import { bytes, hidProfile } from './profiles.ts';

const IDLE = '00 00 00 00 00 00 00 00';

/** Feeds reports at their times and gives each one's meaning in short: a position, an action, '-' or '!'. */
function read(profile: KeypadProfile, reports: readonly (readonly [atMs: number, hex: string])[]) {
  let state = initialKeypadState(profile);
  const meanings = reports.map(([atMs, hex]) => {
    const step = readReport(profile, state, bytes(hex), atMs);
    state = step.state;
    return shortOf(step.outcome);
  });
  return { meanings, state };
}

function shortOf(outcome: KeypadOutcome): number | string {
  if (outcome.kind === 'press') return outcome.position;
  if (outcome.kind === 'action') return outcome.action;
  return outcome.kind === 'malformed' ? '!' : '-';
}

/** Digits of the main block and the keypad, and F15: the keys of the 10.2 vectors. */
const BOOT_KEYBOARD = hidProfile('numpad', {
  rules: [
    { anyOfBytes: [2, 3, 4, 5, 6, 7], equals: 0x1e, rating: 1 },
    { anyOfBytes: [2, 3, 4, 5, 6, 7], equals: 0x1f, rating: 2 },
    { anyOfBytes: [2, 3, 4, 5, 6, 7], equals: 0x5d, rating: 3 },
    { anyOfBytes: [2, 3, 4, 5, 6, 7], equals: 0x6a, action: 'one-metre-line' },
  ],
});

describe('[HW4] boot keyboard reports (10.2)', () => {
  it.each([
    ['key 1 pressed', ['00 00 1E 00 00 00 00 00'], [1]],
    ['all released', ['00 00 1E 00 00 00 00 00', IDLE], [1, '-']],
    ['keypad 5 pressed', ['00 00 5D 00 00 00 00 00'], [3]],
    ['roll-over', ['00 00 01 01 01 01 01 01'], ['-']],
    ['F15', ['00 00 6A 00 00 00 00 00'], ['one-metre-line']],
  ])('%s', (_title, reports, expected) => {
    const timed = reports.map((hex, index) => [index * 100, hex] as const);
    expect(read(BOOT_KEYBOARD, timed).meanings).toEqual(expected);
  });

  it('[RT1] a second key while the first is down does not count: the first press does', () => {
    const { meanings } = read(BOOT_KEYBOARD, [
      [0, '00 00 1E 00 00 00 00 00'],
      [100, '00 00 1E 1F 00 00 00 00'],
      [200, '00 00 1F 00 00 00 00 00'],
      [300, IDLE],
      [400, '00 00 1F 00 00 00 00 00'],
    ]);
    expect(meanings).toEqual([1, '-', '-', '-', 2]);
  });

  it('a roll-over in the middle neither presses nor releases', () => {
    const { meanings } = read(BOOT_KEYBOARD, [
      [0, '00 00 1E 00 00 00 00 00'],
      [100, '00 00 01 01 01 01 01 01'],
      [200, '00 00 1E 00 00 00 00 00'],
    ]);
    expect(meanings).toEqual([1, '-', '-']);
  });
});

describe('[HW4] keypads of keyboard type set to F13–F17 (10.2)', () => {
  it.each([
    ['F13', '00 00 68 00 00 00 00 00', 1],
    ['F14', '00 00 69 00 00 00 00 00', 2],
    ['F15', '00 00 6A 00 00 00 00 00', 3],
    ['F16 with Shift held', '02 00 6B 00 00 00 00 00', 4],
    ['F17', '00 00 6C 00 00 00 00 00', 'one-metre-line'],
    ['F18', '00 00 6D 00 00 00 00 00', '-'],
    ['roll-over', '00 00 01 01 01 01 01 01', '-'],
    ['a shift key alone', '02 00 00 00 00 00 00 00', '-'],
  ])('%s', (_title, report, expected) => {
    expect(read(hidProfile('boot-keyboard-f13'), [[0, report]]).meanings).toEqual([expected]);
  });
});

describe('[HW4] published pads (10.3)', () => {
  it('Stream Deck: key 0, then key 4 down with key 0 released in the same report', () => {
    const { meanings } = read(hidProfile('stream-deck-15'), [
      [0, '01 00 0F 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00'],
      [500, '01 00 0F 00 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00'],
      [600, '02 00 0F 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00'],
    ]);
    expect(meanings).toEqual([1, 'one-metre-line', '-']);
  });

  it('X-keys: column 0 row 0, then column 2 row 5', () => {
    const { meanings } = read(hidProfile('x-keys-24'), [
      [0, '00 00 01 00 00 00 00 00'],
      [100, '00 00 00 00 00 00 00 00'],
      [200, '00 00 00 00 20 00 00 00'],
    ]);
    expect(meanings).toEqual([1, '-', 'one-metre-line']);
  });
});

describe('[HW4] profile vectors (10.6)', () => {
  it.each([
    ['00 00 59 00 00 00 00 00', 1],
    ['00 00 00 5B 00 00 00 00', 4],
    ['00 00 59 5A 00 00 00 00', 1],
    ['00 00 5A 59 00 00 00 00', 1],
    ['00 00 04 00 00 00 00 00', '-'],
  ])('numpad %s → %s', (report, expected) => {
    expect(read(hidProfile('numpad'), [[0, report]]).meanings).toEqual([expected]);
  });
});

describe('[RT1] one press of a key counts once', () => {
  const ONE = '01 00 00 00 00 00 00 00';
  const TWO = '02 00 00 00 00 00 00 00';

  it('a key held and reported again and again is one press', () => {
    const { meanings } = read(hidProfile('vendor-page'), [
      [0, ONE],
      [100, ONE],
      [200, ONE],
      [300, IDLE],
      [400, ONE],
    ]);
    expect(meanings).toEqual([1, '-', '-', '-', 1]);
  });

  it('contact bounce within debounceMs of the release is ignored, also after a long hold', () => {
    const { meanings } = read(hidProfile('vendor-page'), [
      [0, ONE],
      [4, IDLE],
      [8, ONE],
      [900, IDLE],
      [929, ONE],
      [930, IDLE],
      [960, ONE],
    ]);
    expect(meanings).toEqual([1, '-', '-', '-', '-', '-', 1]);
  });

  it('lockoutMs after an accepted rating keeps out ratings but not actions', () => {
    const profile = hidProfile('vendor-page', {
      edge: { kind: 'press', idle: [{ byte: 0, value: 0 }], debounceMs: 0, lockoutMs: 1000 },
    });
    const { meanings } = read(profile, [
      [0, ONE],
      [100, IDLE],
      [500, TWO],
      [550, IDLE],
      [600, '06 00 00 00 00 00 00 00'],
      [650, IDLE],
      [1000, TWO],
    ]);
    expect(meanings).toEqual([1, '-', '-', '-', 'one-metre-line', '-', 2]);
  });

  it('"each": a keypad that never reports a release gives one press a report', () => {
    const profile = hidProfile('vendor-page', { edge: { kind: 'each', debounceMs: 150 } });
    const { meanings } = read(profile, [
      [0, ONE],
      [100, ONE],
      [300, ONE],
      [600, TWO],
    ]);
    expect(meanings).toEqual([1, '-', 1, 2]);
  });

  it('a malformed report is counted and changes nothing else', () => {
    const profile = hidProfile('vendor-page');
    const before = read(profile, [[0, ONE]]).state;
    const step = readReport(profile, before, bytes('01 00'), 100);
    expect(step.outcome).toEqual({ kind: 'malformed' });
    expect(step.state).toEqual({ ...before, malformedCount: 1 });
    expect(readReport(profile, step.state, new Uint8Array(0), 200).state.malformedCount).toBe(2);
  });
});

it('[HW4] 30,000 random reports give only ratings and actions of the profile, and idle always rearms', () => {
  const random = randomOf(SEED);
  const ids = ['numpad', 'vendor-page', 'stream-deck-15', 'x-keys-24'] as const;
  let atMs = 0;
  for (const id of ids) {
    const profile = hidProfile(id);
    let state = initialKeypadState(profile);
    const meant = new Set<string | number>();
    for (let count = 0; count < 7500; count += 1) {
      const report = Uint8Array.from({ length: Math.floor(random() * 24) }, () => {
        const kind = random();
        return kind < 0.6
          ? 0
          : kind < 0.9
            ? Math.floor(random() * 4) + (id === 'numpad' ? 0x59 : 0)
            : random() * 256;
      });
      atMs += Math.floor(random() * 60);
      const before = state.malformedCount;
      const step = readReport(profile, state, report, atMs);
      state = step.state;
      const isShort = report.length < profile.frame.minLength;
      expect(state.malformedCount - before, `seed ${SEED}, report ${count}`).toBe(isShort ? 1 : 0);
      meant.add(shortOf(step.outcome));
    }
    const allowed = new Set<string | number>(['-', '!']);
    for (const rule of profile.rules) allowed.add('rating' in rule ? rule.rating : rule.action);
    expect(
      [...meant].filter(meaning => !allowed.has(meaning)),
      `seed ${SEED}`,
    ).toEqual([]);
  }
});
