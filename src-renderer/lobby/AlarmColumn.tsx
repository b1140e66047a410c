import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock } from '../kit/format.ts';
import { useLocalText } from '../kit/i18n.ts';
import { type Meaning, Sign } from '../kit/signs.tsx';
import { type Alarm, type AlarmAction, alarmAction, type LobbyView, sortAlarms } from './alarm-action.ts';
import { alarmText } from './alarm-text.ts';
import { FloorLines } from './FloorLines.tsx';
import { HandleCueDialog } from './HandleCueDialog.tsx';
import { NoticeLine } from './NoticeLine.tsx';
import { useDeed } from './use-deed.ts';
import './alarms.css';

const MEANINGS: Readonly<Record<Alarm['level'], Meaning>> = {
  red: 'broken',
  orange: 'late',
  yellow: 'soon',
};

/** What to do now, worst and newest first, each with its one best action. */
export function AlarmColumn(props: {
  readonly view: LobbyView;
  readonly onHandleRating: (ratingId: string) => void;
  readonly onShowQueue: (queueId: string) => void;
  readonly onHandleIncident: (incidentId: string) => void;
}) {
  const { view } = props;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const { deed, notice, isBusy } = useDeed();
  const [cue, setCue] = useState<{ readonly alertId: string; readonly about: string } | null>(null);

  const counterName = (action: AlarmAction | null) =>
    action?.kind === 'ask-counter-to-open'
      ? local(view.counters.find(one => one.counterId === action.counterId)?.name ?? null)
      : '';

  const act = (action: AlarmAction, alarm: Alarm) => {
    if (action.kind === 'handle-bad-rating') props.onHandleRating(action.ratingId);
    else if (action.kind === 'handle-incident') props.onHandleIncident(action.incidentId);
    else if (action.kind === 'handle-cue')
      setCue({ alertId: action.alertId, about: alarmText(t, alarm, local) });
    else if (action.kind === 'ask-counter-to-open')
      void deed(
        action.kind,
        { counterId: action.counterId },
        t('floor.counter.asked', { counter: counterName(action) }),
      );
    else if (action.kind === 'show-queue') props.onShowQueue(action.queueId);
    else
      void deed(
        'reprint-ticket',
        { ticketId: action.ticketId },
        t('tickets.reprinted', { number: alarm.facts.number }),
      );
  };

  return (
    <section className="box lobby-alarms" aria-label={t('alarms.heading')}>
      <h2>
        {t('alarms.heading')} <span className="box-count foyer-number">{view.alarms.length}</span>
        <NoticeLine notice={notice} />
      </h2>
      <div className="box-scroll" aria-live="polite">
        {view.alarms.length === 0 && <p className="box-empty">{t('alarms.none')}</p>}
        {sortAlarms(view.alarms).map(alarm => (
          <AlarmCard
            key={alarm.id}
            alarm={alarm}
            timeZone={view.timeZone}
            action={alarmAction(alarm, view)}
            isBusy={isBusy}
            onAct={act}
            counter={counterName(alarmAction(alarm, view))}
          />
        ))}
        <FloorLines view={view} deed={deed} isBusy={isBusy} />
      </div>
      {cue && <HandleCueDialog key={cue.alertId} {...cue} onClose={() => setCue(null)} />}
    </section>
  );
}

function AlarmCard(props: {
  readonly alarm: Alarm;
  readonly timeZone: string;
  readonly action: AlarmAction | null;
  readonly isBusy: boolean;
  readonly onAct: (action: AlarmAction, alarm: Alarm) => void;
  /** The window the action is about, if it is about one. */
  readonly counter: string;
}) {
  const { alarm, action } = props;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  return (
    <article className="alarm foyer-glow" data-level={alarm.level} data-kind={alarm.kind}>
      <div className="alarm-head">
        <Sign meaning={MEANINGS[alarm.level]} size={20} /> <strong>{t(`alarms.level.${alarm.level}`)}</strong>
        <time className="foyer-number">{formatClock(alarm.since, props.timeZone)}</time>
      </div>
      <div className="alarm-body">
        <p>{alarmText(t, alarm, local)}</p>
        {action && (
          <Button
            type={alarm.level === 'red' ? 'primary' : 'default'}
            disabled={props.isBusy}
            onClick={() => props.onAct(action, alarm)}
          >
            {t(`alarms.action.${action.kind}`, { counter: props.counter })}
          </Button>
        )}
      </div>
    </article>
  );
}
