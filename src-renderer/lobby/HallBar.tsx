import { Button } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMinutes, formatShare, wholeMinutes } from '../kit/format.ts';
import { useSession } from '../kit/hooks.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { StatusCorner } from '../kit/StatusCorner.tsx';
import { Sign } from '../kit/signs.tsx';
import { type WaitLevel, waitLevel } from '../staff/wait-level.ts';
import type { LobbyView } from './alarm-action.ts';
import { type FloorKey, FloorKeys } from './FloorKeys.tsx';
import './hall-bar.css';

const ISSUE_KEY = 'F2';

/** The hall at a glance, and the one large key. */
export function HallBar(props: {
  readonly view: LobbyView;
  readonly now: number;
  readonly onIssue: () => void;
  readonly onFloorKey: (key: FloorKey) => void;
  readonly onStations: () => void;
}) {
  const { view, now, onIssue } = props;
  const { hall, today } = view;
  const { t } = useTranslation('lobby');
  const { language, setLanguage } = useLanguage();
  const { signOut } = useSession();
  const local = useLocalText();
  const minutes = (ms: number) => formatMinutes(wholeMinutes(ms), language);
  const oldestMs = hall.oldestSince === null ? null : now - hall.oldestSince;

  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key !== ISSUE_KEY || event.repeat) return;
      event.preventDefault();
      onIssue();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [onIssue]);

  return (
    <header className="hall">
      <div className="hall-name">
        <div>{local(view.bankName)}</div>
        <h1>{local(view.branchName)}</h1>
      </div>
      <section className="hall-figures" aria-label={t('hall.region')}>
        <Figure label={t('hall.waiting')} value={String(hall.waiting)} detail="" />
        <Figure
          label={t('hall.longest')}
          value={oldestMs === null ? '—' : minutes(oldestMs)}
          level={oldestMs === null ? 'waiting' : waitLevel(oldestMs, hall.limitMs)}
          detail={t('hall.promise', { minutes: minutes(hall.limitMs) })}
        />
        <Figure
          label={t('hall.windows')}
          value={String(hall.openCounters)}
          detail={t('hall.ofWindows', { count: hall.counters })}
        />
        <Figure
          label={t('hall.satisfaction')}
          value={formatShare(today.satisfaction)}
          detail={
            today.satisfaction === null
              ? t('hall.noRatings')
              : t('hall.rated', { rated: today.rated, unrated: today.unrated })
          }
        />
        <Figure
          label={t('hall.served')}
          value={String(today.done)}
          detail={t('hall.issued', { issued: today.issued, noShows: today.noShows })}
        />
      </section>
      <Button className="hall-issue" type="primary" aria-keyshortcuts={ISSUE_KEY} onClick={onIssue}>
        {t('issue.open')} <kbd>{ISSUE_KEY}</kbd>
      </Button>
      <FloorKeys onKey={props.onFloorKey} />
      <div className="hall-corner">
        <StatusCorner
          devices={view.devices}
          upload={view.upload}
          more={close => (
            <Button
              className="stations-open"
              onClick={() => {
                close();
                props.onStations();
              }}
            >
              {t('branchLink.open')}
            </Button>
          )}
        />
        <div>
          <Button size="small" type="text" onClick={() => setLanguage(other(language), { remember: true })}>
            {t(`language.${other(language)}`)}
          </Button>
          <Button size="small" type="text" onClick={() => void signOut()}>
            {t('action.signOut')}
          </Button>
        </div>
      </div>
    </header>
  );
}

const other = (language: 'zh' | 'en') => (language === 'zh' ? 'en' : 'zh');

function Figure(props: {
  readonly label: string;
  readonly value: ReactNode;
  readonly detail: string;
  readonly level?: WaitLevel;
}) {
  const { level = 'waiting' } = props;
  return (
    <div className="figure" data-level={level}>
      <div className="figure-label">{props.label}</div>
      <div className="figure-value foyer-number">
        {props.value} {level !== 'waiting' && <Sign meaning={level} size={22} />}
      </div>
      <div className="figure-detail">{props.detail}</div>
    </div>
  );
}
