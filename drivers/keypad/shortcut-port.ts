import { fail, ok, type Result } from '#core/wire/result.ts';
import type { KeypadPort } from './keypad-port.ts';
import { type ShortcutKeypadProfile, usageOf } from './shortcut-profile.ts';

/** The system-wide keys of this PC, as Electron's `globalShortcut` offers them. */
export interface SystemWideKeys {
  /** Takes a key from all programs; false when another one holds it. */
  register(accelerator: string, onPress: () => void): boolean;
  unregister(accelerator: string): void;
}

/**
 * A keypad whose keys are F13–F24, taken system-wide. Keys do not tell their keypad: two on one PC need different ones.
 * @param keys null where this program cannot take keys (Node without Electron): opening fails with K309
 */
export function createShortcutPort(profile: ShortcutKeypadProfile, keys: SystemWideKeys | null): KeypadPort {
  const reportListeners: ((report: Uint8Array) => void)[] = [];
  let taken: string[] = [];

  function release(): void {
    for (const key of taken) keys?.unregister(key);
    taken = [];
  }

  return {
    async open(): Promise<Result<void>> {
      if (keys === null) return fail('K309');
      release();
      for (const { key } of profile.rules) {
        const report = Uint8Array.of(usageOf(key));
        const isOurs = keys.register(key, () => {
          if (taken.includes(key)) for (const listener of reportListeners) listener(report);
        });
        if (!isOurs) {
          // Half of the levels would be worse than none: customers could only be pleased.
          release();
          return fail('K310', { key });
        }
        taken.push(key);
      }
      return ok(undefined);
    },
    write: async () => fail('K304', { reason: 'nothing-to-show' }),
    async close(): Promise<void> {
      release();
    },
    onReport: listener => void reportListeners.push(listener),
    onMalformed: () => undefined,
    // Unplugging cannot be noticed: the keys stay ours.
    onLost: () => undefined,
  };
}
