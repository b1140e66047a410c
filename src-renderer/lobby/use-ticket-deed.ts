import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { LobbyTicket, TicketAction } from './ticket-order.ts';
import { useDeed } from './use-deed.ts';

const DONE = {
  'return-no-show': 'tickets.returned',
  'reprint-ticket': 'tickets.reprinted',
  'mark-left': 'floor.ticket.leftDone',
} as const;

/** What can be done for a ticket, with its outcome in words. */
export function useTicketDeed() {
  const { t } = useTranslation('lobby');
  const { deed, notice, isBusy } = useDeed();
  const act = useCallback(
    (action: TicketAction, { ticketId, number }: LobbyTicket) =>
      deed(action, { ticketId }, t(DONE[action], { number })),
    [deed, t],
  );
  return { act, deed, notice, isBusy };
}
