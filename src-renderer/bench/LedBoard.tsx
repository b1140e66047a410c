import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { useLocalText } from '../kit/i18n.ts';
import { FaultSwitch } from './FaultSwitch.tsx';

type BoardState = View<'bench'>['boards'][number];

/** Height of a character of the card's own font, in dots. */
const FONT_DOTS = 16;

/** A red LED board, drawn in its own dots. */
export function LedBoard(props: {
  readonly board: BoardState;
  readonly faults: readonly string[];
  readonly onFault: (deviceId: string, fault: string | null) => void;
}) {
  const { board } = props;
  const { t } = useTranslation('bench');
  const title = useLocalText()(board.title);
  const share = (dots: number, of: number) => `${(100 * dots) / of}%`;
  return (
    <article className="device">
      <header>
        <h2>{title}</h2>
        <FaultSwitch {...props} deviceId={board.deviceId} title={title} fault={board.fault} />
      </header>
      <div
        className="led"
        data-lit={board.lit}
        style={{ aspectRatio: `${board.width} / ${board.height}`, maxWidth: `${board.width * 3}px` }}
      >
        {board.lit ? (
          board.areas.map(area => (
            <div
              key={area.id}
              className="led-area"
              data-effect={area.effect}
              style={{
                left: share(area.x, board.width),
                top: share(area.y, board.height),
                width: share(area.width, board.width),
                height: share(area.height, board.height),
                fontSize: `${(100 * FONT_DOTS) / board.width}cqw`,
              }}
            >
              <span key={area.text}>{area.text}</span>
            </div>
          ))
        ) : (
          <div className="led-dark">{t('dark')}</div>
        )}
      </div>
    </article>
  );
}
