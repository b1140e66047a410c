import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { formatMinutes } from '../kit/format.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { ScrollTiles } from './ScrollTiles.tsx';
import { useSettled } from './use-settled.ts';
import { WaitLine } from './WaitLine.tsx';

type Business = View<'kiosk'>['groups'][number]['businesses'][number];

interface BusinessTilesProps {
  readonly businesses: readonly Business[];
  readonly isOpen: (business: Business) => boolean;
  readonly onChoose: (businessId: string) => void;
}

/** One tile a business: who waits, how long, what to bring, and whether a machine can do it (TK1). */
export function BusinessTiles({ businesses, isOpen, onChoose }: BusinessTilesProps) {
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  const { language } = useLanguage();
  const isSettled = useSettled();
  return (
    <ScrollTiles className="kiosk-businesses">
      {businesses.map(business => (
        <button
          type="button"
          key={business.id}
          className="kiosk-business"
          disabled={!isOpen(business)}
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
  );
}
