import type { MessageConnection } from '#core/wire/branch-port.ts';

export interface PageConnections {
  /** Takes a message of a page. The first of a new page ends the connection of the page before it. */
  receive(pageId: string, message: string): void;
  /** Ends the connection, as when the window closes or its page crashes. */
  end(): void;
}

/**
 * Turns one window's messages into connections: one for each loading of its page.
 * @param send delivers a message to the page of that id
 * @param serve takes each new connection
 */
export function createPageConnections(
  send: (pageId: string, message: string) => void,
  serve: (connection: MessageConnection) => void,
): PageConnections {
  let current: OpenPage | null = null;

  function open(pageId: string): OpenPage {
    const page = createOpenPage(pageId, send);
    serve(page.connection);
    return page;
  }

  return {
    receive(pageId, message) {
      // What the host has closed is over: the page's next word begins anew.
      if (current?.pageId !== pageId || !current.isOpen()) {
        current?.end();
        current = open(pageId);
      }
      current.receive(message);
    },
    end() {
      current?.end();
      current = null;
    },
  };
}

interface OpenPage {
  readonly pageId: string;
  readonly connection: MessageConnection;
  isOpen(): boolean;
  receive(message: string): void;
  end(): void;
}

function createOpenPage(pageId: string, send: (pageId: string, message: string) => void): OpenPage {
  const messageListeners: ((message: string) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let isOpen = true;

  function end(): void {
    if (!isOpen) return;
    isOpen = false;
    for (const listener of closeListeners) listener();
  }

  return {
    pageId,
    isOpen: () => isOpen,
    connection: {
      post(message) {
        if (isOpen) send(pageId, message);
      },
      onMessage: listener => void messageListeners.push(listener),
      onClose: listener => void closeListeners.push(listener),
      close: end,
    },
    receive(message) {
      if (isOpen) for (const listener of messageListeners) listener(message);
    },
    end,
  };
}
