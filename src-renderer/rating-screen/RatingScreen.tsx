import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalText } from '#core/wire/fields.ts';
import { formatClock } from '../kit/format.ts';
import { useCommand, useHostNow } from '../kit/hooks.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { StatusCorner } from '../kit/StatusCorner.tsx';
import { Sign } from '../kit/signs.tsx';
import { RateKeys } from './RateKeys.tsx';
import { oneMetreLineOf, type RatingScreenView, type Stage, spokenAt, stageOf } from './screen-stage.ts';
import { say } from './speech.ts';
import { TellerCard } from './TellerCard.tsx';

/** Often enough for seconds that do not stumble. */
const TICK_MS = 200;

/** RT4: greets, shows who serves and whom, asks for the rating, thanks and speaks. */
export function RatingScreen({
  view,
  isLive,
}: {
  readonly view: RatingScreenView;
  readonly isLive: boolean;
}) {
  const { t } = useTranslation('rating-screen');
  const text = useLocalText();
  const { language } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  const now = useHostNow(TICK_MS);
  const stage = stageOf(view, now);
  const stepBack = oneMetreLineOf(view, now);
  const { run } = useCommand();
  useSpeech(stage, view.greeting, isLive);
  const { counterId, number, name } = view.counter;

  return (
    <div className="screen" data-stage={isLive ? stage.kind : 'lost'}>
      <header className="screen-head">
        <div className="screen-names">
          <strong>{text(view.bankName)}</strong>
          <span>{text(view.branchName)}</span>
        </div>
        <strong className="screen-window">
          {number === null ? text(name) : t('windowNumber', { number })}
        </strong>
        {stepBack && (
          <div className="screen-step-back" role="alert">
            <Sign meaning="soon" size="2.6em" />
            <strong>{stepBack[language]}</strong>
            <span lang={other}>{stepBack[other]}</span>
          </div>
        )}
      </header>

      {!isLive ? (
        <Lost />
      ) : stage.kind === 'rate' ? (
        <RateKeys key={stage.ratingId} counterId={counterId} stage={stage} levels={view.levels} />
      ) : (
        <main className="screen-main">
          {view.teller && <TellerCard teller={view.teller} />}
          <Words view={view} stage={stage} />
        </main>
      )}

      <footer className="screen-foot">
        <button
          type="button"
          className="screen-line-key"
          title={t('oneMetreLineHint')}
          disabled={!isLive || stepBack !== null}
          onClick={() => void run('ask-one-metre-line', { counterId })}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 19h18M12 4v9m0 0 3.5-3.5M12 13 8.5 9.5" />
          </svg>
          {t('oneMetreLine')}
        </button>
        <StatusCorner />
        <span className="foyer-number screen-clock">{formatClock(now, view.timeZone)}</span>
      </footer>
    </div>
  );
}

/** The large words beside the teller: whom the window serves, or a greeting. */
function Words({ view, stage }: { readonly view: RatingScreenView; readonly stage: Stage }) {
  const { t, i18n } = useTranslation('rating-screen');
  const { language } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  const inOther = i18n.getFixedT(other, 'rating-screen');
  const both = (line: LocalText) => [line[language], line[other]] as const;
  const ofKey = (key: 'thanks' | 'farewell' | 'serving' | 'called') => [t(key), inOther(key)] as const;

  if (stage.kind === 'thanks')
    return (
      <section className="words" role="status">
        <span className="words-thanks">
          <Sign meaning="well" size="1em" />
        </span>
        <Line lines={ofKey('thanks')} other={other} isLarge />
        <Line lines={ofKey('farewell')} other={other} />
      </section>
    );
  if (stage.kind === 'customer' && stage.number !== '')
    return (
      <section className="words" role="status">
        <Line lines={ofKey(stage.status)} other={other} />
        <strong className="words-number foyer-number">{stage.number}</strong>
      </section>
    );
  return (
    <section className="words" role="status">
      <Line lines={stage.kind === 'idle' ? both(view.greeting) : both(view.line)} other={other} isLarge />
      {stage.kind === 'idle' && <Line lines={both(view.line)} other={other} />}
    </section>
  );
}

function Line(props: {
  readonly lines: readonly [string, string];
  readonly other: string;
  readonly isLarge?: boolean;
}) {
  const [first, second] = props.lines;
  return (
    <p className={props.isLarge ? 'line line-large' : 'line'}>
      {first}
      <small lang={props.other}>{second}</small>
    </p>
  );
}

/** DV5: what is no longer known to be true is not shown. */
function Lost() {
  const { t } = useTranslation('rating-screen');
  return (
    <main className="screen-lost" role="alert">
      <Sign meaning="broken" size="3em" />
      <h1>{t('lost')}</h1>
      <p>{t('lostHint')}</p>
    </main>
  );
}

function useSpeech(stage: Stage, greeting: LocalText, isLive: boolean): void {
  const { t } = useTranslation('rating-screen');
  const { language } = useLanguage();
  const before = useRef<Stage | null>(null);
  useEffect(() => {
    if (!isLive) return;
    const spoken = spokenAt(before.current, stage);
    before.current = stage;
    if (spoken === null) return;
    const words = spoken === 'greeting' ? greeting[language] : t(`speak.${spoken}`);
    say(globalThis.speechSynthesis, sentence => new SpeechSynthesisUtterance(sentence), words, language);
  }, [stage, greeting, isLive, language, t]);
}
