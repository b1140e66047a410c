import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDayOf } from '#core/queue/business-day.ts';
import { SEED } from '../../seed.ts';

const at = (text: string) => Date.parse(text);

describe('the business day', () => {
  it.each([
    // Shanghai has kept UTC+8 all year since 1992.
    ['Asia/Shanghai', '2026-03-01T15:59:59.999Z', '2026-03-01'],
    ['Asia/Shanghai', '2026-03-01T16:00:00.000Z', '2026-03-02'],
    ['Asia/Shanghai', '2025-12-31T16:00:00.000Z', '2026-01-01'],
    ['Asia/Shanghai', '2028-02-28T16:00:00.000Z', '2028-02-29'],
    // Kathmandu is UTC+5:45, Kiritimati UTC+14.
    ['Asia/Kathmandu', '2026-03-01T18:14:59.999Z', '2026-03-01'],
    ['Asia/Kathmandu', '2026-03-01T18:15:00.000Z', '2026-03-02'],
    ['Pacific/Kiritimati', '2026-03-01T09:59:59.999Z', '2026-03-01'],
    ['Pacific/Kiritimati', '2026-03-01T10:00:00.000Z', '2026-03-02'],
    // New York goes to UTC-4 on 8 March 2026 at 07:00Z and back to UTC-5 on 1 November at 06:00Z.
    ['America/New_York', '2026-03-08T04:59:59.999Z', '2026-03-07'],
    ['America/New_York', '2026-03-08T05:00:00.000Z', '2026-03-08'],
    ['America/New_York', '2026-03-09T03:59:59.999Z', '2026-03-08'],
    ['America/New_York', '2026-03-09T04:00:00.000Z', '2026-03-09'],
    ['America/New_York', '2026-11-02T04:59:59.999Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T05:00:00.000Z', '2026-11-02'],
    // London's clocks go forward on 29 March 2026 at 01:00Z.
    ['Europe/London', '2026-03-29T22:59:59.999Z', '2026-03-29'],
    ['Europe/London', '2026-03-29T23:00:00.000Z', '2026-03-30'],
    // Cairo springs forward at midnight: 24 April 2026 begins at 01:00 local.
    ['Africa/Cairo', '2026-04-23T21:59:59.999Z', '2026-04-23'],
    ['Africa/Cairo', '2026-04-23T22:00:00.000Z', '2026-04-24'],
    ['UTC', '1970-01-01T00:00:00.000Z', '1970-01-01'],
  ])('[TK3] in %s at %s is %s', (timeZone, instant, day) => {
    expect(businessDayOf(at(instant), timeZone)).toBe(day);
  });

  it(`[TK3] never goes back while time goes on, in any zone (seed ${SEED})`, () => {
    const zones = [
      'Asia/Shanghai',
      'America/New_York',
      'Europe/London',
      'Australia/Lord_Howe',
      'Asia/Urumqi',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at('2000-01-02'), max: at('2060-01-01') }),
        fc.integer({ min: 0, max: 3 * 86_400_000 }),
        (zone, instant, laterMs) => {
          const [day, laterDay] = [businessDayOf(instant, zone), businessDayOf(instant + laterMs, zone)];
          expect(laterDay >= day).toBe(true);
          expect(day).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
        },
      ),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it('[TK3] is eight hours ahead of UTC in Shanghai on every day of twenty years', () => {
    for (let day = at('2020-01-01'); day < at('2040-01-01'); day += 86_400_000)
      for (const instant of [day - 1, day])
        expect(businessDayOf(instant - 8 * 3_600_000, 'Asia/Shanghai')).toBe(
          new Date(instant).toISOString().slice(0, 10),
        );
  });
});
