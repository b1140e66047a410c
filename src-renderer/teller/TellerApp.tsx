import { useCallback, useEffect, useState } from 'react';
import { useSession, useView } from '../kit/hooks.ts';
import { SignInPage } from './SignInPage.tsx';
import { TellerBar } from './TellerBar.tsx';

/** This PC's counter, offered first at the next sign-in. */
const STORED_COUNTER = 'foyer.counter';

/** Sign-in until a counter is open, then its bar. */
export function TellerApp() {
  const { session } = useSession();
  const [counterId, setCounterId] = useState(() => localStorage.getItem(STORED_COUNTER));
  const [isOpen, setOpen] = useState(session !== null && counterId !== null);

  const opened = useCallback((openedId: string) => {
    localStorage.setItem(STORED_COUNTER, openedId);
    setCounterId(openedId);
    setOpen(true);
  }, []);
  const left = useCallback(() => setOpen(false), []);
  useEffect(() => {
    if (session === null) setOpen(false);
  }, [session]);

  if (session === null || counterId === null || !isOpen)
    return <SignInPage usualCounterId={counterId} onOpened={opened} />;
  return <OpenCounter counterId={counterId} onLeft={left} />;
}

/** Follows one counter for as long as this member of staff holds it. */
function OpenCounter(props: { readonly counterId: string; readonly onLeft: () => void }) {
  const { counterId, onLeft } = props;
  const { staffNumber, signOut } = useSession();
  const { value: view, error } = useView('teller', { counterId });
  // Somebody else's, closed, or not allowed: back to the choice of counters, which can say why.
  const isLost = error !== null || (view !== undefined && view.counter.staffNumber !== staffNumber);
  useEffect(() => {
    if (isLost) onLeft();
  }, [isLost, onLeft]);

  if (!view || isLost) return <div className="bar" aria-busy />;
  return <TellerBar view={view} onSignOut={signOut} />;
}
