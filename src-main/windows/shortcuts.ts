import { globalShortcut } from 'electron';
import type { SystemWideKeys } from '#drivers/keypad/shortcut-port.ts';
import type { ShortcutKeys, ShortcutName } from './shortcut-keys.ts';

/**
 * Takes the system-wide shortcuts.
 * @returns the keys another program holds already; the others work
 */
export function registerShortcuts(keysOf: ShortcutKeys, onAction: (action: ShortcutName) => void): string[] {
  const taken: string[] = [];
  for (const [action, keys] of Object.entries(keysOf) as [ShortcutName, string][]) {
    if (!register(keys, () => onAction(action))) taken.push(keys.replace('Control', 'Ctrl'));
  }
  return taken;
}

/** The keys of a keypad set to F13–F24, taken from all programs while it is in use. */
export const SYSTEM_WIDE_KEYS: SystemWideKeys = {
  register,
  unregister: keys => globalShortcut.unregister(keys),
};

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
