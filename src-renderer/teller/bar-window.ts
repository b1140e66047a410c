import { useEffect, useLayoutEffect } from 'react';
import type { TellerAction } from './bar-state.ts';

/** What the Electron window of the bar offers beyond the port; absent in a browser. */
interface BarBridge {
  /** `bar`: 64 px high; `panel`: high enough for a form or a menu; `full`: the teller's full window. */
  setBarMode?(mode: 'bar' | 'panel' | 'full'): void;
  /** System-wide shortcuts (CS11). */
  onShortcut?(listener: (action: TellerAction) => void): void;
}

const bridge: BarBridge | undefined = window.foyer as BarBridge | undefined;

/** True where the window is the slim bar itself; in a browser the bar is only the top of a page. */
export const IS_SLIM_WINDOW = bridge?.setBarMode !== undefined;

/** Makes the window as high as its content needs. */
export function useBarMode(mode: 'bar' | 'panel' | 'full'): void {
  useEffect(() => bridge?.setBarMode?.(mode), [mode]);
}

// The bridge cannot be unhooked, so it is hooked once and feeds whichever bar is on screen.
let onAction: (action: TellerAction) => void = () => {};
bridge?.onShortcut?.(action => onAction(action));

/** Sends system-wide shortcuts to `listener` while the calling component is on screen. */
export function useShortcuts(listener: (action: TellerAction) => void): void {
  useLayoutEffect(() => {
    onAction = listener;
    return () => {
      onAction = () => {};
    };
  }, [listener]);
}
