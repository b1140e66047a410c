import type { MessageConnection } from '#core/wire/branch-port.ts';
import type { LinkMessage } from '#core/wire/link-messages.ts';
import type { WindowKind } from '#core/wire/port-messages.ts';
import type { LinkConnection } from './link-connection.ts';

/** `BranchPort` connections of windows on one PC, carried over its link to the host, each under its number. */

export type WindowPart = Extract<LinkMessage, { kind: 'window' }>;
type Link = Pick<LinkConnection, 'send' | 'onClose'>;

/** Which kinds of window one may be, as `servePort` takes it; null: it says so itself. */
export type AllowedWindows = readonly WindowKind[] | null;

/** More than a PC has windows and tablets. */
const MAX_WINDOWS = 64;

/** The PC's end. */
export interface WindowCarrier {
  /** A connection to the host's `BranchPort`, closed with the link. */
  open(allowed: AllowedWindows): MessageConnection;
  /** Hand every `window` message of the link to this. */
  take(message: WindowPart): void;
}

export function carryWindows(link: Link): WindowCarrier {
  const channels = openChannels(link);
  let last = 0;
  return {
    open(allowed) {
      last += 1;
      const { connection } = channels.add(last);
      link.send({ kind: 'window', part: 'open', window: last, allowed: allowed && [...allowed] });
      return connection;
    },
    take(message) {
      if (message.part !== 'open') channels.take(message);
    },
  };
}

/**
 * The host's end.
 * @param serve takes each window that opens; it must attach its listeners before it returns
 * @returns what every `window` message of the link is handed to
 */
export function serveWindows(
  link: Link,
  serve: (connection: MessageConnection, allowed: AllowedWindows) => void,
): (message: WindowPart) => void {
  const channels = openChannels(link);
  return message => {
    if (message.part !== 'open') return channels.take(message);
    if (channels.size() >= MAX_WINDOWS || channels.has(message.window))
      return void link.send({ kind: 'window', part: 'close', window: message.window });
    serve(channels.add(message.window).connection, message.allowed);
  };
}

interface Channel {
  readonly connection: MessageConnection;
  hear(text: string): void;
  /** Over for this side; `tell` the other one. */
  end(tell: boolean): void;
}

function openChannels(link: Link) {
  const channels = new Map<number, Channel>();
  let isUp = true;
  link.onClose(() => {
    isUp = false;
    for (const channel of [...channels.values()]) channel.end(false);
  });
  return {
    size: () => channels.size,
    has: (window: number) => channels.has(window),
    add(window: number): Channel {
      const channel = makeChannel(link, window, () => channels.delete(window));
      channels.set(window, channel);
      // Its owner learns it when it listens.
      if (!isUp) queueMicrotask(() => channel.end(false));
      return channel;
    },
    take(message: Exclude<WindowPart, { part: 'open' }>) {
      const channel = channels.get(message.window);
      if (message.part === 'close') channel?.end(false);
      else channel?.hear(message.text);
    },
  };
}

function makeChannel(link: Link, window: number, forget: () => void): Channel {
  const messageListeners = new Set<(message: string) => void>();
  const closeListeners = new Set<() => void>();
  let isOpen = true;
  const end = (tell: boolean) => {
    if (!isOpen) return;
    isOpen = false;
    forget();
    if (tell) link.send({ kind: 'window', part: 'close', window });
    for (const listener of closeListeners) listener();
  };
  return {
    connection: {
      post(text) {
        if (isOpen) link.send({ kind: 'window', part: 'message', window, text });
      },
      onMessage: listener => void messageListeners.add(listener),
      onClose: listener => void closeListeners.add(listener),
      close: () => end(true),
    },
    hear(text) {
      if (isOpen) for (const listener of messageListeners) listener(text);
    },
    end,
  };
}
