import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocalText } from '../kit/i18n.ts';
import { type TellerView, undoLeftMs } from './bar-state.ts';
import { ACTION_KEYS } from './keys.ts';

/** Whole seconds still to go: to the nearest, because the clock on screen moves in steps and ten must not start at eleven. */
const secondsLeft = (ms: number) => Math.round(ms / 1000);

/** The last customer: the rating while it is asked for, then its result, and the way back from a finish (CS10). */
export function RatingPart(props: {
  readonly view: TellerView;
  readonly now: number;
  /** No counter is given a customer now. */
  readonly isHeld: boolean;
  readonly onUndo: () => void;
}) {
  const { view, now } = props;
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const { rating } = view;
  const undoMs = view.ticket === null ? undoLeftMs(view, now) : 0;
  const result = () => {
    if (rating === null) return '';
    if (rating.status === 'open')
      return t('rating.open', { seconds: Math.max(0, secondsLeft(rating.until - now)) });
    return rating.status === 'rated' ? `${local(rating.level)} ✓` : t(`rating.${rating.status}`);
  };
  return (
    <div className="bar-rating">
      <div className="bar-line-1" data-status={rating?.status ?? 'none'} aria-live="polite">
        {result()}
      </div>
      {undoMs > 0 ? (
        <Button className="bar-undo" size="small" disabled={props.isHeld} onClick={props.onUndo}>
          {t('rating.undo', { seconds: secondsLeft(undoMs) })} <kbd>{ACTION_KEYS['undo-finish']}</kbd>
        </Button>
      ) : (
        <div className="bar-line-2">{rating ? `${t('rating.label')} ${rating.number}` : ''}</div>
      )}
    </div>
  );
}
