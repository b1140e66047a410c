import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatDay,
  formatMinuteRange,
  formatMinutes,
  formatShare,
  formatStopwatch,
  wholeMinutes,
} from '#renderer/kit/format.ts';

/** 2026-11-22 01:05:09 UTC, a Sunday. */
const AT = Date.UTC(2026, 10, 22, 1, 5, 9);

describe('format', () => {
  it('minutes: whole ones, never negative', () => {
    expect([-5_000, 0, 59_999, 60_000, 3_599_999].map(wholeMinutes)).toEqual([0, 0, 0, 1, 59]);
    expect(formatMinutes(12, 'zh')).toBe('12分钟');
    expect(formatMinutes(12, 'en')).toBe('12 min');
  });

  it('[TK7] an estimate is a range, one number when both ends agree', () => {
    expect(formatMinuteRange(8, 12, 'zh')).toBe('8–12分钟');
    expect(formatMinuteRange(8, 12, 'en')).toBe('8–12 min');
    expect(formatMinuteRange(5, 5, 'en')).toBe('5 min');
  });

  it('stopwatch', () => {
    expect([-1, 0, 65_999, 3_600_000, 3_729_000].map(formatStopwatch)).toEqual([
      '0:00',
      '0:00',
      '1:05',
      '1:00:00',
      '1:02:09',
    ]);
  });

  it('clock and day are the branch’s, whatever the PC’s zone', () => {
    expect(formatClock(AT, 'Asia/Shanghai')).toBe('09:05');
    expect(formatClock(AT, 'Asia/Shanghai', { seconds: true })).toBe('09:05:09');
    expect(formatClock(Date.UTC(2026, 10, 22, 16, 0), 'Asia/Shanghai')).toBe('00:00');
    expect(formatDay(AT, 'Asia/Shanghai', 'zh')).toBe('2026年11月22日星期日');
    expect(formatDay(AT, 'America/New_York', 'en')).toMatch(/Saturday.*21 November 2026/);
  });

  it('shares: a dash where there is nothing to divide by', () => {
    expect([null, 0, 1, 0.98765].map(formatShare)).toEqual(['—', '0%', '100%', '98.8%']);
  });
});
