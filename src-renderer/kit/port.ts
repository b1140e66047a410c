import type { MessageConnection } from '#core/wire/branch-port.ts';
import type { WindowKind } from '#core/wire/port-messages.ts';
import { createPortClient, type PortClient } from './port-client.ts';

/** What a system-wide shortcut asks of the teller bar (CS11). */
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

/** What the preload of an Electron window offers; absent in a browser. */
export interface FoyerBridge {
  readonly windowKind: WindowKind;
  post(message: string): void;
  onMessage(listener: (message: string) => void): void;
  /** Height of the teller bar's window: `bar` is 64 px, `panel` leaves room for a form or a menu, `full` for all. */
  setBarMode?(mode: 'bar' | 'panel' | 'full'): void;
  onShortcut?(listener: (action: ShortcutAction) => void): void;
}

declare global {
  interface Window {
    readonly foyer?: FoyerBridge;
  }
}

/**
 * The port of this window: over Electron IPC where there is a preload, else over a WebSocket to `/port` of the
 * page's own origin. Speaks at once and keeps trying.
 */
export function createWindowPort(window: WindowKind): PortClient {
  const bridge = globalThis.window.foyer;
  return createPortClient({
    window,
    connect: bridge ? createBridgeConnector(bridge) : openSocketConnection,
    clock: {
      now: () => Date.now(),
      setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
      clearTimeout: handle => clearTimeout(handle as ReturnType<typeof setTimeout>),
    },
    random: Math.random,
  });
}

/** The bridge cannot be unhooked, so it is hooked once and feeds whichever connection is the newest. */
function createBridgeConnector(bridge: FoyerBridge): () => MessageConnection {
  let receive: (message: string) => void = () => {};
  bridge.onMessage(message => receive(message));
  return () => ({
    post: message => bridge.post(message),
    onMessage: listener => {
      receive = listener;
    },
    // The main process and its windows end together; a silent one is found by the client's own probe.
    onClose: () => {},
    close: () => {
      receive = () => {};
    },
  });
}

function openSocketConnection(): MessageConnection {
  const address = new URL('/port', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address);
  const unsent: string[] = [];
  socket.addEventListener('open', () => {
    for (const message of unsent.splice(0)) socket.send(message);
  });
  return {
    post(message) {
      if (socket.readyState === WebSocket.CONNECTING) unsent.push(message);
      else if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
    onMessage(listener) {
      socket.addEventListener('message', event => {
        if (typeof event.data === 'string') listener(event.data);
      });
    },
    onClose: listener => socket.addEventListener('close', listener),
    close: () => socket.close(),
  };
}
