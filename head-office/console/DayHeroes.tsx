import { useTranslation } from 'react-i18next';
import { type Figure, findFigure } from '#core/figures/day-figures.ts';
import { formatShare } from '#renderer/kit/format.ts';
import { figureText, shareWithin } from './figure-format.ts';

/** The promise first, then what people ask next. */
export function DayHeroes({ figures }: { readonly figures: readonly Figure[] }) {
  const { t } = useTranslation('console');
  const value = (kpi: Figure['kpi']) => figureText(findFigure(figures, kpi)).value;
  const heroes = [
    ['promise', formatShare(shareWithin(findFigure(figures, 'over-20-minutes-rate')))],
    ['wait', value('average-wait')],
    ['done', `${value('legs-done')} / ${value('tickets-issued')}`],
    ['satisfaction', value('satisfaction')],
  ] as const;
  return (
    <dl className="day-heroes">
      {heroes.map(([key, text]) => (
        <div key={key}>
          <dt>{t(`hero.${key}`)}</dt>
          <dd className="foyer-number">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
