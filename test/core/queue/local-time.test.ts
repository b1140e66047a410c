import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localTimeOf } from '#core/queue/local-time.ts';
import { SEED } from '../../seed.ts';

const ZONES = ['Asia/Shanghai', 'Asia/Kathmandu', 'America/St_Johns', 'Africa/Monrovia', 'Europe/London'];

/** As the calendar says it, every time anew. */
function wall(at: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(at);
}

function shown(at: number, timeZone: string): string {
  const { date, minute } = localTimeOf(at, timeZone);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${date} ${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}

describe('the clock on the wall', () => {
  it('goes on within a minute, back, and over its edge, in several zones in turn', () => {
    const noon = Date.UTC(2026, 2, 8, 6, 59);
    const steps = [0, 59_999, 60_000, 59_999, 119_999, -1, 0].map(ms => noon + ms);
    for (const at of steps)
      for (const zone of [...ZONES, 'America/New_York']) expect(shown(at, zone)).toBe(wall(at, zone));
  });

  it('knows zones that were not whole minutes from UTC', () => {
    const at = Date.UTC(1971, 5, 1, 12, 0);
    const seconds = [0, 20, 40, 59].map(second => at + second * 1000);
    const texts = seconds.map(one => shown(one, 'Africa/Monrovia'));
    expect(texts).toEqual(seconds.map(one => wall(one, 'Africa/Monrovia')));
    expect(new Set(texts).size).toBe(2);
  });

  it(`says what the calendar says, asked in any order (seed ${SEED})`, () => {
    const instant = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2040, 0) });
    const near = fc.array(fc.integer({ min: -90_000, max: 90_000 }), { minLength: 1, maxLength: 6 });
    const property = fc.property(fc.constantFrom(...ZONES), instant, near, (zone, at, offsets) => {
      for (const ms of offsets) expect(shown(at + ms, zone)).toBe(wall(at + ms, zone));
    });
    fc.assert(property, { seed: SEED, numRuns: 100 });
  });
});
