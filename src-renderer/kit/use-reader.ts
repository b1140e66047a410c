import { useEffect, useRef } from 'react';
import { endSilence, NO_KEYS, pressKey } from '#core/arrival/wedge-burst.ts';
import { WedgeSettings } from '#core/wire/device-settings.ts';
import { useView } from './hooks.ts';

const STANDARD = WedgeSettings.parse({});
const SILENCE_SLACK_MS = 10;

/**
 * Calls `onRead` with what a reader typed, wherever the focus is. `swallows`: a reader's keys press no buttons
 * (`all`), or only its end key does nothing (`end`), for windows where people type as well.
 */
export function useReader(onRead: (text: string) => void, swallows: 'all' | 'end' = 'all'): void {
  const latest = useRef(onRead);
  latest.current = onRead;
  const { value: view } = useView('reader');
  const settings = useRef(STANDARD);
  settings.current = view?.wedge ?? STANDARD;
  useEffect(() => {
    let state = NO_KEYS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      const { key, code } = event;
      const capsLock = event.getModifierState('CapsLock');
      const pressed = pressKey(state, { key, code, capsLock }, event.timeStamp, settings.current);
      state = pressed.state;
      if (pressed.isBurst && (swallows === 'all' || pressed.read !== null || key === 'Enter')) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      clearTimeout(timer);
      if (pressed.read !== null) return latest.current(pressed.read);
      timer = setTimeout(() => {
        const ended = endSilence(state, performance.now(), settings.current);
        state = ended.state;
        if (ended.read !== null) latest.current(ended.read);
      }, settings.current.endSilenceMs + SILENCE_SLACK_MS);
    };
    addEventListener('keydown', listen, { capture: true });
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', listen, { capture: true });
    };
  }, [swallows]);
}
