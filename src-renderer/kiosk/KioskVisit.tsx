import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '#core/wire/fields.ts';
import type { View } from '#core/wire/views.ts';
import { formatClock } from '../kit/format.ts';
import { useCommand, useHostNow, usePort } from '../kit/hooks.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { StatusCorner } from '../kit/StatusCorner.tsx';
import { BusinessPage } from './BusinessPage.tsx';
import { NumberPage } from './NumberPage.tsx';
import { OutOfService } from './OutOfService.tsx';
import { StartPage } from './StartPage.tsx';
import { useIdle } from './use-idle.ts';
import type { Visit } from './visit.ts';

/** The kiosk is told no more of its printers than whether one can print. */
const PRINTER_DOWN = {
  deviceId: 'printer',
  kind: 'printer',
  counterId: null,
  health: { status: 'down', code: null },
  since: 0,
} as const;

interface KioskVisitProps {
  readonly view: View<'kiosk'>;
  readonly linkLost: boolean;
  readonly homeLanguage: Language;
  readonly onEnd: () => void;
}

/** One customer's visit: groups, businesses, number (TK1, TK4). What it remembers ends with it. */
export function KioskVisit({ view, linkLost, homeLanguage, onEnd }: KioskVisitProps) {
  const text = useLocalText();
  const { language } = useLanguage();
  const port = usePort();
  const now = useHostNow();
  const { run, lastError, clearError } = useCommand();
  const [visit, setVisit] = useState<Visit>({ page: 'start' });
  const [largeType, setLargeType] = useState(false);
  const [issuingId, setIssuingId] = useState<string | null>(null);

  const untouched = visit.page === 'start' && !largeType && language === homeLanguage;
  const idleWarning = useIdle(!untouched && visit.page !== 'number' && issuingId === null, onEnd);
  const group = view.groups.find(({ id }) => visit.page === 'businesses' && id === visit.groupId);

  const issue = async (businessId: string) => {
    // A second press while the first is on its way is the same wish.
    if (issuingId !== null) return;
    setIssuingId(businessId);
    const result = await run('issue-ticket', { businessId, language, largeType });
    setIssuingId(null);
    if (result.ok) setVisit({ page: 'number', businessId, issued: result.value, shownAt: port.hostNow() });
  };
  const toGroups = useCallback(() => {
    clearError();
    setVisit({ page: 'start' });
  }, [clearError]);

  return (
    <div className={`kiosk ${largeType ? 'kiosk-large' : ''}`}>
      <header className="kiosk-head">
        <div>
          <div className="kiosk-bank">{text(view.bankName)}</div>
          <div className="kiosk-branch">{text(view.branchName)}</div>
        </div>
        <div className="kiosk-head-right">
          <StatusCorner devices={view.printerUp ? [] : [PRINTER_DOWN]} />
          <div className="kiosk-clock foyer-number">{formatClock(now, view.timeZone)}</div>
        </div>
      </header>
      <main className="kiosk-main">
        {visit.page === 'number' ? (
          <NumberPage view={view} visit={visit} onDone={onEnd} />
        ) : linkLost && issuingId === null ? (
          <OutOfService code={null} />
        ) : group ? (
          <BusinessPage
            group={group}
            issuingId={issuingId}
            failureCode={lastError?.code ?? null}
            onBack={toGroups}
            onIssue={businessId => void issue(businessId)}
          />
        ) : (
          <StartPage view={view} onGroup={groupId => setVisit({ page: 'businesses', groupId })} />
        )}
      </main>
      <KioskFoot
        largeType={largeType}
        onLargeType={() => setLargeType(!largeType)}
        printerDown={!view.printerUp && visit.page !== 'number'}
      />
      {idleWarning !== null && <IdleWarning seconds={idleWarning} />}
    </div>
  );
}

interface KioskFootProps {
  readonly largeType: boolean;
  readonly onLargeType: () => void;
  readonly printerDown: boolean;
}

function KioskFoot({ largeType, onLargeType, printerDown }: KioskFootProps) {
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

function IdleWarning({ seconds }: { seconds: number }) {
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
