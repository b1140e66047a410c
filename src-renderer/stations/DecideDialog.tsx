import { Button, Checkbox, Input, Modal } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalText } from '#core/wire/fields.ts';
import type { HostDecision } from '#core/wire/views-stations.ts';
import { deciderNames } from '../kit/decider-names.ts';
import { useCommand, useSession } from '../kit/hooks.ts';
import { useErrorText, useLanguage } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import './stations.css';

/**
 * BR4: a person says which PC goes on. What to look at first, what happens then, and what happens when the statement
 * is false stand before the key; it asks for number and password again.
 */
export function DecideDialog(props: {
  readonly decision: HostDecision;
  readonly epoch: number;
  readonly deciders: readonly LocalText[];
  readonly onClose: () => void;
}) {
  const { decision, epoch, deciders, onClose } = props;
  const { t } = useTranslation('kit');
  const { language } = useLanguage();
  const errorText = useErrorText();
  const { run, busyType, lastError } = useCommand();
  const { staffNumber: signedIn } = useSession();
  const [staffNumber, setStaffNumber] = useState(signedIn ?? '');
  const [password, setPassword] = useState('');
  const [isSure, setSure] = useState(false);
  const fieldId = useId();
  const isComplete = isSure && staffNumber.trim() !== '' && password !== '';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isComplete || busyType !== null) return;
    const done = await run('decide-host', { decision, epoch, staffNumber: staffNumber.trim(), password });
    setPassword('');
    if (done.ok) onClose();
  };
  const words = `stations.decide.${decision}`;
  return (
    <Modal open width={680} footer={null} onCancel={onClose} title={t(`${words}.heading`)}>
      <form className="stations-dialog" onSubmit={event => void submit(event)}>
        <ul className="decide-words">
          <li>
            <Sign meaning="late" /> <strong>{t(`${words}.first`)}</strong>
          </li>
          <li>
            <Sign meaning="waiting" /> {t(`${words}.after`)}
          </li>
          <li>
            <Sign meaning="broken" /> {t(`${words}.ifWrong`)}
          </li>
        </ul>
        <Checkbox checked={isSure} onChange={event => setSure(event.target.checked)}>
          {t(`${words}.sure`)}
        </Checkbox>
        <p className="stations-quiet">
          {t('stations.decide.who', { who: deciderNames(deciders, language, t('branchLink.somebody')) })}
        </p>
        <div className="decide-fields">
          <label htmlFor={`${fieldId}staff`}>{t('session.staffNumber')}</label>
          <Input
            id={`${fieldId}staff`}
            autoComplete="off"
            inputMode="numeric"
            maxLength={16}
            value={staffNumber}
            onChange={event => setStaffNumber(event.target.value)}
          />
          <label htmlFor={`${fieldId}password`}>{t('session.password')}</label>
          <Input.Password
            id={`${fieldId}password`}
            autoComplete="off"
            maxLength={200}
            value={password}
            onChange={event => setPassword(event.target.value)}
          />
        </div>
        <div className="stations-error" role="alert">
          {lastError ? errorText(lastError) : ''}
        </div>
        <div className="stations-dialog-keys">
          <Button
            type="primary"
            danger
            size="large"
            htmlType="submit"
            disabled={!isComplete}
            loading={busyType !== null}
          >
            {t(`${words}.do`)}
          </Button>
          <Button size="large" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
