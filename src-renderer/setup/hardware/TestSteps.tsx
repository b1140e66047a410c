import { useTranslation } from 'react-i18next';
import { formatClock, formatDay } from '../../kit/format.ts';
import { useLanguage } from '../../kit/i18n.ts';
import { Sign } from '../../kit/signs.tsx';
import type { Hardware } from './HardwarePage.tsx';
import type { DeviceState } from './health.ts';
import { useDeviceWords } from './use-device-words.ts';

const SIGNS = { passed: 'well', failed: 'broken', skipped: 'waiting' } as const;

/** The steps of a device's self-test, as they are done. */
export function TestSteps({ view, device }: { readonly view: Hardware; readonly device: DeviceState }) {
  const { t } = useTranslation('setup');
  const { language } = useLanguage();
  const { stepText } = useDeviceWords(view);
  const { test } = device;
  if (!test) return <p className="hardware-quiet">{t('hardware.notTested')}</p>;
  const time = `${formatDay(test.startedAt, view.timeZone, language)} ${formatClock(test.startedAt, view.timeZone)}`;
  return (
    <div className="hardware-steps" aria-live="polite" aria-busy={test.endedAt === null}>
      <p className="hardware-quiet">
        {test.endedAt === null ? t('hardware.testing') : t('hardware.tested', { time })}
      </p>
      <ol>
        {test.steps.map((step, index) => (
          // Steps only ever come at the end: the place is their identity.
          <li key={`${step.step} ${String(index)}`} data-outcome={step.outcome}>
            <Sign meaning={SIGNS[step.outcome]} /> {stepText(step)}
          </li>
        ))}
      </ol>
      {test.endedAt === null && device.kind === 'keypad' && <p>{t('hardware.pressEachKey')}</p>}
    </div>
  );
}
