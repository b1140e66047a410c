import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { View } from '#core/wire/views.ts';
import { formatMinuteRange } from '../kit/format.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { ScrollTiles } from './ScrollTiles.tsx';
import { useSettled } from './use-settled.ts';
import { failureTextKey } from './visit.ts';

type Group = View<'kiosk'>['groups'][number];
type Business = Group['businesses'][number];

interface BusinessPageProps {
  readonly group: Group;
  /** The business whose number is on its way, or null. */
  readonly issuingId: string | null;
  /** Why the last wish was refused, or null. */
  readonly failureCode: ErrorCode | null;
  readonly onBack: () => void;
  readonly onIssue: (businessId: string) => void;
}

/** One tile a business: who waits, how long, what to bring. Pressing a tile takes the number. */
export function BusinessPage({ group, issuingId, failureCode, onBack, onIssue }: BusinessPageProps) {
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  const isSettled = useSettled();

  return (
    <section className="kiosk-page">
      <div className="kiosk-title kiosk-title-row">
        <button type="button" className="kiosk-back" onClick={onBack} disabled={issuingId !== null}>
          ‹ {t('action.back')}
        </button>
        <div>
          <h1>{text(group.name)}</h1>
          {failureCode && issuingId === null ? (
            <p className="kiosk-failure" role="alert">
              <Sign meaning="broken" /> {t(failureTextKey(failureCode))}（{failureCode}）
            </p>
          ) : (
            <p>{t('chooseBusiness')}</p>
          )}
        </div>
      </div>
      <ScrollTiles className="kiosk-businesses">
        {group.businesses.map(business => (
          <button
            type="button"
            key={business.id}
            className={`kiosk-business ${issuingId === business.id ? 'kiosk-business-issuing' : ''}`}
            disabled={!business.offered}
            aria-disabled={issuingId !== null}
            onClick={() => isSettled() && onIssue(business.id)}
          >
            <strong>{text(business.name)}</strong>
            <WaitLine business={business} issuing={issuingId === business.id} />
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

function WaitLine({ business, issuing }: { business: Business; issuing: boolean }) {
  const { t } = useTranslation('kiosk');
  const { language } = useLanguage();
  const { waiting, estimate, offered } = business;
  if (issuing) return <span className="kiosk-wait">{t('issuing')}</span>;
  if (!offered)
    return (
      <span className="kiosk-wait kiosk-wait-none">
        <Sign meaning="broken" /> {t('usedUp')}
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
