import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { NOTE_LIMIT, withPhrase } from './plain-note.ts';
import './dialogs.css';

/** A note by touch: whole phrases as buttons, the rest by keyboard. */
export function NoteField(props: {
  readonly label: string;
  readonly phrases: readonly string[];
  readonly value: string;
  readonly onChange: (note: string) => void;
}) {
  const { t } = useTranslation('lobby');
  return (
    <>
      <div className="dialog-phrases">
        {props.phrases.map(phrase => (
          <Button
            key={phrase}
            onClick={() => props.onChange(withPhrase(props.value, phrase, t('handle.between')))}
          >
            {phrase}
          </Button>
        ))}
      </div>
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={NOTE_LIMIT}
        aria-label={props.label}
        placeholder={props.label}
        value={props.value}
        onChange={event => props.onChange(event.target.value)}
      />
    </>
  );
}
