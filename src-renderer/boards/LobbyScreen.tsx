import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalText } from '#core/wire/fields.ts';
import type { View } from '#core/wire/views.ts';
import { formatClock, formatDay } from '../kit/format.ts';
import { useHostNow, usePort, useView } from '../kit/hooks.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { StatusCorner } from '../kit/StatusCorner.tsx';
import { Sign } from '../kit/signs.tsx';
import { useBranchLink } from '../kit/use-branch-link.ts';
import { CallList, LargestCall, TakeoverCall } from './Calls.tsx';
import './boards.css';
import { SideShow } from './SideShow.tsx';
import { Ticker } from './Ticker.tsx';
import { tickerText } from './ticker-text.ts';
import { useTakeover } from './use-takeover.ts';

/** The lobby screen (DV4): calls, waiting counts, notice. Without its host it says so and dims the calls (DV5). */
export function LobbyScreen() {
  const { t } = useTranslation('boards');
  const text = useLocalText();
  const { language } = useLanguage();
  const otherText = (line: LocalText) => line[language === 'zh' ? 'en' : 'zh'];
  const { value: view, error, link } = useView('lobby-screen');
  const now = useHostNow();
  // DV5: a PC that does not reach its host shows what was before, whatever its own window says.
  const isLinked = useBranchLink()?.reachesHost !== false && link === 'connected';
  const lastLiveAt = useLastLiveAt(view, isLinked);
  const live = isLinked && !error;
  const takeover = useTakeover(live ? view?.calls : undefined);

  if (!view)
    return (
      <div className="board board-empty">
        {link === 'connecting' && !error ? <p>{t('starting')}</p> : <LostBand since={null} />}
        {error && <p>（{error.code}）</p>}
      </div>
    );
  const [newest, ...earlier] = view.calls;
  return (
    <div className={`board ${live ? '' : 'board-lost'}`}>
      <header className="board-head">
        <div className="board-names">
          <strong>{text(view.bankName)}</strong>
          <span>{text(view.branchName)}</span>
        </div>
        <div className="board-time">
          <StatusCorner />
          <span>{formatDay(now, view.timeZone, language)}</span>
          <strong className="foyer-number">{formatClock(now, view.timeZone)}</strong>
        </div>
      </header>

      <main className="board-calls">
        <LargestCall call={newest ?? null} live={live} timeZone={view.timeZone} />
        <CallList calls={earlier.slice(0, 7)} timeZone={view.timeZone} />
      </main>

      <aside className="board-side">
        <section className="board-card board-waiting">
          <h2>{t('waiting')}</h2>
          <ul data-columns={queueColumns(view.queues.length)}>
            {view.queues.map(queue => (
              <li key={queue.name.zh}>
                <span>{text(queue.name)}</span>
                <strong className="foyer-number">{queue.waiting}</strong>
              </li>
            ))}
          </ul>
        </section>
        <SideShow side={view.side} paused={!live || takeover !== null} />
        <section className="board-card board-service">
          {[view.hours, view.hotline].map(line => (
            <p key={line.zh}>
              {text(line)} {view.side.secondLanguage && <small>{otherText(line)}</small>}
            </p>
          ))}
        </section>
      </aside>

      {live ? (
        <footer className="board-foot">
          <Ticker
            text={tickerText([view.notice, ...view.side.notices], language, view.side.secondLanguage)}
          />
        </footer>
      ) : (
        <LostBand since={lastLiveAt === null ? null : formatClock(lastLiveAt, view.timeZone)} />
      )}
      {live && takeover && <TakeoverCall key={takeover.key} call={takeover} />}
    </div>
  );
}

/** Queues stand in so many columns that every number stays readable. */
function queueColumns(count: number): 1 | 2 | 3 {
  return count <= 4 ? 1 : count <= 12 ? 2 : 3;
}

function LostBand({ since }: { since: string | null }) {
  const { t, i18n } = useTranslation('boards');
  const { language } = useLanguage();
  const other = i18n.getFixedT(language === 'zh' ? 'en' : 'zh', 'boards');
  return (
    <div className="board-lost-band" role="alert">
      <Sign meaning="soon" size="2.2em" />
      <div>
        <strong>{t('lost')}</strong>
        <span>{other('lost')}</span>
      </div>
      {since && <span className="foyer-number">{t('lostAt', { time: since })}</span>}
    </div>
  );
}

/** When what is on screen was last known to be true, by the host's clock; null before the first view. */
function useLastLiveAt(view: View<'lobby-screen'> | undefined, connected: boolean): number | null {
  const port = usePort();
  const lastLiveAt = useRef<number | null>(null);
  if (view && connected) lastLiveAt.current = port.hostNow();
  return lastLiveAt.current;
}
