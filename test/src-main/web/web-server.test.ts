import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { MessageConnection } from '#core/wire/branch-port.ts';
import { MAX_SET_UP_MESSAGE_CHARACTERS } from '#core/wire/port-messages.ts';
import { type RunningWebServer, startWebServer, type WebServerLimits } from '#main/web/web-server.ts';
import { readOneClip, setupRendererFolder } from './renderer-folder.ts';

interface Served {
  readonly connection: MessageConnection;
  readonly window: string | readonly string[] | null;
  readonly received: string[];
  closed: boolean;
}

let served: Served[];
let server: RunningWebServer;
let folder: ReturnType<typeof setupRendererFolder>;

const branch = {
  readAsset: readOneClip,
  servePort(connection: MessageConnection, window: string | readonly string[] | null) {
    const entry: Served = { connection, window, received: [], closed: false };
    served.push(entry);
    connection.onMessage(message => {
      entry.received.push(message);
      connection.post(`got ${message.length}`);
    });
    connection.onClose(() => {
      entry.closed = true;
    });
  },
};

async function start(limits: Partial<WebServerLimits> = {}): Promise<void> {
  const started = await startWebServer(branch, { port: 0, rendererFolder: folder.folder, limits });
  if (!started.ok) throw new Error(started.error.code);
  server = started.value;
}

beforeEach(() => {
  served = [];
  folder = setupRendererFolder();
});
afterEach(async () => {
  await server.stop();
  folder.remove();
});

const portOf = () => Number(new URL(server.url).port);
const socketUrl = (path = '/port') => `ws://127.0.0.1:${portOf()}${path}`;

/** Asks with any Host header and a path that is sent as it is. */
async function ask(path: string, headers: Record<string, string> = {}) {
  const asked = request({ host: '127.0.0.1', port: portOf(), path, headers, agent: false }).end();
  const [response] = await once(asked, 'response');
  response.resume();
  return { status: response.statusCode as number, headers: response.headers as Record<string, string> };
}

/** Opens a socket, or answers the HTTP status of the refusal. */
async function open(path?: string, options = {}): Promise<WebSocket | number> {
  const socket = new WebSocket(socketUrl(path), options);
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

async function openSocket(): Promise<WebSocket> {
  const socket = await open();
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return socket;
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let round = 0; round < 1000 && !isTrue(); round++) await new Promise(done => setTimeout(done, 5));
  expect(isTrue()).toBe(true);
}

describe('web server', () => {
  it('listens on the loopback address only and says where', async () => {
    await start();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await ask('/kiosk/')).status).toBe(200);
    expect((await ask('/kiosk/')).headers['x-frame-options']).toBe('DENY');
  });

  it('answers a request for another host name with M605', async () => {
    await start();
    const answer = await ask('/kiosk/', { host: `evil.example:${portOf()}` });
    expect(answer.status).toBe(403);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('tells when the port is taken', async () => {
    await start();
    const second = await startWebServer(branch, { port: portOf(), rendererFolder: folder.folder });
    expect(second).toEqual({ ok: false, error: { code: 'C906', facts: { port: portOf() } } });
  });

  it('carries messages both ways and lets the window say what it is', async () => {
    await start();
    const socket = await openSocket();
    socket.send('hello 你好');
    const [answer] = await once(socket, 'message');
    expect(answer.toString()).toBe('got 8');
    expect(served[0]).toMatchObject({ window: null, received: ['hello 你好'] });
    socket.close();
    await until(() => served[0]?.closed === true);
  });

  it.each([
    ['another origin', '/port', { origin: 'http://evil.example' }, 403],
    ['a hidden origin', '/port', { origin: 'null' }, 403],
    ['another host name', '/port', { headers: { host: 'evil.example' } }, 403],
    ['another path', '/ports', {}, 404],
    ['a page path', '/kiosk/', {}, 404],
  ])('refuses a socket from %s', async (_, path, options, status) => {
    await start();
    expect(await open(path, options)).toBe(status);
    expect(served).toEqual([]);
  });

  it('lets a page of its own open a socket', async () => {
    await start();
    const socket = await open('/port', { origin: server.url.slice(0, -1) });
    expect(typeof socket).not.toBe('number');
  });

  it('hands on the longest message and closes on a longer frame', async () => {
    await start();
    const socket = await openSocket();
    socket.send('堂'.repeat(MAX_SET_UP_MESSAGE_CHARACTERS));
    await until(() => served[0]?.received.length === 1);
    socket.send('x'.repeat(3 * MAX_SET_UP_MESSAGE_CHARACTERS + 1));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
    expect(served[0]?.received).toHaveLength(1);
    await until(() => served[0]?.closed === true);
  });

  it('closes on bytes that are no text', async () => {
    await start();
    const socket = await openSocket();
    socket.send(Uint8Array.of(1, 2, 3));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1003);
    expect(served[0]?.received).toEqual([]);
  });

  it('closes a client that has stopped reading', async () => {
    await start({ maxUnsentBytes: 64 * 1024 });
    const socket = await openSocket();
    socket.pause();
    await until(() => served.length === 1);
    const message = 'v'.repeat(256 * 1024);
    await until(() => {
      served[0]?.connection.post(message);
      return served[0]?.closed === true;
    });
    socket.resume();
  });

  it('closes a client that gives no sign of life, and keeps one that does', async () => {
    await start({ pingEveryMs: 40 });
    const silent = await openSocket();
    silent.pause();
    const living = await openSocket();
    await until(() => served.length === 2 && served[0]?.closed === true);
    expect(served[1]?.closed).toBe(false);
    living.terminate();
    silent.terminate();
  });

  it('refuses more clients than it can serve', async () => {
    await start({ maxConnections: 2 });
    const first = await openSocket();
    await openSocket();
    expect(await open()).toBe(503);
    first.close();
    await until(() => served[0]?.closed === true);
    expect(typeof (await open())).not.toBe('number');
  });

  it('survives bytes that are no HTTP', async () => {
    await start();
    for (const rubbish of [
      '\x00\xff\r\n\r\n',
      'GET /port HTTP/1.1\r\nUpgrade: websocket\r\n',
      'G'.repeat(70_000),
    ]) {
      const socket = connect(portOf(), '127.0.0.1');
      socket.on('error', () => {});
      socket.end(rubbish);
      socket.resume();
      await new Promise(resolve => socket.on('close', resolve));
    }
    expect((await ask('/')).status).toBe(200);
  });

  it('closes its windows when it stops', async () => {
    await start();
    const socket = await openSocket();
    const closed = once(socket, 'close');
    await server.stop();
    expect((await closed)[0]).toBe(1001);
    await until(() => served[0]?.closed === true);
  });
});
