import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatClock, formatShare, formatStopwatch } from '../../kit/format.ts';
import { useLanguage, useLocalText } from '../../kit/i18n.ts';
import { type TellerView, undoLeftMs } from '../bar-state.ts';
import { reasonText } from '../reason-text.ts';

/** Right half: whom the next calls bring and why, without identity (CS4); the own day; the last ten. */
export function DeskDay(props: {
  readonly view: TellerView;
  readonly now: number;
  /** No counter is given a customer now. */
  readonly isHeld: boolean;
  readonly onUndo: () => void;
}) {
  const { view } = props;
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const { language } = useLanguage();
  const { upcoming, day } = view.desk;
  const figures = [
    [t('desk.served'), String(day.served), ''],
    [
      t('desk.average'),
      day.averageServiceMs === null ? t('desk.none') : formatStopwatch(day.averageServiceMs),
      '',
    ],
    [
      t('desk.satisfaction'),
      formatShare(day.satisfaction),
      day.rated + day.unrated === 0
        ? ''
        : t('desk.rated', { rated: day.rated, all: day.rated + day.unrated }),
    ],
    [t('desk.walkIns'), String(day.walkIns), ''],
  ] as const;
  return (
    <aside className="desk-day">
      <section>
        <h3>{t('desk.upcoming')}</h3>
        {upcoming.length === 0 && <p className="desk-quiet">{t('desk.upcomingNone')}</p>}
        <ol className="desk-lines desk-upcoming">
          {upcoming.map(next => (
            <li key={next.number}>
              <b className="foyer-number">{next.number}</b>
              <span className="desk-grow">
                {local(next.business)}
                <small>{reasonText(t, language, { ...next, choiceReason: null })}</small>
              </span>
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h3>{t('desk.day')}</h3>
        <dl className="desk-figures">
          {figures.map(([name, value, detail]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="foyer-number">{value}</dd>
              <dd className="desk-quiet">{detail}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Finishes {...props} />
    </aside>
  );
}

function Finishes({ view, now, isHeld, onUndo }: Parameters<typeof DeskDay>[0]) {
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const { finishes } = view.desk;
  const undoMs = view.ticket === null ? undoLeftMs(view, now) : 0;
  const result = (finish: (typeof finishes)[number]) => {
    if (finish.outcome === 'rated') return `${local(finish.level)} ✓`;
    if (finish.outcome === null) return '';
    return t(finish.outcome === 'open' ? 'desk.asking' : `desk.${finish.outcome}`);
  };
  return (
    <section>
      <h3>{t('desk.finishes')}</h3>
      {finishes.length === 0 && <p className="desk-quiet">{t('desk.finishesNone')}</p>}
      <ol className="desk-lines">
        {finishes.map((finish, index) => (
          <li key={`${finish.ticketId} ${finish.finishedAt}`}>
            <time>{formatClock(finish.finishedAt, view.timeZone)}</time>
            <b className="foyer-number">{finish.number || t('desk.noNumber')}</b>
            <span className="desk-grow desk-cut">{local(finish.business)}</span>
            {index === 0 && undoMs > 0 && view.undo?.ticketId === finish.ticketId ? (
              <Button size="small" disabled={isHeld} onClick={onUndo}>
                {t('desk.undo', { seconds: Math.ceil(undoMs / 1000) })}
              </Button>
            ) : (
              <span className="desk-quiet">{result(finish)}</span>
            )}
            <span className="desk-time">
              {finish.serviceMs === null ? '' : formatStopwatch(finish.serviceMs)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
