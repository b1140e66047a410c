import { useSession, useView } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { NotAllowed } from '../staff/NotAllowed.tsx';
import { SignInPage } from '../staff/SignInPage.tsx';
import { SetupScreen } from './SetupScreen.tsx';

/** Sign-in of an administrator, then the bank document. */
export function SetupApp() {
  const { session } = useSession();
  return session === null ? <SignInPage screen="setup" /> : <SignedIn />;
}

function SignedIn() {
  const { value: view, error } = useView('setup');
  const errorText = useErrorText();
  if (error) return <NotAllowed screen="setup" reason={errorText(error)} />;
  return view ? <SetupScreen key={view.branchId} view={view} /> : <div className="setup" aria-busy />;
}
