import { useSession, useView } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { NotAllowed } from '../staff/NotAllowed.tsx';
import { SignInPage } from '../staff/SignInPage.tsx';
import { LobbyScreen } from './LobbyScreen.tsx';

/** Sign-in, then the one live screen (LB1). */
export function LobbyApp() {
  const { session } = useSession();
  return session === null ? <SignInPage screen="lobby" /> : <SignedIn />;
}

function SignedIn() {
  const { value: view, error } = useView('lobby');
  const errorText = useErrorText();
  if (error) return <NotAllowed screen="lobby" reason={errorText(error)} />;
  return view ? <LobbyScreen view={view} /> : <div className="lobby" aria-busy />;
}
