import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#core/wire/result.ts';
import { useSession, useView } from '../kit/hooks.ts';
import { CredentialFields, NO_CREDENTIALS, SignInCard } from './SignInCard.tsx';

/**
 * Number and password, for windows that need no more.
 * @param screen whose words it uses: `signIn.heading`, `signIn.sampleHint`
 */
export function SignInPage({ screen }: { readonly screen: 'lobby' | 'setup' }) {
  const { t } = useTranslation(screen);
  const { endedBy, signIn } = useSession();
  const { value: view, error: viewError } = useView('sign-in');
  const [credentials, setCredentials] = useState(NO_CREDENTIALS);
  const [problem, setProblem] = useState<Failure | null>(null);
  const [isSigningIn, setSigningIn] = useState(false);

  const submit = async () => {
    setProblem(null);
    setSigningIn(true);
    const answer = await signIn(credentials.staffNumber.trim(), credentials.password);
    setSigningIn(false);
    setCredentials({ ...credentials, password: '' });
    if (!answer.ok) setProblem(answer.error);
  };

  return (
    <SignInCard
      view={view}
      heading={t('signIn.heading')}
      sampleHint={t('signIn.sampleHint')}
      submitLabel={t('action.signIn')}
      problem={problem ?? viewError ?? (endedBy === null ? null : { code: endedBy })}
      isComplete={credentials.staffNumber !== '' && credentials.password !== ''}
      isBusy={isSigningIn}
      canDecide
      onSubmit={() => void submit()}
    >
      <CredentialFields value={credentials} onChange={setCredentials} />
    </SignInCard>
  );
}
