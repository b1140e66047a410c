import { Button } from 'antd';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { type StationsView, stationTitle } from './station-words.ts';

const LINES = ['one', 'two', 'three', 'four', 'five'] as const;

/** What to do when the floor PC is dead: five lines on screen, and large on paper for the wall beside it. */
export function DeadHostCard({ view }: { readonly view: StationsView }) {
  const { t } = useTranslation('kit');
  const local = useLocalText();
  const nameOf = (stationId: string | null) => {
    const station = view.stations.find(one => one.stationId === stationId);
    return station ? stationTitle(station) : t('stations.facts.none');
  };
  const pcs = t('stations.dead.pcs', {
    host: nameOf(view.hostStation),
    standby: nameOf(view.pair.standbyId),
  });
  const lines = (
    <ol>
      {LINES.map(line => (
        <li key={line}>{t(`stations.dead.lines.${line}`)}</li>
      ))}
    </ol>
  );
  return (
    <section className="stations-card stations-dead">
      <header>
        <h3>{t('stations.dead.heading')}</h3>
        <Button size="small" onClick={() => globalThis.print()}>
          {t('stations.dead.print')}
        </Button>
      </header>
      {view.pair.standbyId === null && (
        <p>
          <Sign meaning="soon" /> {t('stations.dead.noStandby')}
        </p>
      )}
      {lines}
      {createPortal(
        <section className="stations-paper">
          <h1>{t('stations.dead.heading')}</h1>
          <p>
            {local(view.branchName)}　{pcs}
          </p>
          {lines}
        </section>,
        document.body,
      )}
    </section>
  );
}
