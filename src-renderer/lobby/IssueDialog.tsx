import { Button, Input, Modal, Segmented, Select, Switch } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandAnswer } from '#core/wire/commands.ts';
import type { Language } from '#core/wire/fields.ts';
import type { Failure, Result } from '#core/wire/result.ts';
import { useCommand } from '../kit/hooks.ts';
import { useErrorText, useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import type { LobbyView } from './alarm-action.ts';
import { findBusinesses } from './business-search.ts';
import { useScannedCustomer } from './use-scanned-customer.ts';
import './dialogs.css';

type Issued = CommandAnswer<'issue-ticket'>;

/** LB2: a number for a customer in two touches: the business, and there it is. */
export function IssueDialog(props: {
  readonly businesses: LobbyView['businesses'];
  readonly reasons: LobbyView['arrival']['priorityReasons'];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const errorText = useErrorText();
  const { run, busyType } = useCommand();
  const [language, setLanguage] = useState<Language>('zh');
  const [largeType, setLargeType] = useState(false);
  /** TK9: by the lobby manager's hand; empty: none. */
  const [reasonId, setReasonId] = useState('');
  const [issued, setIssued] = useState<Issued | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const switchId = useId();
  const [search, setSearch] = useState('');
  const found = findBusinesses(props.businesses, search);

  const scanned = useScannedCustomer(
    code => void checkIn(code),
    () => setSearch(''),
  );
  const { who } = scanned;
  const failure = problem ?? scanned.problem;

  const options = () => {
    // TK9: what the lobby manager has chosen, else what the customer's age gives.
    const priorityReasonId = reasonId === '' ? who?.priorityReasonId : reasonId;
    return {
      language,
      largeType,
      ...(who ? { identification: who.identification } : {}),
      ...(priorityReasonId ? { priorityReasonId } : {}),
    };
  };
  const show = (answer: Result<Issued>) => {
    if (!answer.ok) return setProblem(answer.error);
    setIssued(answer.value);
    setReasonId('');
    scanned.forget();
  };
  const issue = async (businessId: string) => {
    setProblem(null);
    show(await run('issue-ticket', { businessId, ...options() }));
  };
  /** TK8 */
  const checkIn = async (codeOrPhone: string) => {
    setProblem(null);
    show(await run('check-in', { codeOrPhone, ...options() }));
  };

  return (
    <Modal open width={860} footer={null} onCancel={props.onClose} title={t('issue.heading')}>
      <div className="issue">
        {issued ? (
          <IssuedTicket issued={issued} onAnother={() => setIssued(null)} onDone={props.onClose} />
        ) : (
          <>
            <div className="issue-options">
              <Input
                className="issue-search"
                allowClear
                size="large"
                aria-label={t('floor.issue.search')}
                placeholder={t('floor.issue.search')}
                value={search}
                onChange={event => setSearch(event.target.value)}
              />
              <span>{t('issue.language')}</span>
              <Segmented<Language>
                value={language}
                onChange={setLanguage}
                options={[
                  { value: 'zh', label: t('language.zh') },
                  { value: 'en', label: t('language.en') },
                ]}
              />
              <label htmlFor={switchId}>{t('issue.largeType')}</label>
              <Switch id={switchId} checked={largeType} onChange={setLargeType} />
              {props.reasons.length > 0 && (
                <Select
                  className="issue-reason"
                  aria-label={t('arrival.priority')}
                  value={reasonId}
                  onChange={setReasonId}
                  options={[
                    { value: '', label: `${t('arrival.priority')}: ${t('arrival.noPriority')}` },
                    ...props.reasons.map(({ id, name }) => ({ value: id, label: local(name) })),
                  ]}
                />
              )}
            </div>
            {who && (
              <div className="issue-who" role="status">
                <span>{t('issue.identified', { masked: who.masked })}</span>
                {who.ownTickets.map(own => (
                  <span key={own.ticketId}>{t('issue.hasNumber', { number: own.number })}</span>
                ))}
                <Button onClick={scanned.forget}>{t('issue.forget')}</Button>
              </div>
            )}
            <div className="issue-businesses">
              {found.length === 0 && <p className="box-empty">{t('floor.issue.none')}</p>}
              {found.map((business, index) => (
                <Button
                  key={business.id}
                  autoFocus={index === 0}
                  disabled={busyType !== null}
                  onClick={() => void issue(business.id)}
                >
                  {local(business.name)}
                </Button>
              ))}
            </div>
            <div className="issue-problem" role="alert">
              {failure && errorText(failure)}
            </div>
          </>
        )}
      </div>
    </Modal>
  );
}

function IssuedTicket(props: {
  readonly issued: Issued;
  readonly onAnother: () => void;
  readonly onDone: () => void;
}) {
  const { issued } = props;
  const { t } = useTranslation('lobby');
  return (
    <div className="issued" role="status">
      <div className="issued-number foyer-number">{issued.number}</div>
      <p>
        {t('issue.ahead', { ahead: issued.ahead })}
        {' · '}
        {issued.estimate
          ? t('issue.estimate', { from: issued.estimate.fromMinutes, to: issued.estimate.toMinutes })
          : t('issue.noEstimate')}
      </p>
      <p className="issued-print" data-printing={issued.printing}>
        <Sign meaning={issued.printing ? 'well' : 'late'} />{' '}
        {t(issued.printing ? 'issue.printing' : 'issue.notPrinting')}
      </p>
      <div className="dialog-buttons">
        <Button size="large" type="primary" autoFocus onClick={props.onDone}>
          {t('issue.done')}
        </Button>
        <Button size="large" onClick={props.onAnother}>
          {t('issue.another')}
        </Button>
      </div>
    </div>
  );
}
