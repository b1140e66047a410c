import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { formatMinuteRange } from '../kit/format.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';

type Business = View<'kiosk'>['groups'][number]['businesses'][number];

/** People ahead and how long it takes; or that no numbers are left and what to do instead (TK6). */
export function WaitLine({ business }: { business: Business }) {
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  const { language } = useLanguage();
  const { waiting, estimate, offered, instead } = business;
  if (!offered)
    return (
      <span className="kiosk-wait kiosk-wait-none">
        <Sign meaning="broken" /> {instead ? t('usedUpInstead', { instead: text(instead) }) : t('usedUp')}
      </span>
    );
  return (
    <span className="kiosk-wait foyer-number">
      <span>{waiting === 0 ? t('noneAhead') : t('ahead', { count: waiting })}</span>
      <span className={estimate ? '' : 'kiosk-wait-unknown'}>
        {estimate
          ? t('estimate', { range: formatMinuteRange(estimate.fromMinutes, estimate.toMinutes, language) })
          : t('estimateUnknown')}
      </span>
    </span>
  );
}
