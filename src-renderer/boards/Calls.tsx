import { useTranslation } from 'react-i18next';
import { formatClock } from '../kit/format.ts';
import { useCallWords } from './call-words.ts';
import type { Call } from './takeover.ts';

/** The newest call, very large; a friendly line while there is none. */
export function LargestCall({
  call,
  live,
  timeZone,
}: {
  call: Call | null;
  live: boolean;
  timeZone: string;
}) {
  const { t } = useTranslation('boards');
  const words = useCallWords();
  if (!call)
    return (
      <section className="board-card board-newest board-newest-none">
        <strong>{t('noCalls')}</strong>
        <span>{t('noCallsHint')}</span>
      </section>
    );
  const { goTo, goToOther } = words(call);
  return (
    <section className="board-card board-newest">
      <div className="board-newest-number foyer-number">{call.number}</div>
      <div className="board-newest-where">
        <strong className="foyer-number">{goTo}</strong>
        <span className="foyer-number">{goToOther}</span>
        {/* Without the host a call is history: it shows its time (DV5). */}
        <span className="board-call-time foyer-number">{live ? '' : formatClock(call.at, timeZone)}</span>
      </div>
    </section>
  );
}

/** The calls before the newest, newest first. */
export function CallList({ calls, timeZone }: { calls: readonly Call[]; timeZone: string }) {
  const { t } = useTranslation('boards');
  const words = useCallWords();
  return (
    <section className="board-card board-recent">
      <h2>{t('recent')}</h2>
      <ul className="foyer-number">
        {calls.map(call => (
          <li key={call.key}>
            <strong>{call.number}</strong>
            <span>{words(call).counter}</span>
            <time>{formatClock(call.at, timeZone)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A new call on the whole screen. */
export function TakeoverCall({ call }: { call: Call }) {
  const { goTo, goToOther } = useCallWords()(call);
  return (
    <div className="board-takeover foyer-number" role="status">
      <div className="board-takeover-number">{call.number}</div>
      <strong>{goTo}</strong>
      <span>{goToOther}</span>
    </div>
  );
}
