import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RatingScreenView } from './screen-stage.ts';

type Teller = NonNullable<RatingScreenView['teller']>;

/** RT4: picture, number and stars of the teller; never a name. */
export function TellerCard({ teller }: { readonly teller: Teller }) {
  const { t } = useTranslation('rating-screen');
  const { staffNumber, stars } = teller;
  return (
    <section className="teller-card">
      <Photo key={teller.photo} teller={teller} />
      <p className="teller-number">
        <span>{t('staffNumber')}</span> <strong className="foyer-number">{staffNumber}</strong>
      </p>
      {stars !== null && (
        <p className="teller-stars" role="img" aria-label={t('stars', { stars })}>
          {[1, 2, 3, 4, 5].map(place => (
            <Star key={place} isFull={place <= stars} />
          ))}
        </p>
      )}
    </section>
  );
}

/** A picture that is not there, or cannot be shown, leaves a plain figure. */
function Photo({ teller: { photo, staffNumber } }: { readonly teller: Teller }) {
  const { t } = useTranslation('rating-screen');
  const [isBroken, setBroken] = useState(false);
  return (
    <div className="teller-photo">
      {photo !== null && !isBroken ? (
        <img src={photo} alt={t('photo', { number: staffNumber })} onError={() => setBroken(true)} />
      ) : (
        <svg viewBox="0 0 60 80" aria-hidden="true">
          <circle cx="30" cy="30" r="13" />
          <path d="M6 80c0-17 9-29 24-29s24 12 24 29z" />
        </svg>
      )}
    </div>
  );
}

function Star({ isFull }: { readonly isFull: boolean }) {
  return (
    <svg viewBox="0 0 24 24" className={isFull ? 'star star-full' : 'star'} aria-hidden="true">
      <path d="m12 2.6 2.9 6 6.6.9-4.8 4.6 1.2 6.5-5.9-3.1-5.9 3.1 1.2-6.5L2.5 9.5l6.6-.9z" />
    </svg>
  );
}
