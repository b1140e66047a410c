import { beforeEach, describe, expect, it } from 'vitest';
import type { MessageConnection } from '#core/wire/branch-port.ts';
import { createPageConnections, type PageConnections } from '#main/windows/page-connections.ts';

interface Served {
  readonly connection: MessageConnection;
  readonly received: string[];
  closed: number;
}

let served: Served[];
let sent: string[];
let pages: PageConnections;
beforeEach(() => {
  served = [];
  sent = [];
  pages = createPageConnections(
    (pageId, message) => sent.push(`${pageId}:${message}`),
    connection => {
      const entry: Served = { connection, received: [], closed: 0 };
      served.push(entry);
      connection.onMessage(message => entry.received.push(message));
      connection.onClose(() => entry.closed++);
    },
  );
});

describe('page connections', () => {
  it('opens one with the first message of a page and hands that message on', () => {
    pages.receive('page-1', 'hello');
    pages.receive('page-1', 'more');
    expect(served.map(entry => entry.received)).toEqual([['hello', 'more']]);
  });

  it('begins anew with the next word of a page whose connection the host has closed', () => {
    pages.receive('page-1', 'hello');
    served[0]?.connection.close();
    pages.receive('page-1', 'hello again');
    expect(served.map(entry => [entry.received, entry.closed])).toEqual([
      [['hello'], 1],
      [['hello again'], 0],
    ]);
  });

  it('ends the old one when the page was loaded again', () => {
    pages.receive('page-1', 'hello');
    pages.receive('page-2', 'hello again');
    expect(served.map(entry => [entry.received, entry.closed])).toEqual([
      [['hello'], 1],
      [['hello again'], 0],
    ]);
  });

  it('sends to the page it belongs to, and nothing once ended', () => {
    pages.receive('page-1', 'hello');
    served[0]?.connection.post('view 1');
    pages.receive('page-2', 'hello');
    served[0]?.connection.post('late');
    served[1]?.connection.post('view 2');
    pages.end();
    served[1]?.connection.post('late');
    expect(sent).toEqual(['page-1:view 1', 'page-2:view 2']);
  });

  it('closes once, whoever closes, and then hears nothing', () => {
    pages.receive('page-1', 'hello');
    served[0]?.connection.close();
    pages.receive('page-1', 'unheard');
    pages.end();
    pages.end();
    expect(served[0]).toMatchObject({ received: ['hello'], closed: 1 });
  });
});
