import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openingAt, periodsOf, unservedSince } from '#core/arrival/opening-hours.ts';
import type { Calendar } from '#core/branch/bank-arrival.ts';
import { addDays, instantOf, localTimeOf, weekdayOf } from '#core/queue/local-time.ts';
import { SEED } from '../../seed.ts';

const SHANGHAI = 'Asia/Shanghai';
/** 2026-03-02, a Monday, at this time in Shanghai. */
const at = (hour: number, minute = 0, day = 2) => Date.UTC(2026, 2, day, hour - 8, minute);
const week: Calendar = {
  enforced: true,
  weekly: [
    { weekday: 1, fromMinute: 13 * 60, toMinute: 17 * 60 },
    { weekday: 1, fromMinute: 9 * 60, toMinute: 12 * 60 },
    { weekday: 2, fromMinute: 9 * 60, toMinute: 17 * 60 },
  ],
  days: [{ date: '2026-03-03', name: { zh: '盘点', en: 'Stocktaking' }, periods: [] }],
  unservedAfterMinutes: 60,
};

describe('time on the wall', () => {
  it('[TK12] tells date, weekday and minute in the branch, whatever the zone of the PC', () => {
    expect(localTimeOf(at(9, 5), SHANGHAI)).toEqual({ date: '2026-03-02', weekday: 1, minute: 545 });
    expect(localTimeOf(at(0), SHANGHAI)).toEqual({ date: '2026-03-02', weekday: 1, minute: 0 });
    expect(localTimeOf(at(0) - 1, SHANGHAI)).toEqual({ date: '2026-03-01', weekday: 7, minute: 1439 });
    expect([weekdayOf('2026-03-01'), addDays('2026-02-28', 1), addDays('2026-12-31', 1)]).toEqual([
      7,
      '2026-03-01',
      '2027-01-01',
    ]);
  });

  it(`[TK12] a minute of a date and its instant lead back to each other (seed ${SEED})`, () => {
    const zones = ['Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'Europe/London', 'Pacific/Apia'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) }),
        (zone, instant) => {
          const { date, minute } = localTimeOf(instant, zone);
          const back = instantOf(date, minute, zone);
          expect(localTimeOf(back, zone)).toMatchObject({ date, minute });
          // An hour that comes twice is the first of the two.
          expect([0, 3_600_000]).toContain(Math.floor(instant / 60_000) * 60_000 - back);
        },
      ),
      { seed: SEED },
    );
  });

  it('[TK12] a minute that summer time skips is the one after the gap; midnight at the end is the next day', () => {
    const skipped = instantOf('2026-03-08', 2 * 60 + 30, 'America/New_York');
    expect(localTimeOf(skipped, 'America/New_York').minute).toBeGreaterThanOrEqual(3 * 60);
    expect(instantOf('2026-03-02', 1440, SHANGHAI)).toBe(at(0, 0, 3));
  });
});

describe('opening hours', () => {
  it('[TK12] are open from the first minute to the last before closing, and closed in a break', () => {
    const open = (instant: number) => openingAt(week, instant, SHANGHAI).isOpen;
    expect([open(at(9) - 1), open(at(9)), open(at(12) - 1), open(at(12))]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([open(at(13)), open(at(17) - 1), open(at(17))]).toEqual([true, true, false]);
    expect(openingAt(week, at(12, 30), SHANGHAI).next).toEqual({ date: '2026-03-02', minute: 780 });
  });

  it('[TK12] a special day takes the place of its weekday, and the next opening looks past it', () => {
    expect(periodsOf(week, '2026-03-03')).toEqual([]);
    expect(openingAt(week, at(10, 0, 3), SHANGHAI)).toEqual({
      isOpen: false,
      next: { date: '2026-03-09', minute: 540 },
      dayName: { zh: '盘点', en: 'Stocktaking' },
    });
    expect(openingAt({ ...week, weekly: [] }, at(10), SHANGHAI).next).toBeNull();
  });

  it('[TK12] without a calendar in force it is always open and nobody becomes unserved by the clock', () => {
    const free = { ...week, enforced: false };
    expect(openingAt(free, at(3), SHANGHAI)).toEqual({ isOpen: true, next: null, dayName: null });
    expect(unservedSince(free, at(23), SHANGHAI)).toBeNull();
  });

  it('[TK12] who waits is unserved an hour after the last period, not in a break', () => {
    expect(unservedSince(week, at(12, 59), SHANGHAI)).toBeNull();
    expect(unservedSince(week, at(18) - 1, SHANGHAI)).toBeNull();
    expect(unservedSince(week, at(18), SHANGHAI)).toBe(at(18));
    expect(unservedSince(week, at(23), SHANGHAI)).toBe(at(18));
  });
});
