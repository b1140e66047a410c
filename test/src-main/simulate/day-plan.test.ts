import { expect, test } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { CLOSES_AT_MS, OPENS_AT_MS, planDay } from '#main/simulate/day-plan.ts';

const MINUTE = 60_000;
const plans = planDay(SAMPLE_BANK, 5000, 3);

test('customers come within business hours, in order, most in the morning and at noon', () => {
  expect(plans).toHaveLength(5000);
  const arrivals = plans.map(plan => plan.arrivesAtMs);
  expect(arrivals).toEqual([...arrivals].sort((one, other) => one - other));
  expect(arrivals.at(0)).toBeGreaterThanOrEqual(0);
  expect(arrivals.at(-1)).toBeLessThan(CLOSES_AT_MS - OPENS_AT_MS);
  const between = (from: number, to: number) =>
    arrivals.filter(at => at >= (from - 9) * 60 * MINUTE && at < (to - 9) * 60 * MINUTE).length;
  expect(between(9.5, 11)).toBeGreaterThan(1.5 * between(13.5, 15));
  expect(between(12, 13)).toBeGreaterThan(1.2 * between(11, 12));
  expect(between(12, 13)).toBeGreaterThan(1.2 * between(13, 14));
});

test('each business takes around its typical minutes, and every business and habit occurs', () => {
  for (const business of SAMPLE_BANK.businesses) {
    const times = plans.filter(plan => plan.businessId === business.id).map(plan => plan.serviceMs);
    const average = times.reduce((total, time) => total + time, 0) / times.length;
    expect(average / MINUTE / business.typicalMinutes, business.id).toBeGreaterThan(0.6);
    expect(average / MINUTE / business.typicalMinutes, business.id).toBeLessThan(1.1);
  }
  expect(new Set(plans.map(plan => plan.rating?.position ?? 'silent'))).toEqual(
    new Set([1, 2, 3, 4, 'silent']),
  );
  expect(new Set(plans.map(plan => plan.hearsAfterRecalls))).toEqual(new Set([null, 0, 1, 2, 3]));
  expect(plans.some(plan => plan.moreMs !== null && plan.asksAfterMs !== null)).toBe(true);
});

test('a seed plans the same day again, another seed another day', () => {
  expect(planDay(SAMPLE_BANK, 50, 3)).toEqual(planDay(SAMPLE_BANK, 50, 3));
  expect(planDay(SAMPLE_BANK, 50, 4)).not.toEqual(planDay(SAMPLE_BANK, 50, 3));
});
