import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMinutes, formatStopwatch, wholeMinutes } from '../kit/format.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { AskNote } from './AskNote.tsx';
import { phaseOf, sayingCue, stageTimer, type TellerView } from './bar-state.ts';
import { ACTION_KEYS } from './keys.ts';
import { reasonText } from './reason-text.ts';

/** The number in hand, the hero of the bar; a dash keeps its place. */
export function NumberPart({ view }: { readonly view: TellerView }) {
  const { t } = useTranslation('teller');
  // A walk-in has no number (CS9).
  const number = view.ticket?.number === '' ? t('desk.noNumberShort') : view.ticket?.number;
  return (
    <div className="bar-number" data-quiet={view.ticket === null}>
      {number ?? '—'}
    </div>
  );
}

/** Business, wait and reason of the ticket in hand; without one, who comes next and why (CS2, CS4). */
export function TicketPart({ view }: { readonly view: TellerView }) {
  const { t } = useTranslation('teller');
  const { language } = useLanguage();
  const local = useLocalText();
  const { ticket, next, counter } = view;
  const cue = sayingCue(view);
  const ask = view.asks.find(one => one.answer === null);
  const sayings = view.desk.sayings.filter(({ isNow }) => isNow).map(({ text }) => local(text));
  const lines = () => {
    if (ticket) {
      const head = t('bar.ticket', {
        business: local(ticket.business),
        customerClass: local(ticket.customerClass),
        minutes: formatMinutes(wholeMinutes(ticket.waitMs), language),
      });
      return [head, reasonText(t, language, ticket)];
    }
    if (counter.status === 'paused')
      return [
        t('phase.paused'),
        t('bar.pausedFor', { reason: local(counter.pauseReason), key: ACTION_KEYS['pause-counter'] }),
      ];
    return next
      ? [
          t('bar.next', { number: next.number, business: local(next.business) }),
          reasonText(t, language, { ...next, choiceReason: null }),
        ]
      : [t('bar.nobodyWaiting'), t('bar.nextNone')];
  };
  const [head, detail] = lines();
  return (
    <div className="bar-text">
      <div className="bar-line-1" title={head}>
        {head}
      </div>
      <div className="bar-line-2">
        {ask && <AskNote ask={ask} timeZone={view.timeZone} />}
        <span
          hidden={ask !== undefined}
          key={`reason ${cue}`}
          className={cue === null ? undefined : 'bar-after-saying'}
          style={{ animationDuration: `${Math.max(1, sayings.length) * SAYING_SECONDS + 0.2}s` }}
          title={detail}
        >
          {detail}
        </span>
        {ask === undefined && cue !== null && (
          <Saying key={cue} texts={sayings.length > 0 ? sayings : [local(view.saying)]} />
        )}
      </div>
    </div>
  );
}

/** How long one saying is on the bar; `teller.css` fades it in and out. */
const SAYING_SECONDS = 4;

/**
 * Fades in for a few seconds; keeps its words to the end, whatever stage comes next. Cash received and cash paid out
 * are two, one after the other (CS12).
 */
function Saying({ texts }: { readonly texts: readonly string[] }) {
  const [words] = useState(texts);
  const [index, setIndex] = useState(0);
  return (
    <span
      key={index}
      className="bar-saying"
      onAnimationEnd={() => setIndex(current => Math.min(current + 1, words.length))}
    >
      {words[index]}
    </span>
  );
}

/** How long the stage on screen has lasted, with a sign as well as a colour when it is late. */
export function TimerPart({ view, now }: { readonly view: TellerView; readonly now: number }) {
  const { t } = useTranslation('teller');
  const timer = stageTimer(view, now);
  return (
    <div className="bar-timer" data-late={timer?.isLate ?? false}>
      <div className="bar-timer-value">{timer ? formatStopwatch(timer.elapsedMs) : ''}</div>
      <div className="bar-line-2">{timer?.isLate ? `▲ ${t('bar.late')}` : t(`phase.${phaseOf(view)}`)}</div>
    </div>
  );
}
