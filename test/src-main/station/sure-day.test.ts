import { expect, test } from 'vitest';
import { createSureDay } from '#main/station/sure-day.ts';

const WHOLE = { role: 'host', pair: 'whole', standbyHeard: true } as const;
const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';

/** A PC's settings, which outlive its program. */
function disk() {
  const values = new Map<string, string>();
  return {
    get: (key: string) => values.get(key) ?? null,
    set(key: string, value: string) {
      values.set(key, value);
      return { ok: true, value: null } as const;
    },
  };
}

test('[BR5] on the day of the break a host goes on with its block, on the next day it takes another until it is sure', () => {
  const settings = disk();
  let status: Parameters<typeof createSureDay>[1] extends () => infer S ? S : never = WHOLE;
  const block = createSureDay(settings, () => status);
  expect(block(MONDAY)).toBeUndefined();
  status = { ...WHOLE, pair: 'undecided' };
  expect(block(MONDAY)).toBeUndefined();
  // Also after a restart on the same day: its successor gives from the standby's block then.
  expect(createSureDay(settings, () => status)(MONDAY)).toBeUndefined();
  expect(block(TUESDAY)).toBe(1);
  expect(block(TUESDAY)).toBe(1);
  status = { ...WHOLE, pair: 'solo', standbyHeard: false };
  expect(block(TUESDAY)).toBeUndefined();
  status = { ...WHOLE, pair: 'lost' };
  expect(block(TUESDAY)).toBeUndefined();
});

test('[BR5] a host that has just started knows nothing before its standby has spoken; a copy gives no numbers', () => {
  let status: Parameters<typeof createSureDay>[1] extends () => infer S ? S : never = {
    ...WHOLE,
    standbyHeard: false,
  };
  const block = createSureDay(disk(), () => status);
  expect(block(MONDAY)).toBe(1);
  status = WHOLE;
  expect(block(MONDAY)).toBeUndefined();
  status = { ...WHOLE, role: 'replica' };
  expect(block(TUESDAY)).toBeUndefined();
  expect(createSureDay(disk(), () => null)(MONDAY)).toBeUndefined();
});
