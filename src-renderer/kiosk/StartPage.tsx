import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { useLocalText } from '../kit/i18n.ts';
import { useSettled } from './use-settled.ts';

/** Greeting and the large tiles of business groups. */
export function StartPage({ view, onGroup }: { view: View<'kiosk'>; onGroup: (groupId: string) => void }) {
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  const isSettled = useSettled();
  return (
    <section className="kiosk-page">
      <div className="kiosk-title">
        <h1>{text(view.greeting)}</h1>
        <p>
          {t('chooseGroup')}
          <span className="kiosk-hours">
            {t('hours')} {text(view.hours)}
          </span>
        </p>
      </div>
      <div className="kiosk-groups">
        {view.groups.map(group => (
          <button
            type="button"
            key={group.id}
            className="kiosk-group"
            onClick={() => isSettled() && onGroup(group.id)}
          >
            <strong>{text(group.name)}</strong>
            <span>{group.businesses.map(business => text(business.name)).join(' · ')}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
