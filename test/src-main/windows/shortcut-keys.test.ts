import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readShortcutKeys, STANDARD_SHORTCUT_KEYS } from '#main/windows/shortcut-keys.ts';
import { SEED } from '../../seed.ts';

describe('[CS11] system-wide keys a bank can change', () => {
  it('are the standard ones without a file', () => {
    expect(readShortcutKeys(null)).toEqual({ ok: true, value: STANDARD_SHORTCUT_KEYS });
  });

  it('change where the file says so and stay elsewhere', () => {
    const keys = readShortcutKeys('{ "call-next": "Control+Alt+F1", "undo-finish": "F13" }');
    expect(keys).toEqual({
      ok: true,
      value: { ...STANDARD_SHORTCUT_KEYS, 'call-next': 'Control+Alt+F1', 'undo-finish': 'F13' },
    });
  });

  it.each([
    ['not JSON', '{', 'shortcuts.json'],
    ['an unknown action', '{ "dance": "F13" }', 'shortcuts.json'],
    ['a letter alone, which every program needs', '{ "call-next": "A" }', 'shortcuts.json call-next'],
    ['Shift and a letter, which is typing', '{ "call-next": "Shift+A" }', 'shortcuts.json call-next'],
    ['no key at all', '{ "call-next": "Control+" }', 'shortcuts.json call-next'],
    ['emoji', '{ "call-next": "😀" }', 'shortcuts.json call-next'],
    ['one key for two actions', '{ "call-next": "Alt+Control+F3" }', 'shortcuts.json start-service'],
  ])('refuse %s and name it', (_what, text, field) => {
    expect(readShortcutKeys(text)).toEqual({
      ok: false,
      error: { code: 'C902', facts: { field: expect.stringContaining(field) } },
    });
  });

  it(`never throw, whatever the file holds (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        expect(typeof readShortcutKeys(text).ok).toBe('boolean');
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});
