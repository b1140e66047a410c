import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { LobbyTicket, TicketAction } from './ticket-order.ts';
import { useDeed } from './use-deed.ts';

/** What can be done for a ticket, with its outcome in words. */
export function useTicketDeed() {
  const { t } = useTranslation('lobby');
  const { deed, notice, isBusy } = useDeed();
  const act = useCallback(
    (action: TicketAction, { ticketId, number }: LobbyTicket) =>
      deed(
        action,
        { ticketId },
        t(action === 'return-no-show' ? 'tickets.returned' : 'tickets.reprinted', { number }),
      ),
    [deed, t],
  );
  return { act, notice, isBusy };
}
