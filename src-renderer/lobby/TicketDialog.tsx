import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { explainCall } from '#core/queue/explain-call.ts';
import { formatMinutes, wholeMinutes } from '../kit/format.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { AddBusinessPart } from './AddBusinessPart.tsx';
import type { LobbyView } from './alarm-action.ts';
import { NoticeLine } from './NoticeLine.tsx';
import { ParkedPart, WaitingPart } from './TicketMore.tsx';
import { type LobbyTicket, ticketActions } from './ticket-order.ts';
import { useTicketDeed } from './use-ticket-deed.ts';
import './dialogs.css';

/** One ticket: where it stands, its paper, and all that can be done for it. */
export function TicketDialog(props: {
  readonly ticket: LobbyTicket;
  readonly view: LobbyView;
  readonly now: number;
  readonly onComplaint: () => void;
  readonly onClose: () => void;
}) {
  const { ticket, view, now } = props;
  const { t } = useTranslation('lobby');
  const { language } = useLanguage();
  const local = useLocalText();
  const { act, deed, notice, isBusy } = useTicketDeed();
  const actions = ticketActions(ticket);
  const isTooLate = ticket.status === 'no-show' && !ticket.returnable;
  return (
    <Modal open width={720} footer={null} onCancel={props.onClose} title={local(ticket.business)}>
      <div className="dialog-number foyer-number">{ticket.number}</div>
      <p className="dialog-line">
        {t(`ticketStatus.${ticket.status}`)}
        {ticket.status === 'waiting' &&
          ` · ${t('tickets.queuedAgo', { minutes: formatMinutes(wholeMinutes(now - ticket.queuedAt), language) })}`}
        {' · '}
        {t(`printStatus.${ticket.print.status}`)}
        {ticket.print.copies > 1 && ` · ${t('tickets.copies', { copies: ticket.print.copies })}`}
      </p>
      <p className="dialog-line">
        {isTooLate ? t('tickets.notReturnable') : ticket.print.code && t(`errors.${ticket.print.code}`)}
      </p>
      {ticket.call !== null && <p className="dialog-line">{explainCall(ticket.call)[language]}</p>}
      {ticket.overtakes > 0 && (
        <p className="dialog-line">{t('tickets.overtaken', { count: ticket.overtakes })}</p>
      )}
      {ticket.status === 'waiting' && <WaitingPart ticket={ticket} view={view} deed={deed} isBusy={isBusy} />}
      {ticket.status === 'parked' && <ParkedPart ticket={ticket} view={view} deed={deed} isBusy={isBusy} />}
      {(ticket.status === 'waiting' || ticket.status === 'parked') && (
        <AddBusinessPart ticket={ticket} businesses={view.businesses} deed={deed} isBusy={isBusy} />
      )}
      <div className="dialog-buttons">
        {actions.map((action, index) => (
          <Button
            key={action}
            size="large"
            type={index === 0 ? 'primary' : 'default'}
            disabled={isBusy}
            onClick={() => void act(action, ticket)}
          >
            {t(action === 'mark-left' ? 'floor.ticket.left' : `tickets.action.${action}`)}
          </Button>
        ))}
        <Button size="large" onClick={props.onComplaint}>
          {t('floor.ticket.complaint')}
        </Button>
        <Button size="large" onClick={props.onClose}>
          {t('action.back')}
        </Button>
      </div>
      <NoticeLine notice={notice} />
    </Modal>
  );
}
