import { useTranslation } from 'react-i18next';
import { formatMinutes, wholeMinutes } from '../kit/format.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { waitLevel } from '../staff/wait-level.ts';
import type { LobbyView } from './alarm-action.ts';
import './queues.css';

/** Queues with their oldest wait; touching one shows only its tickets below, touching it again shows all. */
export function QueueColumn(props: {
  readonly queues: LobbyView['queues'];
  readonly now: number;
  readonly chosenId: string | null;
  readonly onChoose: (queueId: string | null) => void;
}) {
  const { t } = useTranslation('lobby');
  return (
    <section className="box lobby-queues" aria-label={t('queues.heading')}>
      <h2>
        {t('queues.heading')} <span className="box-caption">{t('queues.caption')}</span>
      </h2>
      <div className="box-scroll">
        {props.queues.map(queue => (
          <QueueRow
            key={queue.queueId}
            queue={queue}
            now={props.now}
            isChosen={queue.queueId === props.chosenId}
            onToggle={() => props.onChoose(queue.queueId === props.chosenId ? null : queue.queueId)}
          />
        ))}
      </div>
    </section>
  );
}

function QueueRow(props: {
  readonly queue: LobbyView['queues'][number];
  readonly now: number;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}) {
  const { queue, now } = props;
  const { t } = useTranslation('lobby');
  const { language } = useLanguage();
  const local = useLocalText();
  const oldestMs = queue.oldestSince === null ? null : now - queue.oldestSince;
  const level = oldestMs === null ? 'waiting' : waitLevel(oldestMs, queue.limitMs);
  return (
    <button
      type="button"
      className="queue"
      data-level={level}
      aria-pressed={props.isChosen}
      onClick={props.onToggle}
    >
      <span className="queue-prefix">{queue.prefix}</span>
      <span className="queue-main">
        <span className="queue-line">
          <strong>{local(queue.name)}</strong>
          <span className="queue-count foyer-number">{queue.waiting}</span>
        </span>
        <span className="queue-line">
          <span className="queue-age">
            {oldestMs === null ? (
              t('queues.none')
            ) : (
              <>
                <Sign meaning={level} />{' '}
                {t('queues.oldest', { minutes: formatMinutes(wholeMinutes(oldestMs), language) })}
              </>
            )}
          </span>
          <span className="foyer-number">
            {queue.openCounters > 0 && queue.estimate
              ? t('queues.estimate', { from: queue.estimate.fromMinutes, to: queue.estimate.toMinutes })
              : t('queues.noWindow')}
          </span>
        </span>
      </span>
    </button>
  );
}
