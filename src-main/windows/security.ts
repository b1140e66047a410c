import type { Event, WebContents, WebPreferences } from 'electron';

/** What every window's page runs with: sandboxed, apart from the preload's world, without Node. */
export function safePreferences(isDevelopment: boolean): WebPreferences {
  return {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: isDevelopment,
  };
}

/** Keeps a page where it is: no navigation, frames, new windows or embedded views. */
export function confineContents(contents: WebContents, isDevelopment: boolean): void {
  const prevent = (event: Event) => event.preventDefault();
  contents.on('will-navigate', prevent);
  contents.on('will-frame-navigate', prevent);
  contents.on('will-redirect', prevent);
  contents.on('will-attach-webview', prevent);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  if (isDevelopment) {
    contents.on('before-input-event', (_event, input) => {
      if (input.type === 'keyDown' && input.control && input.shift && input.code === 'KeyI') {
        contents.toggleDevTools();
      }
    });
  }
}
