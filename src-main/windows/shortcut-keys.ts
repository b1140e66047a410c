import { z } from 'zod';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { ShortcutAction } from './typed-ipc.ts';

/** What a system-wide shortcut can do: an action of the bar, or bringing the bar to the front. */
export type ShortcutName = ShortcutAction | 'show-bar';

/** Accelerators as Electron writes them, by what they do (https://www.electronjs.org/docs/latest/api/accelerator). */
export type ShortcutKeys = Readonly<Record<ShortcutName, string>>;

/** The bar's own keys with Ctrl+Alt, so that a teller never leaves the core-banking screen (CS11). */
export const STANDARD_SHORTCUT_KEYS: ShortcutKeys = {
  'call-next': 'Control+Alt+F2',
  'start-service': 'Control+Alt+F3',
  'recall-ticket': 'Control+Alt+F4',
  'mark-no-show': 'Control+Alt+F5',
  'finish-service': 'Control+Alt+F8',
  'pause-counter': 'Control+Alt+F9',
  'show-bar': 'Control+Alt+F10',
  'transfer-ticket': 'Control+Alt+F6',
  'park-ticket': 'Control+Alt+F7',
  'start-next-business': 'Control+Alt+Shift+F8',
  'start-walk-in': 'Control+Alt+Shift+F2',
  'raise-cue': 'Control+Alt+F11',
  'undo-finish': 'Control+Alt+Z',
};

/** A letter or digit alone would be taken from every other program; only function keys may stand alone. */
const Accelerator = z
  .string()
  .regex(
    /^(?:(?:Control|Alt|Shift|Super)\+){0,4}F(?:[1-9]|1\d|2[0-4])$|^(?:(?:Control|Alt|Super)\+)(?:(?:Control|Alt|Shift|Super)\+){0,3}[A-Z0-9]$/,
  );

const names = Object.keys(STANDARD_SHORTCUT_KEYS) as [ShortcutName, ...ShortcutName[]];
const ShortcutFile = z.partialRecord(z.enum(names), Accelerator);

/**
 * The shortcuts of this PC: what a bank wrote into `shortcuts.json`, and the standard keys for the rest.
 * @param text the file, or null when there is none
 * @returns C902 with the `field` at fault: unknown action, a key that cannot be, or one key for two actions
 */
export function readShortcutKeys(text: string | null): Result<ShortcutKeys> {
  if (text === null) return ok(STANDARD_SHORTCUT_KEYS);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('C902', { field: 'shortcuts.json' });
  }
  const parsed = ShortcutFile.safeParse(value);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return fail('C902', { field: `shortcuts.json ${field}`.trim() });
  }
  const keys: Record<ShortcutName, string> = { ...STANDARD_SHORTCUT_KEYS };
  for (const name of names) keys[name] = parsed.data[name] ?? keys[name];
  const twice = names.find((name, index) =>
    names.slice(0, index).some(other => isSameKey(keys[other], keys[name])),
  );
  return twice === undefined ? ok(keys) : fail('C902', { field: `shortcuts.json ${twice}` });
}

/** The order of Ctrl, Alt and Shift does not make another key. */
function isSameKey(one: string, other: string): boolean {
  const sorted = (keys: string) => keys.split('+').sort().join('+');
  return sorted(one) === sorted(other);
}
