import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { LocalText } from '#core/wire/fields.ts';
import type { Commands } from '../../kit/hooks.ts';
import { useErrorText, useLocalText } from '../../kit/i18n.ts';
import type { Family, FormSettings } from './device-form.ts';
import type { Hardware } from './HardwarePage.tsx';

/** HW4: asks for each key of an unknown keypad in turn, and offers the keypad once they are known. */
export function LearnPanel(props: {
  readonly view: Hardware;
  readonly levels: readonly LocalText[];
  readonly onTake: (family: Family, filled: FormSettings) => void;
  readonly run: Commands['run'];
}) {
  const { run, levels } = props;
  const { learning } = props.view;
  const { t } = useTranslation('setup');
  const local = useLocalText();
  const errorText = useErrorText();
  if (!learning) return null;
  const { address, baudRate, phase, key, pressed, needed, profileId, code } = learning;
  const connection = baudRate === null ? { kind: 'hid' } : { kind: 'serial', path: address };
  const level = key === null ? '' : local(levels[key] ?? null);
  return (
    <section className="hardware-device" aria-live="polite">
      <p>
        {phase === 'failed' && code !== null
          ? errorText({ code: code as ErrorCode })
          : t(`hardware.learn.${phase}`, { level, pressed, needed, profile: profileId })}
      </p>
      <div className="hardware-keys">
        {phase === 'done' && (
          <Button
            type="primary"
            onClick={() => {
              void run('stop-learning', {});
              props.onTake('keypads', { connection, profileId });
            }}
          >
            {t('hardware.takeAs', { family: t('hardware.families.keypads') })}
          </Button>
        )}
        <Button onClick={() => void run('stop-learning', {})}>{t('hardware.learn.stop')}</Button>
      </div>
    </section>
  );
}
