import { useTranslation } from 'react-i18next';
import { Sign } from '../../kit/signs.tsx';
import { listAt } from '../form/parts.ts';
import { problemsAt, useEditing } from '../setup-context.ts';
import { deviceIdsOf, FAMILIES, type Family, type FormSettings, KIND_OF } from './device-form.ts';
import type { Chosen, Hardware } from './HardwarePage.tsx';
import { meaningOf, worstOf } from './health.ts';
import { useDeviceWords } from './use-device-words.ts';

/** All devices by kind, each with its state in a sign and a word. */
export function DeviceList(props: {
  readonly view: Hardware;
  readonly form: FormSettings;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onAdd: (family: Family) => void;
}) {
  const { view, form, chosen, onChoose } = props;
  const { t } = useTranslation('setup');
  const { problems } = useEditing();
  const { deviceName } = useDeviceWords(view);
  const byId = new Map(view.devices.map(device => [device.deviceId, device]));
  return (
    <nav className="hardware-list" aria-label={t('hardware.title')}>
      {FAMILIES.map(family => (
        <section key={family}>
          <header>
            <h3>{t(`hardware.families.${family}`)}</h3>
            <button
              type="button"
              className="hardware-add"
              disabled={!view.isChangeable}
              aria-label={t('hardware.addTo', { family: t(`hardware.families.${family}`) })}
              onClick={() => props.onAdd(family)}
            >
              + {t('form.add')}
            </button>
          </header>
          <ul>
            {listAt(form, [family]).map((entry, index) => {
              const devices = deviceIdsOf(family, entry).map(id => byId.get(id));
              const meaning = worstOf(devices.map(meaningOf));
              const wrong = problemsAt(problems, [family, index], 'inside').length;
              const isHere = chosen.family === family && chosen.index === index;
              const kind = family === 'ledBuses' ? 'led-bus' : KIND_OF[family];
              return (
                <li key={deviceIdsOf(family, entry).join(' ') || index}>
                  <button
                    type="button"
                    aria-current={isHere ? 'true' : undefined}
                    onClick={() => onChoose({ family, index })}
                  >
                    <Sign meaning={wrong > 0 ? 'broken' : meaning} />
                    <span className="hardware-name">{deviceName(kind, entry)}</span>
                    <span className="hardware-word">
                      {wrong > 0 ? t('hardware.toCorrect') : t(`hardware.meanings.${meaning}`)}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
          {listAt(form, [family]).length === 0 && <p className="hardware-none">{t('hardware.none')}</p>}
        </section>
      ))}
      <section>
        <ul>
          <li>
            <button
              type="button"
              aria-current={chosen.family === 'wedge' ? 'true' : undefined}
              onClick={() => onChoose({ family: 'wedge' })}
            >
              <span className="hardware-name">{t('hardware.wedge')}</span>
            </button>
          </li>
        </ul>
      </section>
    </nav>
  );
}
