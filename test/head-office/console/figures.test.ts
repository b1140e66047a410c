import { describe, expect, it } from 'vitest';
import { createDayFigures, type Figure, figureReport, findFigure } from '#core/figures/day-figures.ts';
import { figureText, shareWithin } from '#head-office/console/figure-format.ts';
import { FIGURE_GROUPS } from '#head-office/console/figure-groups.ts';
import { en } from '#head-office/console/locales/en.ts';
import { zh } from '#head-office/console/locales/zh.ts';
import { textKeys, textPlaceholders } from '../../src-renderer/kit/text-tree.ts';

const EMPTY = figureReport(createDayFigures());

function figure(more: Partial<Figure>): Figure {
  return { kpi: 'average-wait', unit: 'ms', numerator: 0, denominator: 1, value: 0, ...more };
}

describe('figures in words', () => {
  it('[MO1] show numerator, denominator and result of times and shares', () => {
    const wait = figure({ numerator: 3_729_000, denominator: 14, value: 3_729_000 / 14 });
    expect(figureText(wait)).toEqual({ numerator: '1:02:09', denominator: '14', value: '4:26' });
    const rate = figure({ kpi: 'no-show-rate', unit: 'rate', numerator: 3, denominator: 14, value: 3 / 14 });
    expect(figureText(rate)).toEqual({ numerator: '3', denominator: '14', value: '21.4%' });
  });

  it('[MO1] show counts and longest times without a denominator, and a quotient by nothing as a dash', () => {
    expect(figureText(findFigure(EMPTY, 'tickets-issued')).denominator).toBeNull();
    expect(figureText(findFigure(EMPTY, 'longest-wait')).denominator).toBeNull();
    expect(figureText(findFigure(EMPTY, 'average-wait')).value).toBe('—');
  });

  it('[MO1] the share within a limit is what the rate over it leaves', () => {
    expect(shareWithin(figure({ numerator: 1, denominator: 3 }))).toBe(2 / 3);
    expect(shareWithin(figure({ numerator: 0, denominator: 0 }))).toBeNull();
  });

  it('[MO1] all of the dictionary have a group, a name and a formula in both languages', () => {
    const kpis = EMPTY.map(({ kpi }) => kpi).sort();
    expect(Object.values(FIGURE_GROUPS).flat().sort()).toEqual(kpis);
    expect(Object.keys(zh.kpi).sort()).toEqual(kpis);
  });
});

describe('language files of the console', () => {
  it('have the same keys and the same facts in both languages', () => {
    expect(textKeys(en)).toEqual(textKeys(zh));
    expect(textPlaceholders(en)).toEqual(textPlaceholders(zh));
  });
});
