import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandArgs } from '#core/wire/commands.ts';
import { useLocalText } from '../../kit/i18n.ts';
import type { TellerView } from '../bar-state.ts';
import { ChoiceLine, digitOf, Panel } from './Panel.tsx';
import { toggled } from './toggled.ts';
import { useDigits } from './use-digits.ts';

/** CS7: what is missing; then the ticket waits with the lobby manager. */
export function ParkPanel(props: {
  readonly ticket: NonNullable<TellerView['ticket']>;
  readonly counterId: string;
  readonly checklist: NonNullable<TellerView['desk']['visit']>['checklist'];
  readonly onSend: (args: CommandArgs<'park-ticket'>) => void;
  readonly onClose: () => void;
}) {
  const { ticket, checklist, counterId } = props;
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const [paperIds, setPaperIds] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const toggle = (index: number) => {
    const paper = checklist[index];
    if (paper) setPaperIds(toggled(paperIds, paper.id));
  };
  useDigits(checklist.length, toggle);

  return (
    <Panel
      heading={t('desk.park.heading', { number: ticket.number })}
      hint={t('desk.park.hint')}
      submitLabel={t('desk.park.send')}
      // The lobby manager has to know what to look for.
      isComplete={paperIds.length > 0 || note.trim() !== ''}
      onSubmit={() =>
        props.onSend({ counterId, ticketId: ticket.ticketId, paperIds: [...paperIds], note: note.trim() })
      }
      onClose={props.onClose}
    >
      <fieldset className="desk-choices">
        {checklist.length === 0 && <p>{t('desk.park.nothing')}</p>}
        {checklist.map(({ id, name }, index) => (
          <ChoiceLine
            key={id}
            kind="checkbox"
            name={id}
            digit={digitOf(index)}
            label={local(name)}
            isChosen={paperIds.includes(id)}
            onChoose={() => toggle(index)}
          />
        ))}
        <Input
          maxLength={200}
          value={note}
          placeholder={t('desk.park.note')}
          aria-label={t('desk.park.note')}
          onChange={event => setNote(event.target.value)}
        />
      </fieldset>
    </Panel>
  );
}
