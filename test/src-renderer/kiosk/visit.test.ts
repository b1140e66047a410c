import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '#core/wire/error-codes.ts';
import { zh } from '#renderer/kiosk/locales/zh.ts';
import { failureTextKey, idleWarningSeconds, paperState, secondsLeft } from '#renderer/kiosk/visit.ts';
import { textKeys } from '../kit/text-tree.ts';

describe('kiosk visit', () => {
  it('[TK4] tells what became of the paper', () => {
    expect(paperState(undefined, true)).toBe('printing');
    expect(paperState(undefined, false)).toBe('not-printed');
    expect(paperState('waiting', true)).toBe('printing');
    expect(paperState('waiting', false)).toBe('not-printed');
    for (const status of ['sent', 'processed', 'printed'] as const)
      expect(paperState(status, true)).toBe('printed');
    for (const status of ['failed', 'uncertain', 'none'] as const)
      expect(paperState(status, true)).toBe('not-printed');
  });

  it('[TK4] a printed number stays 8 s, any other 30 s', () => {
    expect(secondsLeft(1_000, 1_000, 'printed')).toBe(8);
    expect(secondsLeft(1_000, 8_999, 'printed')).toBe(1);
    expect(secondsLeft(1_000, 9_000, 'printed')).toBe(0);
    expect(secondsLeft(1_000, 9_000, 'not-printed')).toBe(22);
    expect(secondsLeft(1_000, 9_000, 'printing')).toBe(22);
    expect(secondsLeft(1_000, 99_000, 'not-printed')).toBe(0);
  });

  it('warns for the last 5 of 20 untouched seconds', () => {
    expect([0, 14_999, 15_000, 15_001, 19_999, 20_000].map(idleWarningSeconds)).toEqual([
      null,
      null,
      5,
      5,
      1,
      0,
    ]);
  });

  it('has a sentence for customers whatever the host refuses', () => {
    const known = textKeys(zh);
    for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) expect(known).toContain(failureTextKey(code));
    expect(failureTextKey('T802')).toBe('failed.usedUp');
  });
});
