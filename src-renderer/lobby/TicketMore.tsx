import { Button, Checkbox, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalText } from '../kit/i18n.ts';
import type { LobbyView } from './alarm-action.ts';
import type { LobbyTicket } from './ticket-order.ts';
import type { useDeed } from './use-deed.ts';

type Position = 'front' | 'arrival' | 'back';
const POSITIONS: readonly Position[] = ['arrival', 'front', 'back'];

interface PartProps {
  readonly ticket: LobbyTicket;
  readonly view: LobbyView;
  readonly deed: ReturnType<typeof useDeed>['deed'];
  readonly isBusy: boolean;
}

/** LB2: where a waiting ticket can go, and why it may go first. */
export function WaitingPart({ ticket, view, deed, isBusy }: PartProps) {
  const { ticketId, number } = ticket;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const [queueId, setQueueId] = useState(ticket.queueId);
  const [position, setPosition] = useState<Position>('arrival');
  const given = view.floor.care.find(one => one.ticketId === ticketId) ?? null;
  return (
    <>
      <div className="ticket-part">
        <span>{t('floor.ticket.move')}</span>
        <Select
          size="large"
          aria-label={t('floor.ticket.move')}
          value={queueId}
          onChange={setQueueId}
          options={view.queues.map(queue => ({ value: queue.queueId, label: local(queue.name) }))}
        />
        <Segmented<Position>
          size="large"
          value={position}
          onChange={setPosition}
          options={POSITIONS.map(value => ({ value, label: t(`floor.ticket.positions.${value}`) }))}
        />
        <Button
          size="large"
          disabled={isBusy || (queueId === ticket.queueId && position === 'arrival')}
          onClick={() =>
            void deed(
              'move-ticket',
              { ticketId, queueId, position, note: '' },
              t('floor.ticket.moved', { number }),
            )
          }
        >
          {t('floor.ticket.moveKey')}
        </Button>
      </div>
      {view.arrival.priorityReasons.length > 0 && (
        <div className="ticket-part ticket-care">
          <span>{t('floor.ticket.care')}</span>
          <Button
            aria-pressed={given === null}
            type={given === null ? 'primary' : 'default'}
            disabled={isBusy || given === null}
            onClick={() =>
              void deed('set-care', { ticketId, reasonId: null }, t('floor.ticket.careTaken', { number }))
            }
          >
            {t('floor.ticket.noCare')}
          </Button>
          {view.arrival.priorityReasons.map(({ id, name }) => (
            <Button
              key={id}
              aria-pressed={given?.reasonId === id}
              type={given?.reasonId === id ? 'primary' : 'default'}
              disabled={isBusy || given?.reasonId === id}
              onClick={() =>
                void deed(
                  'set-care',
                  { ticketId, reasonId: id },
                  t('floor.ticket.careGiven', { number, reason: local(name) }),
                )
              }
            >
              {local(name)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

/** CS7: what a parked customer still lacks; ticked as it comes, then back to a window. */
export function ParkedPart({ ticket, view, deed, isBusy }: PartProps) {
  const { ticketId, number } = ticket;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const parked = view.floor.parked.find(one => one.ticketId === ticketId);
  if (!parked) return null;
  const ready = (returnTo: 'same-counter' | 'any-counter') =>
    void deed('ready-ticket', { ticketId, returnTo }, t('floor.ticket.ready', { number }));
  return (
    <>
      <p className="dialog-line dialog-long">
        {t('floor.ticket.parkedBy', { counter: local(parked.counterName) })} {parked.note}
      </p>
      <fieldset className="ticket-papers" aria-label={t('floor.ticket.missing')}>
        <span>{t(parked.missing.length === 0 ? 'floor.ticket.nothingMissing' : 'floor.ticket.missing')}</span>
        {parked.missing.map(({ id, name, isHere }) => (
          <Checkbox
            key={id}
            checked={isHere}
            disabled={isBusy}
            onChange={event =>
              void deed('tick-paper', { ticketId, paperId: id, isHere: event.target.checked }, '')
            }
          >
            {local(name)}
          </Checkbox>
        ))}
      </fieldset>
      <div className="ticket-part">
        <Button size="large" type="primary" disabled={isBusy} onClick={() => ready('same-counter')}>
          {t('floor.ticket.readySame')}
        </Button>
        <Button size="large" disabled={isBusy} onClick={() => ready('any-counter')}>
          {t('floor.ticket.readyAny')}
        </Button>
      </div>
    </>
  );
}
