import { toString as qrToString } from 'qrcode';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { formatClock, formatMinuteRange } from '../kit/format.ts';
import { useHostNow } from '../kit/hooks.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { useBranchLink } from '../kit/use-branch-link.ts';
import { useSettled } from './use-settled.ts';
import { businessesOn, businessesToAdd, type NumberVisit, paperState, secondsLeft } from './visit.ts';

interface NumberPageProps {
  readonly view: View<'kiosk'>;
  readonly visit: NumberVisit;
  readonly onDone: () => void;
  /** TK10: one more business on this ticket. */
  readonly onAdd: () => void;
}

/** The number, huge; then the ticket, or (TK4) what to do without one. */
export function NumberPage({ view, visit, onDone, onAdd }: NumberPageProps) {
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  const { language } = useLanguage();
  const now = useHostNow(250);
  const isSettled = useSettled();
  // BR7: the number is this PC's own, and nobody is called before the host is back.
  const isCutOff = useBranchLink()?.state === 'cut-off';
  const { issued, takenAt, shownAt } = visit;
  const print = view.prints.find(({ ticketId }) => ticketId === issued.ticketId);
  const paper = paperState(print?.status, issued.printing);
  const left = secondsLeft(shownAt, now, paper);
  const businesses = businessesOn(view.groups, visit);
  const names = businesses.map(({ name }) => text(name));
  // Several businesses may want the same paper.
  const documents = new Map(businesses.flatMap(one => one.documents.map(name => [name.zh, name] as const)));

  useEffect(() => {
    if (left === 0) onDone();
  }, [left, onDone]);

  const keepText = t('number.keepText', {
    branch: `${text(view.bankName)} ${text(view.branchName)}`,
    number: issued.number,
    business: names.join(t('listSeparator')),
    time: formatClock(takenAt, view.timeZone),
  });

  return (
    <section className="kiosk-page kiosk-number-page">
      <div className="kiosk-number-main">
        <p>
          {t('number.yours')}
          {names.length > 0 && ` · ${names.join(t('listSeparator'))}`}
        </p>
        <div className="kiosk-number foyer-number">{issued.number}</div>
        <dl className="kiosk-facts foyer-number">
          <div>
            <dt>{t('number.ahead')}</dt>
            <dd>{t('number.people', { count: issued.ahead })}</dd>
          </div>
          <div>
            <dt>{t('number.estimate')}</dt>
            <dd>
              {issued.estimate
                ? formatMinuteRange(issued.estimate.fromMinutes, issued.estimate.toMinutes, language)
                : t('number.estimateUnknown')}
            </dd>
          </div>
        </dl>
      </div>

      <aside className={`kiosk-paper kiosk-paper-${paper}`} aria-live="polite">
        {paper === 'not-printed' ? (
          <>
            <p className="kiosk-paper-say">
              <Sign meaning="soon" /> {t('number.notPrinted')}
              {print?.code && <small>（{print.code}）</small>}
            </p>
            <KeepCode payload={keepText} label={t('number.keep')} />
            <p>{t('number.notPrintedWhatNow')}</p>
          </>
        ) : (
          <>
            <p className="kiosk-paper-say">
              <Sign meaning={paper === 'printed' ? 'well' : 'waiting'} />{' '}
              {t(paper === 'printed' ? 'number.takeTicket' : 'number.printing')}
            </p>
            {documents.size > 0 && (
              <div className="kiosk-prepare">
                <strong>{t('number.prepare')}</strong>
                <ul>
                  {[...documents.values()].map(document => (
                    <li key={document.zh}>{text(document)}</li>
                  ))}
                </ul>
              </div>
            )}
            <p className="kiosk-notice">{text(view.ticketNotice)}</p>
          </>
        )}
        {isCutOff && (
          <p>
            <Sign meaning="waiting" /> {t('number.held')}
          </p>
        )}
      </aside>

      <div className="kiosk-number-foot">
        <span className="foyer-number">{t('number.backIn', { seconds: left })}</span>
        <button
          type="button"
          className="kiosk-second"
          disabled={businessesToAdd(view.groups, visit).length === 0}
          onClick={() => isSettled() && onAdd()}
        >
          {t('number.add')}
        </button>
        <button type="button" className="kiosk-primary" onClick={() => isSettled() && onDone()}>
          {t('number.done')}
        </button>
      </div>
    </section>
  );
}

/** A QR code of plain text: it can be kept on a telephone even where no network reaches. */
function KeepCode({ payload, label }: { payload: string; label: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void qrToString(payload, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }).then(svg => {
      if (current) setAddress(`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`);
    });
    return () => {
      current = false;
    };
  }, [payload]);
  return <div className="kiosk-keep">{address && <img src={address} alt={label} />}</div>;
}
