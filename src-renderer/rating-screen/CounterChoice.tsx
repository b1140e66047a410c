import { useTranslation } from 'react-i18next';
import { useView } from '../kit/hooks.ts';
import { useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';

/** Set up once by staff: at which window the screen stands. `wrong`: what its address named in vain. */
export function CounterChoice(props: {
  readonly wrong: string | null;
  readonly onChosen: (counterId: string) => void;
}) {
  const { wrong, onChosen } = props;
  const { t } = useTranslation('rating-screen');
  const text = useLocalText();
  const { value: view, error, link } = useView('counter-list');
  if (!view)
    return (
      <div className="screen-empty">
        {link === 'lost' || error ? t('lostHint') : t('starting')}
        {error && `（${error.code}）`}
      </div>
    );
  return (
    <main className="choice">
      <h1>{t('choose')}</h1>
      {wrong !== null && (
        <p role="alert">
          <Sign meaning="soon" /> {t('unknownCounter', { counter: wrong })}
        </p>
      )}
      <p>{t('chooseHint')}</p>
      <div className="choice-list">
        {view.counters.map(({ counterId, number, name }) => (
          <button type="button" key={counterId} onClick={() => onChosen(counterId)}>
            {number !== null && <strong className="foyer-number">{number}</strong>}
            <span>{text(name)}</span>
          </button>
        ))}
      </div>
    </main>
  );
}
