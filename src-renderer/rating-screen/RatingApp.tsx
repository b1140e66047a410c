import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../kit/hooks.ts';
import { CounterChoice } from './CounterChoice.tsx';
import { counterOfScreen, TELLERS_COUNTER, withCounter } from './counter-of-screen.ts';
import { RatingScreen } from './RatingScreen.tsx';

/** The screen beside a window (RT4): finds its counter, then follows it for good. */
export function RatingApp() {
  const [counterId, setCounterId] = useCounter();
  return counterId === null ? (
    <CounterChoice wrong={null} onChosen={setCounterId} />
  ) : (
    <ScreenOf key={counterId} counterId={counterId} onChosen={setCounterId} />
  );
}

function ScreenOf(props: { readonly counterId: string; readonly onChosen: (counterId: string) => void }) {
  const { counterId, onChosen } = props;
  const { t } = useTranslation('rating-screen');
  const { value: view, error, link } = useView('rating-screen', { counterId });
  if (view) return <RatingScreen view={view} isLive={link === 'connected'} />;
  if (error?.code === 'T808') return <CounterChoice wrong={counterId} onChosen={onChosen} />;
  return (
    <div className="screen-empty">
      {link === 'lost' || error ? t('lost') : t('starting')}
      {error && `（${error.code}）`}
    </div>
  );
}

/** The counter of the address, or of the teller's window on this PC, wherever that one signs in next. */
function useCounter(): [string | null, (counterId: string) => void] {
  const current = () => counterOfScreen(location.search, localStorage.getItem(TELLERS_COUNTER));
  const [counterId, setCounterId] = useState(current);
  useEffect(() => {
    const follow = ({ key }: StorageEvent) => {
      if (key === TELLERS_COUNTER)
        setCounterId(counterOfScreen(location.search, localStorage.getItem(TELLERS_COUNTER)));
    };
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, []);
  const choose = (chosen: string) => {
    history.replaceState(null, '', withCounter(location.search, chosen));
    setCounterId(chosen);
  };
  return [counterId, choose];
}
