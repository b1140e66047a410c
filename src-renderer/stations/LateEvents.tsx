import { useTranslation } from 'react-i18next';
import { formatClock } from '../kit/format.ts';
import { lateTypeWords, type StationsView, stationTitle } from './station-words.ts';

/** BR6, CS5: what a PC recorded alone and could take no effect any more. */
export function LateEvents({ view }: { readonly view: StationsView }) {
  const { t } = useTranslation('kit');
  if (view.isOnePc) return null;
  const pcOf = (stationId: string) =>
    stationTitle(view.stations.find(one => one.stationId === stationId) ?? { name: '', stationId });
  return (
    <section className="stations-late">
      <h3>{t('stations.late.heading')}</h3>
      {view.lateEvents.length === 0 && <p>{t('stations.late.none')}</p>}
      <ul>
        {view.lateEvents.map(({ at, stationId, type, number }, index) => {
          const what = lateTypeWords(type);
          return (
            <li key={`${at} ${stationId} ${type} ${number} ${String(index)}`}>
              {t('stations.late.line', {
                time: formatClock(at, view.timeZone, { seconds: true }),
                pc: pcOf(stationId),
                what: t(what.key, what.facts),
                number: number ?? '',
              })}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
