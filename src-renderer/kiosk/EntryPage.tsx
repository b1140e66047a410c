import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import { FailureLine } from './FailureLine.tsx';
import { useSettled } from './use-settled.ts';

export type EntryKind = 'identify' | 'appointment';

interface EntryPageProps {
  readonly kind: EntryKind;
  readonly busy: boolean;
  readonly failureCode: ErrorCode | null;
  readonly onBack: () => void;
  readonly onEnter: (text: string) => void;
}

/** How few and how many characters make sense; an ID ends in a digit or X. */
const LENGTHS = { identify: [8, 22], appointment: [6, 15] } as const;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** TK2, TK8: a number by the keys on screen, or by the reader at any time. */
export function EntryPage({ kind, busy, failureCode, onBack, onEnter }: EntryPageProps) {
  const { t } = useTranslation('kiosk');
  const isSettled = useSettled();
  const [text, setText] = useState('');
  const [shortest, longest] = LENGTHS[kind];
  const isReady = text.length >= shortest && !busy;
  const add = (key: string) => setText(before => (before + key).slice(0, longest));

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (/^[0-9]$/.test(event.key) || (kind === 'identify' && /^[xX]$/.test(event.key)))
        setText(before => (before + event.key.toUpperCase()).slice(0, longest));
      if (event.key === 'Backspace') setText(before => before.slice(0, -1));
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [kind, longest]);

  return (
    <section className="kiosk-page">
      <div className="kiosk-title kiosk-title-row">
        <button type="button" className="kiosk-back" onClick={onBack} disabled={busy}>
          ‹ {t('action.back')}
        </button>
        <div>
          <h1>{t(`entry.${kind}.title`)}</h1>
          {failureCode ? <FailureLine code={failureCode} /> : <p>{t(`entry.${kind}.hint`)}</p>}
        </div>
      </div>
      <div className="kiosk-entry">
        <output className="kiosk-entry-text foyer-number" aria-label={t(`entry.${kind}.title`)}>
          {text.replace(/(.{4})(?=.)/g, '$1 ') || <span>{t(`entry.${kind}.empty`)}</span>}
        </output>
        <div className="kiosk-pad">
          {KEYS.map(key => (
            <button type="button" key={key} onClick={() => add(key)}>
              {key}
            </button>
          ))}
          {kind === 'identify' ? (
            <button type="button" onClick={() => add('X')}>
              X
            </button>
          ) : (
            <span />
          )}
          <button type="button" onClick={() => add('0')}>
            0
          </button>
          <button type="button" aria-label={t('entry.erase')} onClick={() => setText(text.slice(0, -1))}>
            ⌫
          </button>
        </div>
        <button
          type="button"
          className="kiosk-primary kiosk-entry-go"
          disabled={!isReady}
          onClick={() => isSettled() && onEnter(text)}
        >
          {t(busy ? 'entry.busy' : `entry.${kind}.go`)}
        </button>
      </div>
    </section>
  );
}
