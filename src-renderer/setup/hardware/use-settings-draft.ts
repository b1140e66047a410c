import { useCallback, useEffect, useMemo, useState } from 'react';
import { deviceProblems } from '#core/documents/check-device-settings.ts';
import { type DocumentProblem, valueProblems } from '#core/documents/check-document.ts';
import { DeviceSettings } from '#core/wire/device-settings.ts';
import type { View } from '#core/wire/views.ts';
import { isRecord, type Path, withPart } from '../form/parts.ts';
import type { SetupViewValue } from '../SetupScreen.tsx';
import { type FormSettings, formToSettings, readForm, settingsToForm } from './device-form.ts';

/** Changes to the devices that are not saved yet, kept over a reload of the page. */
export interface SettingsDraft {
  readonly form: FormSettings;
  readonly isChanged: boolean;
  /** Somebody else saved other settings meanwhile. */
  readonly isOvertaken: boolean;
  readonly basedOn: string;
  readonly problems: readonly DocumentProblem[];
  /** As they would be saved; null while something is wrong. */
  readonly settings: DeviceSettings | null;
  readonly change: (path: Path, part: unknown) => void;
  readonly replace: (form: FormSettings) => void;
  readonly discard: () => void;
}

interface Kept {
  readonly basedOn: string;
  readonly form: FormSettings;
}

const KEY = 'foyer.setup.devices';

export function useSettingsDraft(
  view: View<'hardware'>,
  document: SetupViewValue['document'],
): SettingsDraft {
  const { settings: inForce, revision, station } = view;
  const [kept, setKept] = useState<Kept | null>(() => readKept(`${KEY}.${station}`));
  useEffect(() => writeKept(`${KEY}.${station}`, kept), [kept, station]);
  const formInForce = useMemo(() => settingsToForm(inForce), [inForce]);
  // What was saved, or changed back by hand, is no draft any more.
  const isSame = kept !== null && JSON.stringify(kept.form) === JSON.stringify(formInForce);
  useEffect(() => {
    if (isSame) setKept(null);
  }, [isSame]);
  const form = kept?.form ?? formInForce;

  const change = useCallback(
    (path: Path, part: unknown) =>
      setKept(before => ({
        basedOn: before?.basedOn ?? revision,
        form: withPart(before?.form ?? formInForce, path, part) as FormSettings,
      })),
    [formInForce, revision],
  );
  const replace = useCallback(
    (next: FormSettings) => setKept(before => ({ basedOn: before?.basedOn ?? revision, form: next })),
    [revision],
  );
  const discard = useCallback(() => setKept(null), []);

  return useMemo(() => {
    const settings = readForm(form);
    const problems: readonly DocumentProblem[] = settings
      ? deviceProblems(settings, document).map(({ field, problem, detail }) => ({
          path: field.split('.'),
          problem,
          detail,
        }))
      : valueProblems(DeviceSettings, formToSettings(form));
    return {
      form,
      isChanged: kept !== null && !isSame,
      isOvertaken: kept !== null && !isSame && kept.basedOn !== revision,
      basedOn: kept?.basedOn ?? revision,
      problems,
      settings: problems.length === 0 ? settings : null,
      change,
      replace,
      discard,
    };
  }, [form, kept, isSame, revision, document, change, replace, discard]);
}

function readKept(key: string): Kept | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return isRecord(value) && typeof value.basedOn === 'string' && isRecord(value.form)
      ? { basedOn: value.basedOn, form: value.form }
      : null;
  } catch {
    return null;
  }
}

function writeKept(key: string, kept: Kept | null): void {
  try {
    if (kept) sessionStorage.setItem(key, JSON.stringify(kept));
    else sessionStorage.removeItem(key);
  } catch {
    // A full storage keeps nothing; the draft is still on screen.
  }
}
