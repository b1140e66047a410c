import { useTranslation } from 'react-i18next';
import { useLanguage } from '../kit/i18n.ts';

interface KioskFootProps {
  readonly largeType: boolean;
  readonly onLargeType: () => void;
  readonly printerDown: boolean;
}

/** Large type, the other language, and what to know when no printer can print. */
export function KioskFoot({ largeType, onLargeType, printerDown }: KioskFootProps) {
  const { t } = useTranslation('kiosk');
  const { language, setLanguage } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <footer className="kiosk-foot">
      <button type="button" className="kiosk-switch" aria-pressed={largeType} onClick={onLargeType}>
        <span className={largeType ? 'kiosk-switch-small' : 'kiosk-switch-large'} aria-hidden="true">
          {t('foot.typeSample')}
        </span>
        {t(largeType ? 'foot.normalType' : 'foot.largeType')}
      </button>
      <p className="kiosk-foot-note">{printerDown && t('foot.printerDown')}</p>
      <button type="button" className="kiosk-switch" onClick={() => setLanguage(other)}>
        {t(`language.${other}`)}
      </button>
    </footer>
  );
}

export function IdleWarning({ seconds }: { seconds: number }) {
  const { t } = useTranslation('kiosk');
  return (
    <div className="kiosk-idle" role="alertdialog" aria-label={t('idle.title')}>
      <div className="kiosk-idle-card">
        <strong>{t('idle.title')}</strong>
        <span className="foyer-number">{t('idle.text', { seconds })}</span>
        {/* Any touch or key counts as "still here"; the button says so. */}
        <button type="button" className="kiosk-primary">
          {t('idle.stay')}
        </button>
      </div>
    </div>
  );
}
