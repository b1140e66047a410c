import { useState } from 'react';
import type { Language } from '#core/wire/fields.ts';
import type { View } from '#core/wire/views.ts';
import { formatClock } from '../kit/format.ts';
import { useHostNow } from '../kit/hooks.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { StatusCorner } from '../kit/StatusCorner.tsx';
import { useReader } from '../kit/use-reader.ts';
import { useScan } from '../kit/use-scan.ts';
import { ClosedPage } from './ClosedPage.tsx';
import { IdleWarning, KioskFoot } from './KioskFoot.tsx';
import { NumberPage } from './NumberPage.tsx';
import { OutOfService } from './OutOfService.tsx';
import { useIdle } from './use-idle.ts';
import { useVisit } from './use-visit.ts';
import { VisitPage } from './VisitPage.tsx';

/** The kiosk is told no more of its printers than whether one can print. */
const PRINTER_DOWN = {
  deviceId: 'printer',
  kind: 'printer',
  name: '',
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

/** One customer's visit: groups, business, confirm, number (TK1, TK4). What it remembers ends with it. */
export function KioskVisit({ view, linkLost, homeLanguage, onEnd }: KioskVisitProps) {
  const text = useLocalText();
  const { language } = useLanguage();
  const now = useHostNow();
  const [largeType, setLargeType] = useState(false);
  const deeds = useVisit(language, largeType);
  const { visit, busy, who } = deeds;

  // The last pages have their own time.
  const isLast = visit.page === 'number' || visit.page === 'notice';
  // A card read while adding (TK10) must not begin another visit.
  const hasNumber = isLast || visit.page === 'add';
  const isUntouched = visit.page === 'start' && who === null && !largeType && language === homeLanguage;
  const idleWarning = useIdle(!isUntouched && !isLast && !busy, onEnd);
  useReader(read => {
    if (!hasNumber && view.opening.isOpen) void deeds.takeTyped(read);
  });
  useScan(scan => {
    if (!hasNumber && view.opening.isOpen) deeds.takeScan(scan);
  });

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
          <NumberPage
            view={view}
            visit={visit}
            onDone={onEnd}
            onAdd={() => deeds.show({ page: 'add', groupId: null, ticket: visit })}
          />
        ) : linkLost && !busy ? (
          <OutOfService code={null} />
        ) : view.opening.isOpen || hasNumber ? (
          <VisitPage view={view} deeds={deeds} visit={visit} onEnd={onEnd} />
        ) : (
          <ClosedPage view={view} />
        )}
      </main>
      <KioskFoot
        largeType={largeType}
        onLargeType={() => setLargeType(!largeType)}
        printerDown={!view.printerUp && visit.page !== 'number' && visit.page !== 'add'}
      />
      {idleWarning !== null && <IdleWarning seconds={idleWarning} />}
    </div>
  );
}
