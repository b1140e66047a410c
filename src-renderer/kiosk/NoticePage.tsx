import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useHostNow } from '../kit/hooks.ts';
import { Sign } from '../kit/signs.tsx';
import { useSettled } from './use-settled.ts';
import { secondsLeft } from './visit.ts';

interface NoticePageProps {
  readonly title: string;
  readonly text: string;
  /** By the host's clock. */
  readonly shownAt: number;
  readonly onDone: () => void;
}

/** The last page of a visit without a new number: where to go now. */
export function NoticePage({ title, text, shownAt, onDone }: NoticePageProps) {
  const { t } = useTranslation('kiosk');
  const now = useHostNow(250);
  const isSettled = useSettled();
  const left = secondsLeft(shownAt, now, 'printed');
  useEffect(() => {
    if (left === 0) onDone();
  }, [left, onDone]);
  return (
    <section className="kiosk-page kiosk-notice-page" role="status">
      <h1>
        <Sign meaning="well" /> {title}
      </h1>
      <p>{text}</p>
      <div className="kiosk-notice-keys">
        <span className="foyer-number">{t('number.backIn', { seconds: left })}</span>
        <button type="button" className="kiosk-primary" onClick={() => isSettled() && onDone()}>
          {t('number.done')}
        </button>
      </div>
    </section>
  );
}
