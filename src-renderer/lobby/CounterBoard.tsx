import { useTranslation } from 'react-i18next';
import { formatStopwatch } from '../kit/format.ts';
import { useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import type { LobbyView } from './alarm-action.ts';
import { type CounterLook, counterLook } from './counter-look.ts';
import './counters.css';

type CounterLine = LobbyView['counters'][number];

/** Up to this many windows are drawn large. */
const LARGE_UP_TO = 12;

/** Windows as cards: number, teller, ticket, stage timer; closed and paused ones plain. */
export function CounterBoard(props: {
  readonly counters: readonly CounterLine[];
  readonly asks: LobbyView['floor']['asks'];
  readonly now: number;
  /** What can be done about a window is one touch away. */
  readonly onOpen: (counterId: string) => void;
}) {
  const { counters, asks, now } = props;
  const { t } = useTranslation('lobby');
  return (
    <section className="box lobby-counters" aria-label={t('counters.heading')}>
      <h2>{t('counters.heading')}</h2>
      <div className="box-scroll counters" data-size={counters.length <= LARGE_UP_TO ? 'large' : 'small'}>
        {counters.map(counter => (
          <CounterCard
            key={counter.counterId}
            counter={counter}
            isAsked={asks.some(ask => ask.counterId === counter.counterId && ask.answer === null)}
            now={now}
            onOpen={props.onOpen}
          />
        ))}
      </div>
    </section>
  );
}

function CounterCard(props: {
  readonly counter: CounterLine;
  readonly isAsked: boolean;
  readonly now: number;
  readonly onOpen: (counterId: string) => void;
}) {
  const { counter, isAsked, now } = props;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const look = counterLook(counter);
  const isPlain = look === 'closed' || look === 'paused';
  const since = counter.ticket?.since ?? counter.statusSince;
  return (
    <button
      type="button"
      className="counter"
      data-look={look}
      data-asked={isAsked}
      onClick={() => props.onOpen(counter.counterId)}
    >
      <div className="counter-head">
        <strong>{local(counter.name)}</strong> <span>{local(counter.staffName)}</span>
      </div>
      <div className="counter-ticket foyer-number">
        {counter.ticket?.number === '' ? t('counters.noNumber') : (counter.ticket?.number ?? '—')}
      </div>
      <div className="counter-state">
        <LookSign look={look} />
        <span className="counter-word">
          {isAsked
            ? t('floor.counter.isAsked')
            : look === 'paused' && counter.pauseReason
              ? local(counter.pauseReason)
              : t(`counters.${look}`)}
        </span>
        <span className="foyer-number">
          {isPlain && look === 'closed' ? '' : formatStopwatch(now - since)}
        </span>
      </div>
    </button>
  );
}

function LookSign({ look }: { readonly look: CounterLook }) {
  if (look === 'idle') return <Sign meaning="late" />;
  if (look === 'called') return <Sign meaning="waiting" />;
  return look === 'serving' ? <Sign meaning="well" /> : null;
}
