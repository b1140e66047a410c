import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import type { EntryKind } from './EntryPage.tsx';
import { GroupTiles } from './GroupTiles.tsx';
import { useSettled } from './use-settled.ts';

interface StartPageProps {
  readonly view: View<'kiosk'>;
  /** Of an identified customer, or null (TK2). */
  readonly masked: string | null;
  readonly onGroup: (groupId: string) => void;
  readonly onEntry: (kind: EntryKind) => void;
}

/** Greeting, the large tiles of business groups, and the ways in with a card or an appointment. */
export function StartPage({ view, masked, onGroup, onEntry }: StartPageProps) {
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  const isSettled = useSettled();
  return (
    <section className="kiosk-page kiosk-start">
      <div className="kiosk-title">
        <h1>{text(view.greeting)}</h1>
        <p>
          {t('chooseGroup')}
          <span>{text(view.hours)}</span>
        </p>
      </div>
      <GroupTiles groups={view.groups} onGroup={onGroup} />
      <div className="kiosk-ways">
        {masked === null ? (
          <button type="button" onClick={() => isSettled() && onEntry('identify')}>
            <strong>{t('ways.identify')}</strong> {t('ways.identifyHint')}
          </button>
        ) : (
          <p className="kiosk-who">
            <Sign meaning="well" /> {t('ways.identified')} <span className="foyer-number">{masked}</span>
          </p>
        )}
        <button type="button" onClick={() => isSettled() && onEntry('appointment')}>
          <strong>{t('ways.appointment')}</strong> {t('ways.appointmentHint')}
        </button>
      </div>
    </section>
  );
}
