import { useTranslation } from 'react-i18next';
import { Sign } from '../kit/signs.tsx';
import { type StationsView, stationTitle } from './station-words.ts';

function ownNumbersOf({ ownNumbers }: StationsView): string {
  return ownNumbers.map(own => `${stationTitle(own)} ${own.from}–${own.to}`).join(' · ');
}

/** BR3, BR5: who decides, which numbers are in use, and whose last word is missing. */
export function PairFacts({ view }: { readonly view: StationsView }) {
  const { t } = useTranslation('kit');
  const host = view.stations.find(({ stationId }) => stationId === view.hostStation);
  const standby = view.stations.find(({ stationId }) => stationId === view.pair.standbyId);
  const nameOf = (station: typeof host) =>
    station === undefined
      ? t('stations.facts.none')
      : station.state === 'cut-off'
        ? t('stations.facts.gone', { name: stationTitle(station) })
        : stationTitle(station);
  const lines: readonly (readonly [string, string])[] = [
    ['host', nameOf(host)],
    ['standby', nameOf(standby)],
    ['epoch', String(view.epoch)],
    ['block', view.block === null ? t('stations.facts.wholeRange') : `${view.block.from}–${view.block.to}`],
    ['ownNumbers', ownNumbersOf(view) || t('stations.facts.none')],
    ['unaccounted', view.unaccounted.map(stationTitle).join(' · ') || t('stations.facts.everybody')],
  ];
  return (
    <section className="stations-card">
      <h3>{t('stations.facts.heading')}</h3>
      <dl>
        {lines.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`stations.facts.${key}`)}</dt>
            <dd className="foyer-number">{value}</dd>
          </div>
        ))}
      </dl>
      {view.unaccounted.length > 0 && (
        <p>
          <Sign meaning="waiting" /> {t('stations.facts.unaccountedHint')}
        </p>
      )}
      {!view.keysProtected && (
        <p>
          <Sign meaning="soon" /> {t('stations.facts.keysInFile')}
        </p>
      )}
    </section>
  );
}
