import { useTranslation } from 'react-i18next';
import type { CommandAnswer } from '#core/wire/commands.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { View } from '#core/wire/views.ts';
import { formatMinutes } from '../kit/format.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { FailureLine } from './FailureLine.tsx';
import { useSettled } from './use-settled.ts';
import { WaitLine } from './WaitLine.tsx';

type Business = View<'kiosk'>['groups'][number]['businesses'][number];

interface ConfirmPageProps {
  readonly business: Business;
  readonly who: CommandAnswer<'identify-customer'> | null;
  readonly reasons: View<'kiosk'>['priorityReasons'];
  readonly reasonId: string | null;
  readonly busy: boolean;
  readonly failureCode: ErrorCode | null;
  readonly onReason: (reasonId: string | null) => void;
  readonly onBack: () => void;
  readonly onIssue: () => void;
  readonly onMachine: () => void;
}

/** One last look: the machine first where it can do it (TK1), who (TK2), why first (TK9), then the number. */
export function ConfirmPage(props: ConfirmPageProps) {
  const { business, who, reasons, reasonId, busy, failureCode } = props;
  const { t } = useTranslation('kiosk');
  const text = useLocalText();
  const { language } = useLanguage();
  const isSettled = useSettled();
  const { selfService } = business;
  const issueKey = selfService ? 'confirm.issueInstead' : 'confirm.issue';

  return (
    <section className="kiosk-page">
      <div className="kiosk-title kiosk-title-row">
        <button type="button" className="kiosk-back" onClick={props.onBack} disabled={busy}>
          ‹ {t('action.back')}
        </button>
        <div>
          <h1>{text(business.name)}</h1>
          {failureCode && !busy ? <FailureLine code={failureCode} /> : <WaitLine business={business} />}
        </div>
      </div>
      <div className="kiosk-confirm">
        <div className="kiosk-confirm-facts">
          <p className="kiosk-who">
            {who ? (
              <>
                <Sign meaning="well" /> {t(`confirm.who.${who.medium}`)}{' '}
                <span className="foyer-number">{who.masked}</span>
              </>
            ) : (
              t('confirm.noWho')
            )}
          </p>
          {reasons.length > 0 && (
            <fieldset className="kiosk-reasons">
              <legend>{t('confirm.priority')}</legend>
              {reasons.map(reason => (
                <button
                  type="button"
                  key={reason.id}
                  aria-pressed={reason.id === reasonId}
                  // What the age rule gave stays: it needs no asking.
                  disabled={busy || reason.id === who?.priorityReasonId}
                  onClick={() => props.onReason(reason.id === reasonId ? null : reason.id)}
                >
                  {text(reason.name)}
                </button>
              ))}
            </fieldset>
          )}
          {business.documents.length > 0 && (
            <div>
              <strong>{t('number.prepare')}</strong>
              <ul>
                {business.documents.map(document => (
                  <li key={document.zh}>{text(document)}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
        <div className="kiosk-confirm-act">
          {selfService && (
            <button
              type="button"
              className="kiosk-primary kiosk-machine"
              disabled={busy}
              onClick={() => isSettled() && props.onMachine()}
            >
              <strong>
                {t('confirm.machine', {
                  state: t(`confirm.state.${selfService.state}`),
                  minutes: formatMinutes(selfService.minutes, language),
                })}
              </strong>
              <span>
                ➜ {text(selfService.name)} · {text(selfService.place)}
              </span>
            </button>
          )}
          <button
            type="button"
            className={selfService ? 'kiosk-second' : 'kiosk-primary'}
            disabled={busy || !business.offered}
            onClick={() => isSettled() && props.onIssue()}
          >
            {t(busy ? 'issuing' : issueKey)}
          </button>
        </div>
      </div>
    </section>
  );
}
