import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatClock } from '../kit/format.ts';
import { useLanguage } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import {
  certificateMeaning,
  changesOf,
  lagSeconds,
  lagWords,
  type StationChange,
  type StationLine,
  type StationsView,
  stateMeaning,
  stationTitle,
} from './station-words.ts';

const KEYS: Readonly<Record<StationChange, string>> = {
  'rename-station': 'stations.keys.rename',
  'name-standby': 'stations.keys.nameStandby',
  'release-standby': 'stations.keys.release',
  'revoke-station': 'stations.keys.revoke',
};

/** One line a PC; this PC is said so. */
export function StationTable(props: {
  readonly view: StationsView;
  readonly now: number;
  readonly onChange: (station: StationLine, change: StationChange) => void;
}) {
  const { view, now } = props;
  const { t } = useTranslation('kit');
  return (
    <table className="stations-table">
      <thead>
        <tr>
          {(['pc', 'state', 'lag', 'certificate'] as const).map(column => (
            <th key={column} scope="col">
              {t(`stations.columns.${column}`)}
            </th>
          ))}
          {view.mayChange && <th scope="col">{t('stations.columns.keys')}</th>}
        </tr>
      </thead>
      <tbody>
        {view.stations.map(station => (
          <Row key={station.stationId} {...props} station={station} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: {
  readonly view: StationsView;
  readonly station: StationLine;
  readonly now: number;
  readonly onChange: (station: StationLine, change: StationChange) => void;
}) {
  const { view, station, now } = props;
  const { t } = useTranslation('kit');
  const { language } = useLanguage();
  const lag = lagWords(station);
  const seconds = lagSeconds(station);
  const until = station.certificateUntil;
  const certificate = certificateMeaning(until, now);
  const day = (at: number) =>
    new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone: view.timeZone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
    }).format(at);
  return (
    <tr data-this={station.isThisPc}>
      <th scope="row">
        <strong>{stationTitle(station)}</strong> {station.isThisPc && <em>{t('stations.thisPc')}</em>}
        <small>
          {[
            ...(station.name === '' ? [] : [station.stationId]),
            ...station.roles.map(role => t(`stations.roles.${role}`)),
            t('stations.program', { version: station.program || t('stations.lag.unknown') }),
          ].join(' · ')}
        </small>
      </th>
      <td>
        <Sign meaning={stateMeaning(station)} /> {t(`stations.state.${station.state}`)}
        <small>{t('stations.since', { time: formatClock(station.since, view.timeZone) })}</small>
      </td>
      <td>
        {lag === null ? '—' : t(lag.key, lag.facts)}
        {seconds !== null && <small>{t('stations.lag.seconds', { seconds })}</small>}
      </td>
      <td>
        {until === null ? (
          t('stations.certificate.none')
        ) : (
          <>
            {certificate !== 'well' && <Sign meaning={certificate} />} {day(until)}
            {certificate !== 'well' && (
              <small>{t(`stations.certificate.${certificate === 'broken' ? 'ended' : 'soon'}`)}</small>
            )}
          </>
        )}
      </td>
      {view.mayChange && (
        <td className="stations-row-keys">
          {changesOf(view, station).map(change => (
            <Button
              key={change}
              size="small"
              aria-label={`${t(KEYS[change])} ${stationTitle(station)}`}
              onClick={() => props.onChange(station, change)}
            >
              {t(KEYS[change])}
            </Button>
          ))}
        </td>
      )}
    </tr>
  );
}
