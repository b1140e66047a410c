import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalText } from '../kit/i18n.ts';
import type { LobbyView } from './alarm-action.ts';
import type { LobbyTicket } from './ticket-order.ts';
import type { useDeed } from './use-deed.ts';

/** TK10: one more business on a ticket whose customer still waits. */
export function AddBusinessPart(props: {
  readonly ticket: LobbyTicket;
  readonly businesses: LobbyView['businesses'];
  readonly deed: ReturnType<typeof useDeed>['deed'];
  readonly isBusy: boolean;
}) {
  const { ticketId, number } = props.ticket;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const [businessId, setBusinessId] = useState<string | null>(null);
  const chosen = props.businesses.find(({ id }) => id === businessId);

  const add = async (id: string, business: string) => {
    const isDone = await props.deed(
      'add-business',
      { ticketId, businessId: id },
      t('floor.ticket.moreAdded', { number, business }),
    );
    if (isDone) setBusinessId(null);
  };
  return (
    <div className="ticket-part ticket-more">
      <span>{t('floor.ticket.more')}</span>
      <Select
        size="large"
        aria-label={t('floor.ticket.moreChoose')}
        placeholder={t('floor.ticket.moreChoose')}
        showSearch={{ optionFilterProp: 'label' }}
        value={businessId}
        onChange={setBusinessId}
        options={props.businesses.map(({ id, name }) => ({ value: id, label: local(name) }))}
      />
      <Button
        size="large"
        disabled={props.isBusy || !chosen}
        onClick={() => chosen && void add(chosen.id, local(chosen.name))}
      >
        {t('floor.ticket.moreKey')}
      </Button>
    </div>
  );
}
