import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { useCommand, useView } from '../../kit/hooks.ts';
import { useErrorText } from '../../kit/i18n.ts';
import { Sign } from '../../kit/signs.tsx';
import { listAt } from '../form/parts.ts';
import type { SetupViewValue } from '../SetupScreen.tsx';
import { type Editing, EditingProvider } from '../setup-context.ts';
import { DeviceDetail } from './DeviceDetail.tsx';
import { DeviceList } from './DeviceList.tsx';
import { type Family, type FormSettings, newEntry } from './device-form.ts';
import { FindDrawer } from './FindDrawer.tsx';
import { HardwareReport } from './HardwareReport.tsx';
import { LogDrawer } from './LogDrawer.tsx';
import { useSettingsDraft } from './use-settings-draft.ts';
import './hardware.css';

export type Hardware = View<'hardware'>;

/** An entry of the settings, or the readers that type. */
export type Chosen = { readonly family: Family; readonly index: number } | { readonly family: 'wedge' };

/** HW7: the devices of this station: found, set up, tried out and reported. */
export function HardwarePage({ setup }: { readonly setup: SetupViewValue }) {
  const { value: view, error } = useView('hardware');
  const errorText = useErrorText();
  if (error)
    return (
      <p className="box" role="alert">
        {errorText(error)}
      </p>
    );
  return view ? <Devices view={view} setup={setup} /> : <section className="box hardware" aria-busy />;
}

function Devices({ view, setup }: { readonly view: Hardware; readonly setup: SetupViewValue }) {
  const { t } = useTranslation('setup');
  const errorText = useErrorText();
  const draft = useSettingsDraft(view, setup.document);
  const { run, busyType, lastError, clearError } = useCommand();
  const [chosen, setChosen] = useState<Chosen>({ family: 'printers', index: 0 });
  const [removed, setRemoved] = useState<{ name: string; before: FormSettings; chosen: Chosen } | null>(null);
  const [isFinding, setFinding] = useState(false);
  const [logOf, setLogOf] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);

  const editing = useMemo<Editing>(
    () => ({
      document: {
        ...draft.form,
        counters: view.counters,
        profiles: view.keypadProfiles.map(id => ({ id })),
        templates: view.ledTemplates.map(id => ({ id })),
      },
      problems: draft.problems,
      change: (path, part) => {
        setSaved(false);
        draft.change(path, part);
      },
    }),
    [draft, view],
  );

  const add = (family: Family, filled: FormSettings = {}) => {
    const list = listAt(draft.form, [family]);
    const counterId = freeCounter(draft.form, view);
    setSaved(false);
    draft.replace({
      ...draft.form,
      [family]: [...list, { ...newEntry(family, draft.form, counterId), ...filled }],
    });
    setChosen({ family, index: list.length });
    setFinding(false);
  };
  const remove = (name: string) => {
    if (chosen.family === 'wedge') return;
    const { family, index } = chosen;
    setRemoved({ name, before: draft.form, chosen });
    draft.replace({ ...draft.form, [family]: listAt(draft.form, [family]).filter((_, at) => at !== index) });
    setChosen({ family, index: Math.max(0, index - 1) });
  };
  const save = async () => {
    if (!draft.settings) return;
    const done = await run('save-device-settings', { settings: draft.settings, basedOn: draft.basedOn });
    setRemoved(null);
    setSaved(done.ok);
    if (done.ok) draft.discard();
  };
  const testAll = async () => {
    for (const { deviceId } of view.devices) await run('test-device', { deviceId });
  };

  const state = draft.problems.length > 0 ? 'wrong' : draft.isChanged ? 'changed' : 'same';
  return (
    <EditingProvider value={editing}>
      <section className="box hardware">
        <header className="hardware-head">
          <h2>{t('hardware.title')}</h2>
          <output className="hardware-state">
            {lastError ? (
              <>
                <Sign meaning="broken" /> {errorText(lastError)}
              </>
            ) : (
              <>
                <Sign meaning={state === 'wrong' ? 'broken' : state === 'changed' ? 'soon' : 'well'} />{' '}
                {removed && draft.isChanged
                  ? t('hardware.removed', { name: removed.name })
                  : t(
                      `hardware.state.${!view.isChangeable ? 'practice' : saved && state === 'same' ? 'saved' : state}`,
                      {
                        count: draft.problems.length,
                      },
                    )}
                {draft.isOvertaken && ` ${t('hardware.overtaken')}`}
              </>
            )}
            {removed && draft.isChanged && (
              <Button
                size="small"
                onClick={() => {
                  draft.replace(removed.before);
                  setChosen(removed.chosen);
                  setRemoved(null);
                }}
              >
                {t('hardware.undo')}
              </Button>
            )}
          </output>
          <div className="hardware-keys">
            <Button onClick={() => setFinding(true)}>{t('hardware.find')}</Button>
            <Button onClick={() => void testAll()}>{t('hardware.testAll')}</Button>
            <Button onClick={() => globalThis.print()}>{t('hardware.print')}</Button>
            <Button
              disabled={!draft.isChanged}
              onClick={() => {
                clearError();
                setRemoved(null);
                draft.discard();
              }}
            >
              {t('hardware.discard')}
            </Button>
            <Button
              type="primary"
              disabled={!draft.isChanged || draft.settings === null || !view.isChangeable}
              loading={busyType === 'save-device-settings'}
              onClick={() => void save()}
            >
              {t('hardware.save')}
            </Button>
          </div>
        </header>
        <div className="hardware-body">
          <DeviceList view={view} form={draft.form} chosen={chosen} onChoose={setChosen} onAdd={add} />
          <DeviceDetail
            key={JSON.stringify(chosen)}
            view={view}
            form={draft.form}
            chosen={chosen}
            onRemove={remove}
            onTest={deviceId => void run('test-device', { deviceId })}
            onLog={setLogOf}
          />
        </div>
      </section>
      <FindDrawer
        levels={setup.document.ratingLevels.map(level => level.name)}
        view={view}
        isOpen={isFinding}
        onClose={() => setFinding(false)}
        onTake={add}
        run={run}
      />
      <LogDrawer view={view} deviceId={logOf} onClose={() => setLogOf(null)} />
      <HardwareReport view={view} />
    </EditingProvider>
  );
}

/** A counter without a keypad, else the first. */
function freeCounter(form: FormSettings, view: Hardware): string {
  const taken = new Set(listAt(form, ['keypads']).map(entry => (entry as { counterId?: unknown }).counterId));
  return (view.counters.find(({ id }) => !taken.has(id)) ?? view.counters[0])?.id ?? '';
}
