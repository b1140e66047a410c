import { useTranslation } from 'react-i18next';
import type { CommandArgs, WindowCommandType } from '#core/wire/commands.ts';
import type { TellerView } from './bar-state.ts';
import { BusinessPanel } from './desk/BusinessPanel.tsx';
import { CuePanel } from './desk/CuePanel.tsx';
import { ParkPanel } from './desk/ParkPanel.tsx';
import { TransferPanel } from './desk/TransferPanel.tsx';
import { ACTION_KEYS } from './keys.ts';
import { MorePanel } from './MorePanel.tsx';
import { PausePanel } from './PausePanel.tsx';
import type { PanelName } from './panels.ts';

/** The panel that is open below the bar: each sends one command and closes. */
export function BarPanel(props: {
  readonly panel: PanelName;
  readonly view: TellerView;
  readonly isBusy: boolean;
  /** No counter is given a customer now. */
  readonly isHeld: boolean;
  /** True when the host has accepted. */
  readonly send: <T extends WindowCommandType>(type: T, args: CommandArgs<T>) => Promise<boolean>;
  /** Says for a moment what was done. */
  readonly onDone: (words: string) => void;
  readonly onSignOut: () => void;
  readonly onClose: () => void;
}) {
  const { panel, view, send, onClose } = props;
  const { ticket, desk } = view;
  const { counterId } = view.counter;
  const { t } = useTranslation('teller');
  const sendAndClose = <T extends WindowCommandType>(type: T, args: CommandArgs<T>) => {
    onClose();
    return send(type, args);
  };

  switch (panel) {
    case 'pause':
      return (
        <PausePanel
          reasons={view.pauseReasons}
          onChoose={reasonId => void sendAndClose('pause-counter', { counterId, reasonId })}
          onClose={onClose}
        />
      );
    case 'more':
      return (
        <MorePanel
          view={view}
          isBusy={props.isBusy}
          isHeld={props.isHeld}
          onCloseCounter={() => void send('close-counter', { counterId })}
          onChoose={(number, reasonId) => void sendAndClose('call-chosen', { counterId, number, reasonId })}
          onSignOut={props.onSignOut}
          onClose={onClose}
        />
      );
    case 'cue':
      return (
        <CuePanel
          counterId={counterId}
          cues={desk.cues}
          onSend={args =>
            void sendAndClose('raise-cue', args).then(isSent => {
              if (isSent) props.onDone(t(`desk.cue.sent.${args.action}`));
            })
          }
          onClose={onClose}
        />
      );
    case 'walk-in':
      return (
        <BusinessPanel
          heading={t('desk.walkIn.heading')}
          hint={t('desk.walkIn.hint')}
          businesses={desk.businesses}
          onChoose={businessId => void sendAndClose('start-walk-in', { counterId, businessId })}
          onClose={onClose}
        />
      );
  }
  if (!ticket || !desk.visit) return null;
  const { ticketId, number } = ticket;
  const taken = desk.visit.businesses.filter(({ status }) => status !== 'done').map(({ id }) => id);
  switch (panel) {
    case 'transfer':
      return (
        <TransferPanel
          ticket={ticket}
          counterId={counterId}
          desk={desk}
          onSend={args => void sendAndClose('transfer-ticket', args)}
          onClose={onClose}
        />
      );
    case 'park':
      return (
        <ParkPanel
          ticket={ticket}
          counterId={counterId}
          checklist={desk.visit.checklist}
          onSend={args => void sendAndClose('park-ticket', args)}
          onClose={onClose}
        />
      );
    case 'add-business':
      return (
        <BusinessPanel
          heading={t('desk.addBusiness.heading', { number })}
          hint={t('desk.addBusiness.hint', { key: ACTION_KEYS['start-next-business'] })}
          businesses={desk.businesses.filter(({ id }) => !taken.includes(id))}
          onChoose={businessId => void sendAndClose('add-business', { ticketId, businessId })}
          onClose={onClose}
        />
      );
  }
}
