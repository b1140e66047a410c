import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isOffered, primaryAction, type TellerAction, type TellerView } from './bar-state.ts';
import { ACTION_KEYS } from './keys.ts';

const BUTTONS: readonly TellerAction[] = [
  'call-next',
  'start-service',
  'recall-ticket',
  'mark-no-show',
  'finish-service',
  'pause-counter',
];

/** Of the words that say why nobody can be called. */
export const HELD_ID = 'bar-held';

/**
 * Every action keeps its own place, so a second click never lands on the next step (CS10); the one that is due
 * now stands out.
 */
export function ActionButtons(props: {
  readonly view: TellerView;
  readonly now: number;
  readonly isBusy: boolean;
  /** Why nobody can be called from this PC now; null: it can. */
  readonly held: string | null;
  readonly onAction: (action: TellerAction) => void;
}) {
  const { view, now, held } = props;
  const { t } = useTranslation('teller');
  const primary = primaryAction(view);
  const isPaused = view.counter.status === 'paused';
  return (
    <div className="bar-actions" role="toolbar" aria-label={t('bar.actions')}>
      {BUTTONS.map(action => (
        <Button
          key={action}
          className="bar-action"
          type={action === primary ? 'primary' : 'default'}
          disabled={!isOffered(action, view, now, held !== null)}
          aria-busy={props.isBusy}
          aria-keyshortcuts={ACTION_KEYS[action]}
          title={hintOf(action)}
          aria-describedby={action === 'call-next' && held !== null ? HELD_ID : undefined}
          // Keys act through the window; a focused button must not take Space for a second press.
          onMouseDown={event => event.preventDefault()}
          onClick={() => props.onAction(action)}
        >
          <span>{t(action === 'pause-counter' && isPaused ? 'action.resume' : `action.${action}`)}</span>
          <kbd>
            {ACTION_KEYS[action]}
            {action === 'recall-ticket' && view.ticket?.status === 'called'
              ? ` (${view.ticket.recallsLeft})`
              : ''}
          </kbd>
        </Button>
      ))}
    </div>
  );

  function hintOf(action: TellerAction): string | undefined {
    if (action === 'call-next') return held ?? undefined;
    if (action !== 'recall-ticket' || view.ticket === null) return undefined;
    const left = view.ticket.recallsLeft;
    return left > 0 ? t('bar.recallsLeft', { left }) : t('bar.lastRecall');
  }
}
