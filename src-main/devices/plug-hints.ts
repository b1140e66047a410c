import { type FSWatcher, watch } from 'node:fs';

/** What new nodes in /dev may be a keypad: HID and USB serial devices. */
const KEYPAD_NODE = /^(?:hidraw|ttyUSB|ttyACM)\d+$/;

let listeners: (() => void)[] = [];
let watcher: FSWatcher | null = null;

/**
 * Tells when something was plugged into this PC, on Linux: looking for keypads is slow, so it is done when it may help.
 * Windows tells only windows with a native message loop; there keypads are looked for at growing intervals.
 * @returns ends the listening
 */
export function onPlugged(listener: () => void, platform: NodeJS.Platform = process.platform): () => void {
  if (platform !== 'linux') return () => undefined;
  listeners = [...listeners, listener];
  watcher ??= watchDevices();
  return () => {
    listeners = listeners.filter(other => other !== listener);
    if (listeners.length > 0) return;
    watcher?.close();
    watcher = null;
  };
}

function watchDevices(): FSWatcher | null {
  try {
    const watching = watch('/dev', { persistent: false }, (_event, name) => {
      if (KEYPAD_NODE.test(name ?? '')) for (const listener of listeners) listener();
    });
    // Too many watches, or no /dev: the growing intervals are enough.
    watching.on('error', () => undefined);
    return watching;
  } catch {
    return null;
  }
}
