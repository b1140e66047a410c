import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { formatMinutes } from '../kit/format.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { ScrollTiles } from './ScrollTiles.tsx';
import { useSettled } from './use-settled.ts';
import { WaitLine } from './WaitLine.tsx';

type Group = View<'kiosk'>['groups'][number];

interface BusinessPageProps {
  readonly group: Group;
  readonly onBack: () => void;
  readonly onChoose: (businessId: string) => void;
}

/** One tile a business: who waits, how long, what to bring, and whether a machine can do it (TK1). */
export function BusinessPage({ group, onBack, onChoose }: BusinessPageProps) {
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  const { language } = useLanguage();
  const isSettled = useSettled();

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
      <ScrollTiles className="kiosk-businesses">
        {group.businesses.map(business => (
          <button
            type="button"
            key={business.id}
            className="kiosk-business"
            // A machine may do what no number is left for.
            disabled={!business.offered && business.selfService === null}
            onClick={() => isSettled() && onChoose(business.id)}
          >
            <span className="kiosk-business-head">
              <strong>{text(business.name)}</strong>
              {business.selfService && (
                <span className="kiosk-machine-hint">
                  {t('machineToo', { minutes: formatMinutes(business.selfService.minutes, language) })}
                </span>
              )}
            </span>
            <WaitLine business={business} />
            <span className="kiosk-bring">
              {business.documents.length > 0 &&
                t('bring', { documents: business.documents.map(text).join(t('listSeparator')) })}
            </span>
          </button>
        ))}
      </ScrollTiles>
    </section>
  );
}
