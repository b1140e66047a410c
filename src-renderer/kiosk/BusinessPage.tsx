import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { useLocalText } from '../kit/i18n.ts';
import { BusinessTiles } from './BusinessTiles.tsx';

type Group = View<'kiosk'>['groups'][number];

interface BusinessPageProps {
  readonly group: Group;
  readonly onBack: () => void;
  readonly onChoose: (businessId: string) => void;
}

/** The businesses of a group, to take a number for one. */
export function BusinessPage({ group, onBack, onChoose }: BusinessPageProps) {
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  return (
    <section className="kiosk-page">
      <div className="kiosk-title kiosk-title-row">
        <button type="button" className="kiosk-back" onClick={onBack}>
          ‹ {t('action.back')}
        </button>
        <div>
          <h1>{text(group.name)}</h1>
          <p>{t('chooseBusiness')}</p>
        </div>
      </div>
      <BusinessTiles
        businesses={group.businesses}
        // A machine may do what no number is left for.
        isOpen={({ offered, selfService }) => offered || selfService !== null}
        onChoose={onChoose}
      />
    </section>
  );
}
