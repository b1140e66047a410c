import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { useLocalText } from '../kit/i18n.ts';
import { FaultSwitch } from './FaultSwitch.tsx';

type KeypadState = View<'bench'>['keypads'][number];

/** A rating keypad with its prompt and keys, as it stands before the customer. */
export function RatingKeypad(props: {
  readonly keypad: KeypadState;
  readonly faults: readonly string[];
  readonly onFault: (deviceId: string, fault: string | null) => void;
  readonly onPress: (deviceId: string, position: number) => void;
}) {
  const { keypad, onPress } = props;
  const { t } = useTranslation('bench');
  const local = useLocalText();
  const title = local(keypad.title);
  const prompt = keypad.prompt === '' ? 'none' : keypad.prompt;
  return (
    <article className="device">
      <header>
        <h2>{title}</h2>
        <FaultSwitch {...props} deviceId={keypad.deviceId} title={title} fault={keypad.fault} />
      </header>
      <div className="keypad" data-prompt={prompt}>
        <div className="keypad-prompt" aria-live="polite">
          {t(`prompt.${prompt}`, { defaultValue: prompt })}
        </div>
        <div className="keypad-keys">
          {keypad.levels.map((level, index) => (
            <Button
              key={level.zh}
              aria-label={t('press', { level: local(level) })}
              onClick={() => onPress(keypad.deviceId, index + 1)}
            >
              {local(level)}
            </Button>
          ))}
        </div>
      </div>
    </article>
  );
}
