import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMinutes, wholeMinutes } from '../kit/format.ts';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { waitLevel } from '../staff/wait-level.ts';
import type { LobbyView } from './alarm-action.ts';
import { NoticeLine } from './NoticeLine.tsx';
import {
  isPaperMissing,
  type LobbyTicket,
  type TicketAction,
  ticketsByAge,
  urgentAction,
} from './ticket-order.ts';
import { useTicketDeed } from './use-ticket-deed.ts';
import './tickets.css';

/** Tickets by age with their quick actions; all others are one touch away. */
export function TicketList(props: {
  readonly view: LobbyView;
  readonly now: number;
  readonly queueId: string | null;
  readonly onAllQueues: () => void;
  readonly onOpen: (ticketId: string) => void;
}) {
  const { view, queueId } = props;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const [search, setSearch] = useState('');
  const { act, notice, isBusy } = useTicketDeed();
  const shown = ticketsByAge(view.tickets, { search, queueId });
  const countOf = (status: LobbyTicket['status']) =>
    view.tickets.filter(ticket => ticket.status === status).length;
  const queue = view.queues.find(one => one.queueId === queueId);
  return (
    <section className="box lobby-tickets" aria-label={t('tickets.heading')}>
      <div className="tickets-head">
        <h2>{t('tickets.heading')}</h2>
        <span className="foyer-number">
          {t('tickets.counts', { waiting: countOf('waiting'), noShows: countOf('no-show') })}
        </span>
        {queue && (
          <Button size="small" onClick={props.onAllQueues}>
            {local(queue.name)} ✕
          </Button>
        )}
        <NoticeLine notice={notice} />
        <Input
          className="tickets-search"
          allowClear
          aria-label={t('tickets.search')}
          placeholder={t('tickets.search')}
          value={search}
          onChange={event => setSearch(event.target.value)}
        />
      </div>
      <div className="box-scroll tickets">
        {shown.length === 0 && (
          <p className="box-empty">{t(view.tickets.length === 0 ? 'tickets.none' : 'tickets.noMatch')}</p>
        )}
        {shown.map(ticket => (
          <TicketChip
            key={ticket.ticketId}
            ticket={ticket}
            now={props.now}
            isBusy={isBusy}
            onOpen={props.onOpen}
            onAct={act}
          />
        ))}
      </div>
    </section>
  );
}

function TicketChip(props: {
  readonly ticket: LobbyTicket;
  readonly now: number;
  readonly isBusy: boolean;
  readonly onOpen: (ticketId: string) => void;
  readonly onAct: (action: TicketAction, ticket: LobbyTicket) => void;
}) {
  const { ticket, now } = props;
  const { t } = useTranslation('lobby');
  const { language } = useLanguage();
  const isWaiting = ticket.status === 'waiting';
  const waitMs = now - ticket.queuedAt;
  const level = isWaiting ? waitLevel(waitMs, ticket.limitMs) : 'waiting';
  const urgent = urgentAction(ticket);
  const state =
    isWaiting && isPaperMissing(ticket)
      ? t(`printStatus.${ticket.print.status}`)
      : isWaiting
        ? formatMinutes(wholeMinutes(waitMs), language)
        : t(`ticketStatus.${ticket.status}`);
  return (
    <div className="chip" data-level={level} data-status={ticket.status}>
      <button type="button" className="chip-main" onClick={() => props.onOpen(ticket.ticketId)}>
        <strong className="foyer-number">{ticket.number}</strong>
        <span className="chip-state" title={state}>
          {level !== 'waiting' && urgent === null && <Sign meaning={level} />}
          {state}
        </span>
      </button>
      {urgent && (
        <button
          type="button"
          className="chip-act"
          disabled={props.isBusy}
          onClick={() => props.onAct(urgent, ticket)}
        >
          {t(`tickets.action.${urgent}`)}
        </button>
      )}
    </div>
  );
}
