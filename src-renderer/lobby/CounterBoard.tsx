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
export function CounterBoard(props: { readonly counters: readonly CounterLine[]; readonly now: number }) {
  const { counters, now } = props;
  const { t } = useTranslation('lobby');
  return (
    <section className="box lobby-counters" aria-label={t('counters.heading')}>
      <h2>{t('counters.heading')}</h2>
      <div className="box-scroll counters" data-size={counters.length <= LARGE_UP_TO ? 'large' : 'small'}>
        {counters.map(counter => (
          <CounterCard key={counter.counterId} counter={counter} now={now} />
        ))}
      </div>
    </section>
  );
}

function CounterCard({ counter, now }: { readonly counter: CounterLine; readonly now: number }) {
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const look = counterLook(counter);
  const isPlain = look === 'closed' || look === 'paused';
  const since = counter.ticket?.since ?? counter.statusSince;
  return (
    <article className="counter" data-look={look}>
      <div className="counter-head">
        <strong>{local(counter.name)}</strong> <span>{local(counter.staffName)}</span>
      </div>
      <div className="counter-ticket foyer-number">{counter.ticket?.number ?? '—'}</div>
      <div className="counter-state">
        <LookSign look={look} />
        <span className="counter-word">
          {look === 'paused' && counter.pauseReason ? local(counter.pauseReason) : t(`counters.${look}`)}
        </span>
        <span className="foyer-number">
          {isPlain && look === 'closed' ? '' : formatStopwatch(now - since)}
        </span>
      </div>
    </article>
  );
}

function LookSign({ look }: { readonly look: CounterLook }) {
  if (look === 'idle') return <Sign meaning="late" />;
  if (look === 'called') return <Sign meaning="waiting" />;
  return look === 'serving' ? <Sign meaning="well" /> : null;
}
