/**
 * Everything that passes between a window and the main process: two maps of channel name to arguments, one for
 * each direction. Nothing else uses Electron's IPC. The preload is built from this file too, so it imports nothing.
 */

/** What a system-wide shortcut asks the teller bar to do (CS11). */
export type ShortcutAction =
  | 'call-next'
  | 'start-service'
  | 'recall-ticket'
  | 'mark-no-show'
  | 'finish-service'
  | 'pause-counter'
  | 'undo-finish'
  | 'transfer-ticket'
  | 'park-ticket'
  | 'start-next-business'
  | 'start-walk-in'
  | 'raise-cue';

/** `bar`: the slim bar. `panel`: room below or above it for signing in or a menu. `full`: the teller's window. */
export type BarMode = 'bar' | 'panel' | 'full';

/**
 * `pageId` names one loading of a page. A window that reloads has a new one, so that messages of the page before
 * never reach the page after, nor the other way round.
 */
export interface WindowToMain {
  'foyer:post': [pageId: string, message: string];
  'foyer:set-bar-mode': [mode: BarMode];
}

export interface MainToWindow {
  'foyer:message': [pageId: string, message: string];
  'foyer:shortcut': [action: ShortcutAction];
}

/** What the preload puts at `window.foyer`, and all of it. */
export interface WindowBridge {
  readonly windowKind: string;
  /** Sends a message of `BranchPort`, as JSON text. */
  post(message: string): void;
  onMessage(listener: (message: string) => void): void;
  /** Sizes the teller bar's window; other windows are left as they are. */
  setBarMode(mode: BarMode): void;
  onShortcut(listener: (action: ShortcutAction) => void): void;
}

/** Command-line switch that tells a preload which kind of window it is in. */
export const WINDOW_KIND_SWITCH = '--foyer-window=';
