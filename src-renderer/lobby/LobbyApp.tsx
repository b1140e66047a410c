import { useSession, useView } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { LobbyScreen } from './LobbyScreen.tsx';
import { NotAllowed } from './NotAllowed.tsx';
import { SignInPage } from './SignInPage.tsx';

/** Sign-in, then the one live screen (LB1). */
export function LobbyApp() {
  const { session } = useSession();
  return session === null ? <SignInPage /> : <SignedIn />;
}

function SignedIn() {
  const { value: view, error } = useView('lobby');
  const errorText = useErrorText();
  if (error) return <NotAllowed reason={errorText(error)} />;
  return view ? <LobbyScreen view={view} /> : <div className="lobby" aria-busy />;
}
