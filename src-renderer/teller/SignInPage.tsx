import { Button, Select } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#core/wire/result.ts';
import { formatClock } from '../kit/format.ts';
import { useCommand, useSession, useView } from '../kit/hooks.ts';
import { useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { CredentialFields, NO_CREDENTIALS, SignInCard } from '../staff/SignInCard.tsx';
import { useBarMode } from './bar-window.ts';
import './ask-note.css';

/** Sign in, choose a counter, open it. Somebody already signed in only chooses the counter. */
export function SignInPage(props: {
  /** The counter used last on this PC. */
  readonly usualCounterId: string | null;
  readonly onOpened: (counterId: string) => void;
}) {
  const { usualCounterId, onOpened } = props;
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const { session, staffNumber, endedBy, signIn, signOut } = useSession();
  const { run } = useCommand();
  const { value: view, error: viewError } = useView('sign-in');
  const [credentials, setCredentials] = useState(NO_CREDENTIALS);
  const [chosen, setChosen] = useState(usualCounterId);
  const [problem, setProblem] = useState<Failure | null>(null);
  const [isSigningIn, setSigningIn] = useState(false);
  /** The counter to open as soon as somebody is signed in. */
  const [opening, setOpening] = useState<string | null>(null);
  const fieldId = useId();
  useBarMode('panel');

  useEffect(() => {
    if (opening === null || session === null) return;
    setOpening(null);
    void run('open-counter', { counterId: opening }).then(answer => {
      if (answer.ok) onOpened(opening);
      else setProblem(answer.error);
    });
  }, [opening, session, run, onOpened]);

  const counters = view?.counters ?? [];
  const counterId = counters.some(counter => counter.counterId === chosen) ? chosen : null;
  /** LB2: the chosen window's, or everybody's while none is chosen. */
  const asked = (view?.openAsks ?? [])
    .filter(ask => counterId === null || ask.counterId === counterId)
    .map(ask => {
      const name = counters.find(counter => counter.counterId === ask.counterId)?.name ?? null;
      return `${t('ask.signIn', { by: local(ask.by), counter: local(name) })} ${formatClock(ask.at, view?.timeZone)}`;
    })
    .slice(0, 3);
  const isKnown = session !== null || (credentials.staffNumber !== '' && credentials.password !== '');

  const submit = async () => {
    setProblem(null);
    if (session === null) {
      setSigningIn(true);
      const answer = await signIn(credentials.staffNumber.trim(), credentials.password);
      setSigningIn(false);
      setCredentials({ ...credentials, password: '' });
      if (!answer.ok) return setProblem(answer.error);
    }
    setOpening(counterId);
  };

  return (
    <SignInCard
      view={view}
      heading={t('signIn.heading')}
      sampleHint={t('signIn.sampleHint')}
      submitLabel={session === null ? t('signIn.submit') : t('signIn.openCounter')}
      problem={problem ?? viewError ?? (session === null && endedBy !== null ? { code: endedBy } : null)}
      isComplete={counterId !== null && isKnown}
      isBusy={isSigningIn}
      onSubmit={() => void submit()}
    >
      {session === null ? (
        <CredentialFields value={credentials} onChange={setCredentials} />
      ) : (
        <div className="sign-in-known">
          <span>{t('signIn.signedInAs', { staffNumber })}</span>
          <Button onClick={() => void signOut()}>{t('action.signOut')}</Button>
        </div>
      )}
      <div className="sign-in-fields">
        <label htmlFor={`${fieldId}counter`}>{t('signIn.counter')}</label>
        <Select
          id={`${fieldId}counter`}
          placeholder={t('signIn.chooseCounter')}
          notFoundContent={t('signIn.noCounters')}
          value={counterId}
          onChange={setChosen}
          listHeight={220}
          options={counters.map(counter => ({
            value: counter.counterId,
            label: `${local(counter.name)} · ${
              counter.staffName === null
                ? t('signIn.counterFree')
                : t('signIn.counterTaken', { name: local(counter.staffName) })
            }`,
          }))}
        />
        <p className="sign-in-asks" role="status">
          {asked.map(line => (
            <span key={line}>
              <Sign meaning="waiting" /> {line}{' '}
            </span>
          ))}
        </p>
      </div>
    </SignInCard>
  );
}
