import { useEffect, useRef } from 'react';
import { END_SILENCE_MS, endSilence, NO_KEYS, pressKey } from './wedge-reader.ts';

/** Calls `onRead` with what a reader typed, wherever the focus is; keys of a reader press no buttons. */
export function useReader(onRead: (text: string) => void): void {
  const latest = useRef(onRead);
  latest.current = onRead;
  useEffect(() => {
    let state = NO_KEYS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (text: string | null) => {
      if (text === null) return;
      state = NO_KEYS;
      latest.current(text);
    };
    const listen = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      const pressed = pressKey(state, event.key, event.timeStamp);
      state = pressed.state;
      if (pressed.isBurst) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      clearTimeout(timer);
      if (pressed.read !== null) return tell(pressed.read);
      timer = setTimeout(() => tell(endSilence(state, performance.now())), END_SILENCE_MS + 10);
    };
    addEventListener('keydown', listen, { capture: true });
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', listen, { capture: true });
    };
  }, []);
}
