import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { useLocalText } from '../kit/i18n.ts';

/** TK12: outside opening hours: when the branch opens again, and what can be done now. */
export function ClosedPage({ view }: { view: View<'kiosk'> }) {
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  const { next, dayName } = view.opening;
  return (
    <section className="kiosk-page kiosk-notice-page" role="status">
      <h1>{dayName ? t('closed.day', { day: text(dayName) }) : t('closed.title')}</h1>
      {next && <p className="foyer-number">{t('closed.next', next)}</p>}
      <p>{text(view.hours)}</p>
      <p>{t('closed.machines')}</p>
    </section>
  );
}
