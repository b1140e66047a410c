import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandArgs } from '#core/wire/commands.ts';
import { useLocalText } from '../../kit/i18n.ts';
import type { TellerView } from '../bar-state.ts';
import { ChoiceLine, digitOf, Panel } from './Panel.tsx';
import { toggled } from './toggled.ts';
import { isTyping, useDigits } from './use-digits.ts';

type Cue = TellerView['desk']['cues'][number];
type RaiseCue = CommandArgs<'raise-cue'>;

/** One letter an action, free of the digits that tick. */
const ACTION_LETTERS: Readonly<Record<RaiseCue['action'], string>> = {
  'call-help': 'H',
  report: 'R',
  referral: 'T',
};

/** CS13: which cue, which signs, and what it leads to. */
export function CuePanel(props: {
  readonly counterId: string;
  readonly cues: readonly Cue[];
  readonly onSend: (args: RaiseCue) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const [cue, setCue] = useState<Cue | null>(null);
  useDigits(cue === null ? props.cues.length : 0, index => setCue(props.cues[index] ?? null));
  if (cue) return <CueChecklist {...props} cue={cue} />;
  return (
    <Panel
      heading={t('desk.cue.heading')}
      hint={props.cues.length === 0 ? t('desk.cue.none') : t('desk.cue.hint')}
      submitLabel={null}
      isComplete={false}
      onSubmit={() => {}}
      onClose={props.onClose}
    >
      <div className="panel-reasons">
        {props.cues.map((one, index) => (
          <Button key={one.id} size="large" onClick={() => setCue(one)}>
            <kbd>{index + 1}</kbd> {local(one.name)}
          </Button>
        ))}
      </div>
    </Panel>
  );
}

function CueChecklist(props: {
  readonly counterId: string;
  readonly cue: Cue;
  readonly onSend: (args: RaiseCue) => void;
  readonly onClose: () => void;
}) {
  const { cue, counterId, onSend } = props;
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const [signIds, setSignIds] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const toggle = (index: number) => {
    const sign = cue.signs[index];
    if (sign) setSignIds(toggled(signIds, sign.id));
  };
  useDigits(cue.signs.length, toggle);
  const send = (action: RaiseCue['action']) =>
    onSend({ counterId, cueId: cue.id, action, signIds: [...signIds], note: note.trim() });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const action = cue.actions.find(one => ACTION_LETTERS[one] === event.key.toUpperCase());
      if (!action) return;
      event.preventDefault();
      onSend({ counterId, cueId: cue.id, action, signIds: [...signIds], note: note.trim() });
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [cue, counterId, signIds, note, onSend]);

  return (
    <Panel
      heading={local(cue.name)}
      hint={`${t('desk.cue.signs')} · ${local(cue.advice)}`}
      submitLabel={null}
      isComplete={false}
      onSubmit={() => {}}
      onClose={props.onClose}
    >
      <fieldset className="desk-choices">
        {cue.signs.map(({ id, text }, index) => (
          <ChoiceLine
            key={id}
            kind="checkbox"
            name={id}
            digit={digitOf(index)}
            label={local(text)}
            isChosen={signIds.includes(id)}
            onChoose={() => toggle(index)}
          />
        ))}
        <Input
          maxLength={300}
          value={note}
          placeholder={t('desk.cue.note')}
          aria-label={t('desk.cue.note')}
          onChange={event => setNote(event.target.value)}
        />
      </fieldset>
      <div className="desk-panel-foot">
        {cue.actions.map((action, index) => (
          <Button
            key={action}
            size="large"
            type={index === 0 ? 'primary' : 'default'}
            onClick={() => send(action)}
          >
            {t(`desk.cue.action.${action}`)} <kbd>{ACTION_LETTERS[action]}</kbd>
          </Button>
        ))}
      </div>
    </Panel>
  );
}
