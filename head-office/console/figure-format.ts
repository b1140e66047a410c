import type { Figure } from '#core/figures/day-figures.ts';
import { formatShare, formatStopwatch } from '#renderer/kit/format.ts';

/** A figure as it is read: what was divided by what, and what came out. */
export interface FigureText {
  readonly numerator: string;
  /** Null where the figure is not a quotient. */
  readonly denominator: string | null;
  readonly value: string;
}

/** Figures that are counted or picked, not divided. */
const PLAIN: ReadonlySet<Figure['kpi']> = new Set(['longest-wait', 'longest-service-time']);
const NOTHING = '—';

/** Times as `h:mm:ss`, shares as percent, a quotient by 0 as a dash (MO1). */
export function figureText({ kpi, unit, numerator, denominator, value }: Figure): FigureText {
  const isPlain = unit === 'count' || PLAIN.has(kpi);
  return {
    numerator: unit === 'ms' ? formatStopwatch(numerator) : String(numerator),
    denominator: isPlain ? null : String(denominator),
    value:
      value === null
        ? NOTHING
        : unit === 'rate'
          ? formatShare(value)
          : unit === 'ms'
            ? formatStopwatch(value)
            : String(value),
  };
}

/** The share within a limit, from the rate over it: exactly what is left. */
export function shareWithin({ numerator, denominator }: Figure): number | null {
  return denominator === 0 ? null : (denominator - numerator) / denominator;
}
