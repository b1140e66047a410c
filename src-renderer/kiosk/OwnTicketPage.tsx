import { useTranslation } from 'react-i18next';
import { useSettled } from './use-settled.ts';

interface OwnTicketPageProps {
  readonly number: string;
  /** Empty when the kiosk does not know it. */
  readonly businessName: string;
  readonly busy: boolean;
  readonly onReprint: () => void;
  readonly onOther: () => void;
}

/** TK5: the customer has a number already: paper again, or another business. */
export function OwnTicketPage({ number, businessName, busy, onReprint, onOther }: OwnTicketPageProps) {
  const { t } = useTranslation('kiosk');
  const isSettled = useSettled();
  return (
    <section className="kiosk-page kiosk-notice-page">
      <p>{t('own.title')}</p>
      <div className="kiosk-number foyer-number">{number}</div>
      <p>{businessName}</p>
      <div className="kiosk-notice-keys">
        <button
          type="button"
          className="kiosk-second"
          disabled={busy}
          onClick={() => isSettled() && onOther()}
        >
          {t('own.other')}
        </button>
        <button
          type="button"
          className="kiosk-primary"
          disabled={busy}
          onClick={() => isSettled() && onReprint()}
        >
          {t('own.reprint')}
        </button>
      </div>
    </section>
  );
}
