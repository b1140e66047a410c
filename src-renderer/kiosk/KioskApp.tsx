import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../kit/hooks.ts';
import { useLanguage } from '../kit/i18n.ts';
import { KioskVisit } from './KioskVisit.tsx';
import { OutOfService } from './OutOfService.tsx';

/** The kiosk: one visit after the other, each starting fresh in the branch's own language. */
export function KioskApp() {
  const { t } = useTranslation('kiosk');
  const { language, setLanguage } = useLanguage();
  const { value: view, error, link } = useView('kiosk');
  const [visitNumber, setVisitNumber] = useState(0);
  const homeLanguage = useRef(language).current;

  const endVisit = useCallback(() => {
    setVisitNumber(number => number + 1);
    setLanguage(homeLanguage);
  }, [setLanguage, homeLanguage]);

  if (view)
    return (
      <KioskVisit
        key={visitNumber}
        view={view}
        linkLost={link === 'lost'}
        homeLanguage={homeLanguage}
        onEnd={endVisit}
      />
    );
  return link === 'connecting' && !error ? (
    <p className="kiosk kiosk-stopped">{t('stopped.starting')}</p>
  ) : (
    <OutOfService code={error?.code ?? null} />
  );
}
