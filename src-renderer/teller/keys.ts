import type { TellerAction } from './bar-state.ts';

/** The parts of a key press that matter here; a DOM `KeyboardEvent` is one. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  /** True for the repeats of a key that is held down. */
  readonly repeat: boolean;
}

/** The keys as the buttons show them. */
export const ACTION_KEYS: Readonly<Record<TellerAction, string>> = {
  'call-next': 'F2',
  'start-service': 'F3',
  'recall-ticket': 'F4',
  'mark-no-show': 'F5',
  'finish-service': 'F8',
  'pause-counter': 'F9',
  'undo-finish': 'Ctrl+Z',
  'transfer-ticket': 'F6',
  'park-ticket': 'F7',
  'start-next-business': 'Shift+F8',
  'start-walk-in': 'Shift+F2',
  'raise-cue': 'F11',
};

/** Opens and closes the full window below the bar. */
export const PANEL_KEY = 'F10';

const ACTION_BY_KEY = new Map<string, TellerAction>(
  Object.entries(ACTION_KEYS).map(([action, key]) => [key, action as TellerAction]),
);

/**
 * CS11: what a key means on the bar; null when it means nothing here. A key held down acts once. The forms with
 * Ctrl+Alt are system-wide and arrive by their own way, so they are left alone here.
 */
export function actionOfKey(press: KeyPress): TellerAction | 'toggle-panel' | null {
  if (press.repeat || press.altKey || press.metaKey) return null;
  if (press.shiftKey) return press.ctrlKey ? null : (ACTION_BY_KEY.get(`Shift+${press.key}`) ?? null);
  if (press.ctrlKey) return ACTION_BY_KEY.get(`Ctrl+${press.key.toUpperCase()}`) ?? null;
  if (press.key === PANEL_KEY) return 'toggle-panel';
  return ACTION_BY_KEY.get(press.key) ?? null;
}

/** The place in a list chosen by the keys 1 to 9, from 0; null for another key or beyond the list. */
export function choiceOfKey(press: KeyPress, choices: number): number | null {
  if (press.repeat || press.ctrlKey || press.altKey || press.metaKey) return null;
  if (!/^[1-9]$/.test(press.key)) return null;
  const index = Number(press.key) - 1;
  return index < choices ? index : null;
}
