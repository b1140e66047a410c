import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalText } from '#core/wire/fields.ts';
import { useCommand } from '../kit/hooks.ts';
import { useLanguage } from '../kit/i18n.ts';
import { LevelFace } from './LevelFace.tsx';
import { keyToPosition, type Stage } from './screen-stage.ts';

/** RT1: the levels as large keys while the prompt is open; the first press counts, by touch or by keyboard. */
export function RateKeys(props: {
  readonly counterId: string;
  readonly stage: Extract<Stage, { kind: 'rate' }>;
  readonly levels: readonly LocalText[];
}) {
  const { counterId, levels } = props;
  const { ratingId, secondsLeft, share } = props.stage;
  const { t, i18n } = useTranslation('rating-screen');
  const { language } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  const inOther = i18n.getFixedT(other, 'rating-screen');
  const { run } = useCommand();
  const [pressed, setPressed] = useState<number | null>(null);

  const press = useCallback(
    async (position: number) => {
      setPressed(position);
      const done = await run('press-rating-screen', { counterId, ratingId, position });
      // Nothing was recorded and the prompt may be open still: the customer can press again.
      if (!done.ok && done.error.code !== 'T815') setPressed(null);
    },
    [run, counterId, ratingId],
  );

  useEffect(() => {
    if (pressed !== null) return;
    const onKey = (event: KeyboardEvent) => {
      const position = keyToPosition(event, levels.length);
      if (position !== null) void press(position);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [pressed, press, levels.length]);

  return (
    <main className="rate">
      <div className="rate-head">
        <div>
          <h1 role="alert">{t('rate')}</h1>
          <p lang={other}>{inOther('rate')}</p>
        </div>
        <div className="rate-time" role="timer" aria-label={t('secondsLeft', { seconds: secondsLeft })}>
          <svg viewBox="0 0 40 40" aria-hidden="true">
            <circle cx="20" cy="20" r="17" />
            <circle cx="20" cy="20" r="17" pathLength={1} strokeDasharray={`${share} 1`} />
          </svg>
          <strong className="foyer-number">{secondsLeft}</strong>
        </div>
      </div>
      <div className="rate-keys" data-count={levels.length}>
        {levels.map((level, index) => (
          <button
            type="button"
            // Two levels may have the same name; their place is what they are.
            key={index}
            className="rate-key"
            disabled={pressed !== null}
            aria-pressed={pressed === index + 1}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => void press(index + 1)}
          >
            <LevelFace place={index} count={levels.length} />
            <strong>{level[language]}</strong>
            <span lang={other}>{level[other]}</span>
            <em className="foyer-number" aria-hidden="true">
              {index + 1}
            </em>
          </button>
        ))}
      </div>
      <p className="rate-hint">
        {t('rateHint')} <span lang={other}>{inOther('rateHint')}</span>
      </p>
    </main>
  );
}
