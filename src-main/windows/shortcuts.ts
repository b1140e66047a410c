import { globalShortcut } from 'electron';
import type { ShortcutAction } from './typed-ipc.ts';

/** System-wide forms of the teller bar's keys (CS11), so that a teller never leaves the core-banking screen. */
const SHORTCUTS: Readonly<Record<ShortcutAction | 'show-bar', string>> = {
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

/**
 * Takes the system-wide shortcuts.
 * @returns the keys another program holds already; the others work
 */
export function registerShortcuts(onAction: (action: ShortcutAction | 'show-bar') => void): string[] {
  const taken: string[] = [];
  for (const [action, keys] of Object.entries(SHORTCUTS) as [keyof typeof SHORTCUTS, string][]) {
    if (!register(keys, () => onAction(action))) taken.push(keys.replace('Control', 'Ctrl'));
  }
  return taken;
}

/** Gives all of them back to other programs. */
export function releaseShortcuts(): void {
  globalShortcut.unregisterAll();
}

function register(keys: string, press: () => void): boolean {
  try {
    return globalShortcut.register(keys, press);
  } catch {
    // Some desktops (Wayland without its portal) have no system-wide shortcuts at all.
    return false;
  }
}
