import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MIN_PASSWORD_CHARACTERS } from '#core/documents/decide-documents.ts';
import { useCommand } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import type { SetupViewValue } from './SetupScreen.tsx';

const MAX_PASSWORD_CHARACTERS = 200;

/** ID1: a new password for a member of staff; at once, and no part of the document. */
export function PasswordForm(props: { readonly staffNumber: string; readonly view: SetupViewValue }) {
  const { staffNumber, view } = props;
  const { t } = useTranslation('setup');
  const errorText = useErrorText();
  const { run, busyType } = useCommand();
  const [password, setPassword] = useState('');
  const [notice, setNotice] = useState<{ readonly isGood: boolean; readonly text: string } | null>(null);
  const id = useId();
  const isKnown = view.document.staff.some(({ number }) => number === staffNumber);
  const hasNone = view.withoutPassword.includes(staffNumber);

  const save = async () => {
    const answer = await run('set-password', { staffNumber, password });
    setPassword('');
    setNotice(
      answer.ok
        ? { isGood: true, text: t('password.done', { number: staffNumber }) }
        : { isGood: false, text: errorText(answer.error) },
    );
  };
  return (
    <form
      className="password-form"
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <label htmlFor={id}>{t('password.label')}</label>
      <p>
        <Sign meaning={hasNone || !isKnown ? 'soon' : 'well'} />{' '}
        {t(!isKnown ? 'password.unknown' : hasNone ? 'password.none' : 'password.has')}
      </p>
      <div className="password-row">
        <Input.Password
          id={id}
          autoComplete="new-password"
          maxLength={MAX_PASSWORD_CHARACTERS}
          disabled={!isKnown}
          placeholder={t('password.least', { count: MIN_PASSWORD_CHARACTERS })}
          value={password}
          onChange={event => setPassword(event.target.value)}
        />
        <Button
          htmlType="submit"
          disabled={!isKnown || [...password].length < MIN_PASSWORD_CHARACTERS}
          loading={busyType !== null}
        >
          {t('password.set')}
        </Button>
      </div>
      <div role="status" className="password-notice" data-good={notice?.isGood}>
        {notice?.text}
      </div>
    </form>
  );
}
