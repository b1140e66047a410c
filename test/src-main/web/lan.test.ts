import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { MessageConnection } from '#core/wire/branch-port.ts';
import { readLanSettings } from '#main/web/lan-settings.ts';
import { mayOpenPort } from '#main/web/loopback-names.ts';
import { startLan } from '#main/web/start-lan.ts';
import { type RunningWebServer, startWebServer } from '#main/web/web-server.ts';
import { readOneClip, setupRendererFolder } from './renderer-folder.ts';

/** The tests reach the listener over loopback; it is the names in the requests that count. */
const NAME = 'foyer.branch.example';

let renderer: ReturnType<typeof setupRendererFolder>;
let data = '';
let server: RunningWebServer | null = null;
const windows: unknown[] = [];
const branch = {
  readAsset: (path: string) =>
    path === '/staff-photos/1001.jpg'
      ? { contentType: 'image/jpeg', body: Uint8Array.of(0xff) }
      : readOneClip(path),
  servePort(connection: MessageConnection, window: unknown) {
    windows.push(window);
    connection.onMessage(() => connection.post('heard'));
  },
};

beforeEach(() => {
  renderer = setupRendererFolder();
  data = mkdtempSync(join(tmpdir(), 'lan-'));
  windows.length = 0;
});
afterEach(async () => {
  await server?.stop();
  server = null;
  renderer.remove();
  rmSync(data, { recursive: true, force: true });
});

async function start(
  lanWindows: readonly ('lobby' | 'lobby-screen' | 'kiosk' | 'rating-screen')[] = ['lobby', 'lobby-screen'],
) {
  const lan = { names: [NAME], windows: lanWindows, tls: null };
  const started = await startWebServer(branch, { port: 0, rendererFolder: renderer.folder, lan });
  if (!started.ok) throw new Error(started.error.code);
  server = started.value;
  return Number(new URL(started.value.url).port);
}

async function ask(port: number, path: string, host = `${NAME}:${port}`) {
  const asked = request({ host: '127.0.0.1', port, path, headers: { host }, agent: false }).end();
  const [response] = await once(asked, 'response');
  response.resume();
  return response as { statusCode: number; headers: Record<string, string> };
}

function open(port: number, origin: string | undefined): Promise<number | 'open'> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/port`, {
    headers: { host: `${NAME}:${port}`, ...(origin === undefined ? {} : { origin }) },
  });
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

describe('tablets in the branch network', () => {
  it('[LB3] open the lobby by the configured name, and no page that stays on the PC', async () => {
    const port = await start();
    expect((await ask(port, '/lobby/')).statusCode).toBe(200);
    expect((await ask(port, '/lobby-screen/')).statusCode).toBe(200);
    expect(await ask(port, '/')).toMatchObject({ statusCode: 302, headers: { location: '/lobby/' } });
    for (const path of [
      '/teller/',
      '/bench/',
      '/voice/',
      '/kiosk/',
      '/setup/',
      '/voice/one.wav',
      '/lobby/../teller/',
    ])
      expect((await ask(port, path)).statusCode, path).toBe(404);
    expect((await ask(port, '/lobby/', `127.0.0.1:${port}`)).statusCode).toBe(403);
    expect((await ask(port, '/lobby/', `evil.example:${port}`)).statusCode).toBe(403);
  });

  it('[RT4] a rating screen may be a tablet, and only with it pictures of staff leave the PC', async () => {
    const picture = '/staff-photos/1001.jpg';
    const lobbyPort = await start();
    for (const path of ['/rating-screen/', picture])
      expect((await ask(lobbyPort, path)).statusCode, path).toBe(404);
    await server?.stop();
    const port = await start(['rating-screen']);
    expect((await ask(port, '/rating-screen/')).statusCode).toBe(200);
    expect((await ask(port, picture)).statusCode).toBe(200);
    expect((await ask(port, '/lobby/')).statusCode).toBe(404);
  });

  it('[LB3] may only be the windows that are open to them', async () => {
    const port = await start(['lobby']);
    expect(await open(port, `http://${NAME}:${port}`)).toBe('open');
    expect(windows).toEqual([['lobby']]);
  });

  it('[LB3] a page of somebody else, or a program, cannot open the port', async () => {
    const port = await start();
    for (const origin of [
      undefined,
      'null',
      'http://evil.example',
      `https://${NAME}:${port}`,
      `http://${NAME}`,
    ])
      expect(await open(port, origin), String(origin)).toBe(403);
  });

  it('[LB3] over TLS only pages of the encrypted address count', () => {
    const own = { names: [NAME], scheme: 'https', needsOrigin: true } as const;
    expect(mayOpenPort({ host: NAME, origin: `https://${NAME}` }, 443, own)).toBe(true);
    expect(mayOpenPort({ host: NAME, origin: `http://${NAME}` }, 443, own)).toBe(false);
  });
});

describe('lan.json', () => {
  const codeOf = (text: string) => {
    writeFileSync(join(data, 'lan.json'), text);
    const read = readLanSettings(data);
    return read.ok ? 'ok' : `${read.error.code} ${read.error.facts?.field}`;
  };
  const good = { port: 8612, names: [NAME], tls: null };

  it('[LB3] without it nothing listens beyond loopback', async () => {
    const folders = { dataFolder: data, rendererFolder: renderer.folder };
    expect(await startLan(branch, folders)).toEqual({ ok: true, value: null });
  });

  it('[LB3] the first wrong field is named, and encryption is never left out by forgetting it', () => {
    expect(codeOf(JSON.stringify(good))).toBe('ok');
    expect(codeOf('{')).toBe('C915 JSON');
    expect(codeOf(JSON.stringify({ ...good, tls: undefined }))).toBe('C915 tls');
    expect(codeOf(JSON.stringify({ ...good, names: [] }))).toBe('C915 names');
    expect(codeOf(JSON.stringify({ ...good, names: ['*'] }))).toBe('C915 names.0');
    expect(codeOf(JSON.stringify({ ...good, windows: ['teller'] }))).toBe('C915 windows.0');
    expect(codeOf(JSON.stringify({ ...good, port: 0 }))).toBe('C915 port');
    const tls = { certificate: 'cert.pem', privateKey: 'key.pem' };
    expect(codeOf(JSON.stringify({ ...good, tls }))).toBe('C915 tls.certificate');
    writeFileSync(join(data, 'cert.pem'), 'no certificate');
    expect(codeOf(JSON.stringify({ ...good, tls }))).toBe('C915 tls.privateKey');
  });

  it('[LB3] a certificate that is none stops the start with its code', async () => {
    for (const name of ['cert.pem', 'key.pem']) writeFileSync(join(data, name), 'nothing');
    const tls = { certificate: 'cert.pem', privateKey: 'key.pem' };
    writeFileSync(join(data, 'lan.json'), JSON.stringify({ ...good, tls }));
    const started = await startLan(branch, { dataFolder: data, rendererFolder: renderer.folder });
    expect(started).toMatchObject({ ok: false, error: { code: 'C915', facts: { field: 'tls' } } });
  });
});
