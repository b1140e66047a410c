import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Sign } from '../../kit/signs.tsx';
import { FieldsEditor } from '../form/FieldEditor.tsx';
import { listAt, partAt } from '../form/parts.ts';
import { problemsAt, useEditing } from '../setup-context.ts';
import { useWords } from '../words.ts';
import { deviceIdsOf, type FormSettings, familyShape, KIND_OF, WEDGE_SHAPE } from './device-form.ts';
import type { Chosen, Hardware } from './HardwarePage.tsx';
import { meaningOf } from './health.ts';
import { TestSteps } from './TestSteps.tsx';
import { useDeviceWords } from './use-device-words.ts';

/** One device: how it is, what can be tried, and its settings. */
export function DeviceDetail(props: {
  readonly view: Hardware;
  readonly form: FormSettings;
  readonly chosen: Chosen;
  readonly onRemove: (name: string) => void;
  readonly onTest: (deviceId: string) => void;
  readonly onLog: (deviceId: string) => void;
}) {
  const { view, form, chosen } = props;
  const { t } = useTranslation('setup');
  const { problems } = useEditing();
  const { problemText } = useWords();
  const { deviceName, stateText, counterText } = useDeviceWords(view);
  const { voicePacks, audioOutputs, search } = view;
  const shape = useMemo(() => {
    if (chosen.family === 'wedge') return WEDGE_SHAPE;
    const spoolerPrinters = search.found.flatMap(one => (one.connection === 'spooler' ? [one.address] : []));
    return familyShape(chosen.family, { voicePacks, spoolerPrinters, audioOutputs });
  }, [chosen.family, voicePacks, audioOutputs, search.found]);
  if (chosen.family === 'wedge')
    return (
      <div className="hardware-detail setup-form">
        <h3>{t('hardware.wedge')}</h3>
        <p className="hardware-quiet">{t('hardware.wedgeHint')}</p>
        {shape.kind === 'object' && (
          <FieldsEditor fields={shape.fields} value={partAt(form, ['wedge'])} path={['wedge']} />
        )}
      </div>
    );
  const { family, index } = chosen;
  const entry = listAt(form, [family])[index];
  if (entry === undefined)
    return (
      <div className="hardware-detail">
        <p className="box-empty">{t(`hardware.teach.${family}`)}</p>
      </div>
    );
  const kind = family === 'ledBuses' ? 'led-bus' : KIND_OF[family];
  const name = deviceName(kind, entry);
  const ids = deviceIdsOf(family, entry);
  const devices = view.devices.filter(({ deviceId }) => ids.includes(deviceId));
  // What is wrong with a field is said beside it.
  const wrong = problemsAt(problems, [family, index], 'itself');
  return (
    <div className="hardware-detail setup-form">
      <header>
        <h3>{name}</h3>
        <Button disabled={!view.isChangeable} onClick={() => props.onRemove(name)}>
          {t('form.remove')}
        </Button>
      </header>
      {devices.length === 0 && <p className="hardware-quiet">{t('hardware.notSaved')}</p>}
      {devices.map(device => (
        <article key={device.deviceId} className="hardware-device">
          <div className="hardware-now">
            <p>
              <Sign meaning={meaningOf(device)} />{' '}
              {family === 'ledBuses' && `${device.name || counterText(device.counterId)}: `}
              {stateText(device)}
              {device.simulated && ` ${t('hardware.simulated')}`}
            </p>
            <div className="hardware-keys">
              <Button
                loading={device.test !== null && device.test.endedAt === null}
                onClick={() => props.onTest(device.deviceId)}
              >
                {t('hardware.test')}
              </Button>
              <Button onClick={() => props.onLog(device.deviceId)}>{t('hardware.log')}</Button>
            </div>
          </div>
          <TestSteps view={view} device={device} />
        </article>
      ))}
      {wrong.map(problem => (
        <p key={`${problem.path.join('.')} ${problem.problem}`} role="alert" className="field-problem">
          <Sign meaning="broken" /> {problemText(problem)}
        </p>
      ))}
      {shape.kind === 'object' && (
        <FieldsEditor
          fields={shape.fields.filter(field => field.name !== 'id')}
          value={entry}
          path={[family, index]}
        />
      )}
    </div>
  );
}
