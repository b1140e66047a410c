import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#core/wire/result.ts';
import type { View } from '#core/wire/views.ts';
import { useErrorText, useLocalText } from '../kit/i18n.ts';
import { StatusCorner } from '../kit/StatusCorner.tsx';
import { DecideNotice } from '../stations/DecideNotice.tsx';
import './sign-in.css';

export interface SignInCardProps {
  /** Undefined until the host has answered. */
  readonly view: View<'sign-in'> | undefined;
  readonly heading: string;
  /** Shown under the button of a sample branch only. */
  readonly sampleHint: string;
  readonly submitLabel: string;
  readonly problem: Failure | null;
  readonly isComplete: boolean;
  readonly isBusy: boolean;
  readonly onSubmit: () => void;
  /** BR4: people decide here which PC goes on, when its host is dead and nobody can sign in. */
  readonly canDecide?: boolean;
  readonly children: ReactNode;
}

/** The page on which staff sign in; the windows put their own fields into it. */
export function SignInCard(props: SignInCardProps) {
  const { view } = props;
  const local = useLocalText();
  const errorText = useErrorText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (props.isComplete && !props.isBusy) props.onSubmit();
  };
  return (
    <div className="sign-in">
      <form className="sign-in-card" onSubmit={submit}>
        <header>
          <div className="sign-in-branch">
            {view ? `${local(view.bankName)} · ${local(view.branchName)}` : ''}
          </div>
          <h1>{props.heading}</h1>
        </header>
        {props.children}
        <div className="sign-in-problem" role="alert">
          {props.problem ? errorText(props.problem) : ''}
        </div>
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          block
          disabled={!props.isComplete}
          loading={props.isBusy}
        >
          {props.submitLabel}
        </Button>
        <p className="sign-in-hint">{view?.sample ? props.sampleHint : ''}</p>
      </form>
      <div className="sign-in-status">
        {props.canDecide && <DecideNotice />}
        <StatusCorner />
      </div>
    </div>
  );
}

export interface Credentials {
  readonly staffNumber: string;
  readonly password: string;
}

export const NO_CREDENTIALS: Credentials = { staffNumber: '', password: '' };

/** Staff number and password. */
export function CredentialFields(props: {
  readonly value: Credentials;
  readonly onChange: (value: Credentials) => void;
}) {
  const { value, onChange } = props;
  const { t } = useTranslation('kit');
  const fieldId = useId();
  return (
    <div className="sign-in-fields">
      <label htmlFor={`${fieldId}staff`}>{t('session.staffNumber')}</label>
      <Input
        id={`${fieldId}staff`}
        autoFocus
        autoComplete="username"
        inputMode="numeric"
        maxLength={16}
        value={value.staffNumber}
        onChange={event => onChange({ ...value, staffNumber: event.target.value })}
      />
      <label htmlFor={`${fieldId}password`}>{t('session.password')}</label>
      <Input.Password
        id={`${fieldId}password`}
        autoComplete="current-password"
        maxLength={200}
        value={value.password}
        onChange={event => onChange({ ...value, password: event.target.value })}
      />
    </div>
  );
}
