import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TellerView } from '../bar-state.ts';
import { PANEL_KEY } from '../keys.ts';
import { DeskDay } from './DeskDay.tsx';
import { type DeskDeeds, DeskNow } from './DeskNow.tsx';
import './desk.css';

/** The teller's full window below the bar (1366×768 with it): this customer at the left, the day at the right. */
export function FullWindow(
  props: DeskDeeds & {
    readonly view: TellerView;
    readonly now: number;
    readonly onMore: () => void;
    /** Null where the window is always open. */
    readonly onFold: (() => void) | null;
  },
) {
  const { t } = useTranslation('teller');
  return (
    <div className="desk">
      <DeskNow {...props} />
      <div className="desk-right">
        <DeskDay
          view={props.view}
          now={props.now}
          isHeld={props.isHeld}
          onUndo={() => props.onAction('undo-finish')}
        />
        <footer className="desk-foot">
          <Button onClick={props.onMore}>{t('desk.more')}</Button>
          {props.onFold && <Button onClick={props.onFold}>{t('desk.toBar', { key: PANEL_KEY })}</Button>}
        </footer>
      </div>
    </div>
  );
}
