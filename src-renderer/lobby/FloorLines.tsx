import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatClock } from '../kit/format.ts';
import { useSession } from '../kit/hooks.ts';
import { useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import type { LobbyView } from './alarm-action.ts';
import type { useDeed } from './use-deed.ts';
import './floor.css';

type Ask = LobbyView['floor']['asks'][number];
/** Marked as left and still worth a line; older ones are found again by nobody. */
const LEFT_SHOWN = 5;

/** What was asked of colleagues and what can be undone; below the alarms, each with its one key. */
export function FloorLines(props: {
  readonly view: LobbyView;
  readonly deed: ReturnType<typeof useDeed>['deed'];
  readonly isBusy: boolean;
}) {
  const { view, deed, isBusy } = props;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const { timeZone, floor } = view;
  const { staffNumber } = useSession();
  const own = floor.colleagues.find(colleague => colleague.staffNumber === staffNumber)?.name.zh;

  return (
    <>
      {floor.asks.map(ask => (
        <div key={ask.askId} className="floor-line foyer-glow">
          <p>
            {ask.answer !== null && <Sign meaning={ask.answer === 'coming' ? 'well' : 'soon'} />}{' '}
            {isForMe(ask, own)
              ? t('floor.asks.forYou', { by: local(ask.by) })
              : t(`floor.asks.${wordOf(ask)}`, { whom: local(ask.whom) })}
            {ask.note !== '' && ` · ${ask.note}`}{' '}
            <time className="foyer-number">{formatClock(ask.at, timeZone)}</time>
          </p>
          {isForMe(ask, own) && ask.answer === null ? (
            (['coming', 'cannot'] as const).map(answer => (
              <Button
                key={answer}
                disabled={isBusy}
                onClick={() =>
                  void deed('answer-ask', { askId: ask.askId, answer }, t('floor.asks.answered'))
                }
              >
                {t(answer === 'coming' ? 'floor.asks.iCome' : 'floor.asks.iCannot')}
              </Button>
            ))
          ) : (
            <Button
              disabled={isBusy}
              onClick={() => void deed('withdraw-ask', { askId: ask.askId }, t('floor.asks.withdrawn'))}
            >
              {t(ask.answer === null ? 'floor.asks.withdraw' : 'floor.asks.clear')}
            </Button>
          )}
        </div>
      ))}
      {floor.left.slice(0, LEFT_SHOWN).map(({ ticketId, number, at }) => (
        <div key={ticketId} className="floor-line">
          <p>
            {t('floor.left.line', { number })}{' '}
            <time className="foyer-number">{formatClock(at, timeZone)}</time>
          </p>
          <Button
            disabled={isBusy}
            onClick={() => void deed('take-back-left', { ticketId }, t('floor.left.takenBack', { number }))}
          >
            {t('floor.left.takeBack')}
          </Button>
        </div>
      ))}
    </>
  );
}

/** Somebody asks the one who sits here. */
const isForMe = (ask: Ask, ownName: string | undefined) => ask.kind === 'come' && ask.whom.zh === ownName;

function wordOf({ kind, answer }: Ask): 'waiting' | 'cannot' | 'come' | 'coming' | 'notComing' {
  if (answer === 'coming') return 'coming';
  if (kind === 'open') return answer === null ? 'waiting' : 'cannot';
  return answer === null ? 'come' : 'notComing';
}
