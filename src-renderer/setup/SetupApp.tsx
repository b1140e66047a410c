import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession, useView } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { SetupScreen } from './SetupScreen.tsx';
import { SignInPage } from './SignInPage.tsx';

/** Sign-in of an administrator, then the bank document. */
export function SetupApp() {
  const { session } = useSession();
  return session === null ? <SignInPage /> : <SignedIn />;
}

function SignedIn() {
  const { value: view, error } = useView('setup');
  const errorText = useErrorText();
  if (error) return <NotAllowed reason={errorText(error)} />;
  return view ? <SetupScreen key={view.branchId} view={view} /> : <div className="setup" aria-busy />;
}

/** Signed in, but the host shows nothing, e.g. the right is missing: says why and offers another sign-in. */
function NotAllowed({ reason }: { readonly reason: string }) {
  const { t } = useTranslation('setup');
  const { signOut } = useSession();
  return (
    <div className="sign-in">
      <div className="sign-in-card" role="alert">
        <h1>{t('signIn.heading')}</h1>
        <p>{reason}</p>
        <Button type="primary" size="large" autoFocus onClick={() => void signOut()}>
          {t('action.signOut')}
        </Button>
      </div>
    </div>
  );
}
