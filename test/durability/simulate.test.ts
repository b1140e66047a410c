import { expect, test } from 'vitest';
import { findFigure } from '#core/figures/day-figures.ts';
import { dayOf, simulate } from '../model/simulate-fixture.ts';

test('[MO1] a day of 500 customers is the same twice, to the last digit', async () => {
  const args = ['--seed', '7', '--customers', '500', '--json'];
  const [one, other] = await Promise.all([simulate(...args), simulate(...args)]);
  expect(other.output).toBe(one.output);
  const day = dayOf(one);
  expect(findFigure(day.figures, 'tickets-issued').value).toBe(500);
  expect(day.devices.ticketsPrinted).toBe(500);
});
