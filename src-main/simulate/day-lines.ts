import type { Figure } from '#core/figures/day-figures.ts';
import type { SimulatedDay } from './play-day.ts';
import { SIMULATE_TEXTS, type SimulateTexts } from './texts.ts';

/** The day in sentences of one language: each figure with its formula, numerator and denominator (MO1). */
export function dayLines(day: SimulatedDay, language: 'zh' | 'en'): string[] {
  const texts = SIMULATE_TEXTS[language];
  const { seed, customers, businessDay } = day;
  const plain: readonly (readonly [string, number])[] = [
    [texts.stillWaiting, day.stillWaiting],
    [texts.ticketsPrinted, day.devices.ticketsPrinted],
    [texts.boardUpdates, day.devices.boardUpdates],
    [texts.announcementsPlayed, day.devices.announcementsPlayed],
    ...Object.entries(day.refusals).map(([code, count]) => [fill(texts.refused, { code }), count] as const),
  ];
  return [
    fill(texts.title, { day: businessDay, customers, seed }),
    ...day.figures.map(figure => `  ${figureLine(figure, texts)}`),
    ...plain.map(([name, count]) => `  ${name}: ${count}`),
  ];
}

function figureLine({ kpi, unit, numerator, denominator, value }: Figure, texts: SimulateTexts): string {
  const { name, formula } = texts.figures[kpi];
  const [above, below] = formula;
  const valueText = value === null ? texts.noValue : amount(value, unit, texts);
  if (below === undefined) return `${name}: ${valueText}  [${above}]`;
  const top = unit === 'ms' ? amount(numerator, unit, texts) : numerator;
  return `${name}: ${valueText}  [${above} ÷ ${below} = ${top} ÷ ${denominator}]`;
}

function amount(value: number, unit: Figure['unit'], texts: SimulateTexts): string {
  if (unit === 'rate') return `${(100 * value).toFixed(1)}%`;
  if (unit === 'count') return String(value);
  const seconds = Math.round(value / 1000);
  return fill(texts.minutes, { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}

/** Fills `{name}` with facts. */
export function fill(text: string, facts: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
}
