import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { appFolders } from '#main/app-folders.ts';
import { startBranch, type WiredBranch } from '#main/branch.ts';
import { type RunningWebServer, startWebServer } from '#main/web/web-server.ts';

/**
 * A client written from docs/protocol.md alone: plain JSON, no type or schema of the program. If these tests fail
 * after a change of the protocol, the document has to change with it.
 */
type Json = Record<string, unknown>;

class DocumentClient {
  readonly #socket: WebSocket;
  readonly #heard: Json[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.on('message', data => {
      this.#heard.push(JSON.parse(data.toString()));
      for (const check of this.#waiting) check();
    });
  }

  async hello(window: string, protocol = 1): Promise<Json> {
    if (this.#socket.readyState !== WebSocket.OPEN)
      await new Promise((resolve, reject) => this.#socket.on('open', resolve).on('error', reject));
    this.say({ kind: 'hello', protocol, window });
    return this.hear(({ kind }) => kind === 'welcome' || kind === 'refused');
  }

  say(message: Json): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** The first message not yet taken that fits. */
  hear(fits: (message: Json) => boolean): Promise<Json> {
    return new Promise(resolve => {
      const check = () => {
        const index = this.#heard.findIndex(fits);
        if (index < 0) return;
        this.#waiting.splice(this.#waiting.indexOf(check), 1);
        resolve(this.#heard.splice(index, 1)[0] ?? {});
      };
      this.#waiting.push(check);
      check();
    });
  }

  ask(id: string, type: string, args: Json, session?: string): Promise<Json> {
    this.say({ kind: 'command', command: { id, type, args, ...(session ? { session } : {}) } });
    return this.hear(message => message.kind === 'answer' && message.commandId === id);
  }

  close(): void {
    this.#socket.close();
  }
}

let branch: WiredBranch;
let server: RunningWebServer;
let folder: string;
const clients: DocumentClient[] = [];

function connect(): DocumentClient {
  const client = new DocumentClient(`${server.url.replace('http', 'ws')}port`);
  clients.push(client);
  return client;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-protocol-'));
  const folders = appFolders(fileURLToPath(new URL('../../', import.meta.url)));
  const started = await startBranch({ ...folders, dataFolder: join(folder, 'data'), headOfficeUrl: null });
  if (!started.ok) throw new Error(started.error.code);
  branch = started.value;
  const served = await startWebServer(branch, { port: 0, rendererFolder: join(folder, 'no-pages') });
  if (!served.ok) throw new Error(served.error.code);
  server = served.value;
});

afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
  await branch.stop();
  rmSync(folder, { recursive: true, force: true });
});

const TAKE_NUMBER = { businessId: 'personal-cash', language: 'zh', largeType: false };

describe('a client written from docs/protocol.md', () => {
  test('takes a ticket, asks again with the same id, and sees it in its view', async () => {
    const kiosk = connect();
    expect(await kiosk.hello('kiosk')).toMatchObject({ kind: 'welcome', protocol: 1, branch: 'sample-0001' });

    const first = await kiosk.ask('take-1', 'issue-ticket', TAKE_NUMBER);
    expect(first.value).toMatchObject({ number: 'A001', ahead: 0 });
    expect(await kiosk.ask('take-1', 'issue-ticket', TAKE_NUMBER)).toEqual(first);
    expect(await kiosk.ask('take-1', 'issue-ticket', { ...TAKE_NUMBER, language: 'en' })).toMatchObject({
      error: { code: 'M607' },
    });

    kiosk.say({ kind: 'subscribe', subscription: 1, view: 'kiosk', args: {} });
    const view = await kiosk.hear(({ kind }) => kind === 'view');
    expect(view).toMatchObject({ subscription: 1, version: 1 });
    expect((view.value as { prints: Json[] }).prints).toHaveLength(1);
  });

  test('signs in, calls, and is told why it may not', async () => {
    const kiosk = connect();
    await kiosk.hello('kiosk');
    await kiosk.ask('take-2', 'issue-ticket', TAKE_NUMBER);
    const teller = connect();
    await teller.hello('teller');
    const counter = { counterId: 'counter-2' };
    expect(await teller.ask('open-0', 'open-counter', counter)).toMatchObject({ error: { code: 'S703' } });
    const signedIn = await teller.ask('sign-in-1', 'sign-in', { staffNumber: '1002', password: 'foyer2026' });
    const { session } = signedIn.value as { session: string };
    expect(session).toMatch(/^[0-9a-f]{64}$/);

    expect(await teller.ask('open-1', 'open-counter', counter, session)).toMatchObject({ value: {} });
    const called = await teller.ask('call-1', 'call-next', counter, session);
    expect(called.value).toMatchObject({ number: 'A001' });
    expect(await teller.ask('call-2', 'call-next', counter, session)).toMatchObject({
      error: { code: 'T806', facts: { counter: 'counter-2' } },
    });

    teller.say({ kind: 'subscribe', subscription: 7, view: 'teller', args: counter, session });
    const view = await teller.hear(({ kind }) => kind === 'view');
    expect(view.value).toMatchObject({ ticket: { number: 'A001', status: 'called' } });
  });

  test('is refused what the document says is refused, and the connection stays open', async () => {
    const client = connect();
    expect(await client.hello('kiosk', 2)).toMatchObject({ kind: 'refused', error: { code: 'M604' } });
    client.say({ kind: 'subscribe', subscription: 1, view: 'kiosk', args: {} });
    expect(await client.hear(({ kind }) => kind === 'refused')).toMatchObject({ error: { code: 'M605' } });
    expect(await client.hello('kiosk')).toMatchObject({ kind: 'welcome' });
    client.say({ kind: 'nonsense' });
    expect(await client.hear(({ kind }) => kind === 'refused')).toMatchObject({ error: { code: 'M601' } });
    expect(await client.ask('call-9', 'call-next', { counterId: 'counter-1' })).toMatchObject({
      error: { code: 'M605' },
    });
    client.say({ kind: 'subscribe', subscription: 1, view: 'lobby', args: {} });
    expect(await client.hear(({ kind }) => kind === 'view-refused')).toMatchObject({
      subscription: 1,
      error: { code: 'M605' },
    });
  });
});
