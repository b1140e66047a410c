import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandArgs } from '#core/wire/commands.ts';
import { useLocalText } from '../../kit/i18n.ts';
import type { TellerView } from '../bar-state.ts';
import { ChoiceLine, digitOf, Panel } from './Panel.tsx';
import { useDigits } from './use-digits.ts';

type Transfer = CommandArgs<'transfer-ticket'>;
const POSITIONS = ['arrival', 'front', 'back'] as const satisfies readonly Transfer['position'][];

/** CS6: to a queue or a window, at which place, with which note. */
export function TransferPanel(props: {
  readonly ticket: NonNullable<TellerView['ticket']>;
  readonly counterId: string;
  readonly desk: TellerView['desk'];
  readonly onSend: (args: Transfer) => void;
  readonly onClose: () => void;
}) {
  const { ticket, desk } = props;
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const [chosen, setChosen] = useState<number | null>(null);
  const [position, setPosition] = useState<Transfer['position']>('arrival');
  const [note, setNote] = useState('');

  const queues = desk.queues.map(({ queueId, name, waiting, openCounters }) => ({
    key: `queue ${queueId}`,
    to: { kind: 'queue', queueId } as const,
    label: local(name),
    detail: t('desk.transfer.queueState', { waiting, open: openCounters }),
  }));
  const counters = desk.counters.map(({ counterId, name, isFree }) => ({
    key: `counter ${counterId}`,
    to: { kind: 'counter', counterId } as const,
    label: local(name),
    detail: t(isFree ? 'desk.transfer.free' : 'desk.transfer.busy'),
  }));
  const places = [...queues, ...counters];
  useDigits(places.length, setChosen);
  const to = chosen === null ? undefined : places[chosen]?.to;
  const lines = (from: number, list: typeof places) =>
    list.map(({ key, label, detail }, index) => (
      <ChoiceLine
        key={key}
        kind="radio"
        name="to"
        digit={digitOf(from + index)}
        label={label}
        detail={detail}
        isChosen={chosen === from + index}
        onChoose={() => setChosen(from + index)}
      />
    ));

  return (
    <Panel
      heading={t('desk.transfer.heading', { number: ticket.number })}
      hint={t('desk.transfer.hint')}
      submitLabel={t('desk.transfer.send')}
      isComplete={to !== undefined}
      onSubmit={() => {
        const { counterId } = props;
        if (to) props.onSend({ counterId, ticketId: ticket.ticketId, to, position, note });
      }}
      onClose={props.onClose}
    >
      <div className="desk-columns">
        <fieldset className="desk-choices">
          <legend>{t('desk.transfer.queues')}</legend>
          {lines(0, queues)}
        </fieldset>
        <fieldset className="desk-choices">
          <legend>{t('desk.transfer.counters')}</legend>
          {counters.length === 0 ? <p>{t('desk.transfer.none')}</p> : lines(queues.length, counters)}
        </fieldset>
        <fieldset className="desk-choices">
          <legend>{t('desk.transfer.position')}</legend>
          {POSITIONS.map(place => (
            <ChoiceLine
              key={place}
              kind="radio"
              name="position"
              digit={null}
              label={t(`desk.transfer.${place}`)}
              isChosen={position === place}
              onChoose={() => setPosition(place)}
            />
          ))}
          <Input
            maxLength={200}
            value={note}
            placeholder={t('desk.transfer.note')}
            aria-label={t('desk.transfer.note')}
            onChange={event => setNote(event.target.value)}
          />
        </fieldset>
      </div>
    </Panel>
  );
}
