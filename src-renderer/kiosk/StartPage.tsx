import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { useLocalText } from '../kit/i18n.ts';
import { useSettled } from './use-settled.ts';

/** Enough to tell what a group is about. */
const NAMES_SHOWN = 8;

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
          <span>{text(view.hours)}</span>
        </p>
      </div>
      <div
        className="kiosk-groups"
        style={{ '--kiosk-columns': groupColumns(view.groups.length) } as CSSProperties}
      >
        {view.groups.map(group => (
          <button
            type="button"
            key={group.id}
            className="kiosk-group"
            onClick={() => isSettled() && onGroup(group.id)}
          >
            <strong>{text(group.name)}</strong>
            <span className="kiosk-group-names">
              {group.businesses.slice(0, NAMES_SHOWN).map(business => (
                <span key={business.id}>{text(business.name)}</span>
              ))}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}

/** Columns on a lying screen: one row up to three groups, then as square as possible. */
function groupColumns(groups: number): number {
  return groups === 4 ? 2 : Math.min(groups, 3);
}
