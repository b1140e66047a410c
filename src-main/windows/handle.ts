import { ipcMain, type WebContents } from 'electron';
import { CHANNEL_ARGUMENTS } from './channel-arguments.ts';
import { isTrustedSender } from './trusted-sender.ts';
import type { MainToWindow, WindowToMain } from './typed-ipc.ts';

/**
 * Listens to a channel. Only messages of our own windows' pages with arguments as agreed reach the listener; the
 * rest is dropped and told to `onRefused`.
 * @param windowOf finds our window by its contents, undefined for contents that are none of ours
 */
export function handle<C extends keyof WindowToMain, W>(
  channel: C,
  windowOf: (contents: WebContents) => W | undefined,
  listener: (window: W, ...args: WindowToMain[C]) => void,
  onRefused: (channel: C) => void,
): void {
  ipcMain.on(channel, (event, ...args: unknown[]) => {
    const window = windowOf(event.sender);
    const read = CHANNEL_ARGUMENTS[channel].safeParse(args);
    if (window === undefined || !isTrustedSender(true, event.senderFrame) || !read.success)
      onRefused(channel);
    else listener(window, ...read.data);
  });
}

/** Sends to a window's page, unless it is gone. */
export function sendToWindow<C extends keyof MainToWindow>(
  contents: WebContents,
  channel: C,
  ...args: MainToWindow[C]
): void {
  if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(channel, ...args);
}
