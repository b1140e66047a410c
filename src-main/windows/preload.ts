import { contextBridge, ipcRenderer } from 'electron';
import { type MainToWindow, WINDOW_KIND_SWITCH, type WindowBridge, type WindowToMain } from './typed-ipc.ts';

/** Runs in each window's sandbox before its page; what the page gets is `WindowBridge` and nothing more. */
const pageId = crypto.randomUUID();

function send<C extends keyof WindowToMain>(channel: C, ...args: WindowToMain[C]): void {
  ipcRenderer.send(channel, ...args);
}

function listen<C extends keyof MainToWindow>(
  channel: C,
  listener: (...args: MainToWindow[C]) => void,
): void {
  // The event is kept back: it would give the page a way to speak on any channel.
  ipcRenderer.on(channel, (_event, ...args) => listener(...(args as MainToWindow[C])));
}

const kindSwitch = process.argv.find(argument => argument.startsWith(WINDOW_KIND_SWITCH));

const bridge: WindowBridge = {
  windowKind: kindSwitch?.slice(WINDOW_KIND_SWITCH.length) ?? '',
  post: message => send('foyer:post', pageId, message),
  onMessage(listener) {
    listen('foyer:message', (page, message) => {
      if (page === pageId) listener(message);
    });
  },
  setBarMode: mode => send('foyer:set-bar-mode', mode),
  onShortcut: listener => listen('foyer:shortcut', action => listener(action)),
};

contextBridge.exposeInMainWorld('foyer', bridge);
