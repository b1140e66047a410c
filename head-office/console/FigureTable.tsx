import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figure, Kpi } from '#core/figures/day-figures.ts';
import { figureText } from './figure-format.ts';
import { FIGURE_GROUPS } from './figure-groups.ts';

/** Every figure with its formula, numerator, denominator and result (MO1). */
export function FigureTable({ figures }: { readonly figures: readonly Figure[] }) {
  const { t } = useTranslation('console');
  const groups = Object.entries(FIGURE_GROUPS) as [keyof typeof FIGURE_GROUPS, readonly Kpi[]][];
  return (
    <table className="figures">
      <thead>
        <tr>
          <th scope="col">{t('figure.name')}</th>
          <th scope="col" className="figure-number">
            {t('figure.numerator')}
          </th>
          <th scope="col" className="figure-number">
            {t('figure.denominator')}
          </th>
          <th scope="col" className="figure-number">
            {t('figure.value')}
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map(([group, kpis]) => (
          <Fragment key={group}>
            <tr className="figure-group">
              <th scope="rowgroup" colSpan={4}>
                {t(`group.${group}`)}
              </th>
            </tr>
            {kpis.map(kpi => {
              const figure = figures.find(candidate => candidate.kpi === kpi);
              return figure && <FigureRow key={kpi} figure={figure} />;
            })}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function FigureRow({ figure }: { readonly figure: Figure }) {
  const { t } = useTranslation('console');
  const { numerator, denominator, value } = figureText(figure);
  return (
    <tr>
      <th scope="row">
        {t(`kpi.${figure.kpi}.name`)}
        <span className="quiet-text">{t(`kpi.${figure.kpi}.formula`)}</span>
      </th>
      <td className="figure-number foyer-number">{numerator}</td>
      <td className="figure-number foyer-number">{denominator ?? ''}</td>
      <td className="figure-number foyer-number">
        <strong key={value} className="foyer-glow">
          {value}
        </strong>
      </td>
    </tr>
  );
}
