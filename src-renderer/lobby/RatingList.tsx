import { useTranslation } from 'react-i18next';
import { formatClock } from '../kit/format.ts';
import { useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import type { LobbyView, RatingLine } from './alarm-action.ts';
import './ratings.css';

/** The last ratings, newest first; a bad one shows at once and stays marked until somebody has seen to it (RT3). */
export function RatingList(props: { readonly ratings: LobbyView['ratings']; readonly timeZone: string }) {
  const { t } = useTranslation('lobby');
  return (
    <section className="box lobby-ratings" aria-label={t('ratings.heading')}>
      <h2>{t('ratings.heading')}</h2>
      <div className="box-scroll">
        {props.ratings.length === 0 && <p className="box-empty">{t('ratings.none')}</p>}
        {props.ratings.map(rating => (
          <RatingRow key={rating.ratingId} rating={rating} timeZone={props.timeZone} />
        ))}
      </div>
    </section>
  );
}

function RatingRow(props: { readonly rating: RatingLine; readonly timeZone: string }) {
  const { rating, timeZone } = props;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const isOpen = rating.bad && rating.handledNote === null;
  return (
    <div className="rating foyer-glow" data-outcome={rating.outcome} data-bad={rating.bad}>
      <time className="foyer-number">{formatClock(rating.at, timeZone)}</time>
      <strong className="foyer-number">{rating.ticketNumber || t('ratings.walkIn')}</strong>
      <span className="rating-counter">{local(rating.counterName)}</span>
      <span className="rating-level">
        {rating.outcome === 'rated' && <Sign meaning={rating.bad ? 'broken' : 'well'} />}{' '}
        {rating.outcome === 'rated' ? local(rating.level) : t(`ratings.${rating.outcome}`)}
      </span>
      <span className="rating-deed" data-open={isOpen}>
        {isOpen && t('ratings.toHandle')}
        {rating.handledNote !== null && <span title={rating.handledNote}>{t('ratings.handled')}</span>}
      </span>
    </div>
  );
}
