import { describe, expect, it } from 'vitest';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';

const VENDOR_PAGE = SHIPPED_KEYPAD_PROFILES['vendor-page'] as object;
const SERIAL = SHIPPED_KEYPAD_PROFILES['serial-aa55'] as object;

function refusalOf(json: unknown, levelCount = 4) {
  const parsed = parseKeypadProfile(json, levelCount);
  return parsed.ok ? null : { code: parsed.error.code, field: parsed.error.facts?.field };
}

describe('[HW4] keypad profiles', () => {
  it.each(Object.entries(SHIPPED_KEYPAD_PROFILES))('%s is valid for four levels', (id, json) => {
    const parsed = parseKeypadProfile(json, 4);
    expect(parsed).toMatchObject({ ok: true, value: { id } });
  });

  it('reads hex ids and frames', () => {
    const parsed = parseKeypadProfile(VENDOR_PAGE, 4);
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        match: { vendorId: 0x1209, productId: 1, usagePage: 0xff00 },
        open: { linuxBackend: 'hidraw' },
      },
    });
    if (parsed.ok)
      expect([...(parsed.value.prompts['please-rate'] ?? [])]).toEqual([0, 2, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('refuses a position beyond the number of levels, and names the rule', () => {
    expect(refusalOf(VENDOR_PAGE, 3)).toEqual({ code: 'K306', field: 'rules.3.rating' });
    expect(refusalOf(VENDOR_PAGE, 4)).toBeNull();
    const three = { ...VENDOR_PAGE, rules: [{ all: [{ byte: 0, equals: 1 }], rating: 4 }] };
    expect(refusalOf(three, 3)).toEqual({ code: 'K306', field: 'rules.0.rating' });
  });

  it.each([
    ['no object', 'text', 'profile'],
    ['unknown key', { ...VENDOR_PAGE, colour: 'red' }, 'colour'],
    ['bad vendor id', { ...VENDOR_PAGE, match: { vendorId: '0x1209', productId: '0001' } }, 'match.vendorId'],
    ['half a byte', { ...VENDOR_PAGE, prompts: { off: '0' } }, 'prompts.off'],
    ['no rules', { ...VENDOR_PAGE, rules: [] }, 'rules'],
    [
      'rating and action in one rule',
      { ...VENDOR_PAGE, rules: [{ all: [{ byte: 0, equals: 1 }], rating: 1, action: 'help' }] },
      'rules.0',
    ],
    [
      'rule outside the report',
      { ...VENDOR_PAGE, rules: [{ all: [{ byte: 8, equals: 1 }], rating: 1 }] },
      'rules.0',
    ],
    [
      'idle outside the report',
      { ...VENDOR_PAGE, edge: { kind: 'press', idle: [{ byte: 8, value: 0 }] } },
      'edge.idle.0.byte',
    ],
    ['serial frame without an end', { ...SERIAL, frame: { head: 'AA' } }, 'frame.length'],
    ['serial frame of head only', { ...SERIAL, frame: { head: 'AA 55', length: 2 } }, 'frame.length'],
    [
      'check outside the frame',
      { ...SERIAL, frame: { head: 'AA 55', length: 4, check: { kind: 'sum8', of: [0, 2], at: 4 } } },
      'frame.check.at',
    ],
    ['unknown transport', { ...VENDOR_PAGE, transport: 'pigeon' }, 'transport'],
  ])('refuses %s with K306 and names the field', (_title, json, field) => {
    expect(refusalOf(json)).toEqual({ code: 'K306', field });
  });
});
