import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { formatClock, formatDay } from '../../kit/format.ts';
import { useHostNow } from '../../kit/hooks.ts';
import { useLanguage, useLocalText } from '../../kit/i18n.ts';
import type { Hardware } from './HardwarePage.tsx';
import { useDeviceWords } from './use-device-words.ts';

/** The state and last self-test of every device on paper, with room to sign. Not seen on screen. */
export function HardwareReport({ view }: { readonly view: Hardware }) {
  const { t } = useTranslation('setup');
  const local = useLocalText();
  const { language } = useLanguage();
  const { counterText, stateText, stepText } = useDeviceWords(view);
  const now = useHostNow(60_000);
  const time = (at: number) => `${formatDay(at, view.timeZone, language)} ${formatClock(at, view.timeZone)}`;
  return createPortal(
    <section className="hardware-report">
      <h1>{t('hardware.report')}</h1>
      <p>
        {local(view.branchName)} · {view.station} · {time(now)}
      </p>
      <p>{t('hardware.versions', { program: view.program, system: view.system })}</p>
      {view.devices.map(device => (
        <article key={device.deviceId}>
          <h2>
            {t(`hardware.kinds.${device.kind}`)} {device.name || device.deviceId} ·{' '}
            {counterText(device.counterId)}
            {device.simulated && ` ${t('hardware.simulated')}`}
          </h2>
          <p>{stateText(device)}</p>
          {device.test === null ? (
            <p>{t('hardware.notTested')}</p>
          ) : (
            <>
              <p>{t('hardware.tested', { time: time(device.test.startedAt) })}</p>
              <ol>
                {device.test.steps.map((step, index) => (
                  <li key={`${step.step} ${String(index)}`}>{stepText(step)}</li>
                ))}
              </ol>
            </>
          )}
        </article>
      ))}
      <p className="hardware-signature">{t('hardware.signature')}</p>
    </section>,
    document.body,
  );
}
