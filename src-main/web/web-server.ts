import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  STATUS_CODES,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { STAFF_PHOTO_FOLDER } from '#core/views/rating-screen-view.ts';
import { MAX_SET_UP_MESSAGE_CHARACTERS } from '#core/wire/port-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { RunningBranch } from '#main/running-branch.ts';
import { pageAddress } from '#main/window-pages.ts';
import type { LanSettings } from './lan-settings.ts';
import { isAddressedToUs, LOOPBACK, mayOpenPort, type OwnNames } from './loopback-names.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { createSite, refusal, type SiteAnswer } from './site.ts';
import { createSocketConnection, type SocketLimits } from './socket-connection.ts';

export interface WebServerSettings {
  /** 0 takes any free port. */
  readonly port: number;
  readonly rendererFolder: string;
  readonly limits?: Partial<WebServerLimits>;
  /** LB3: serves the branch network instead of this PC. */
  readonly lan?: Pick<LanSettings, 'names' | 'windows' | 'tls'>;
}

export interface WebServerLimits extends SocketLimits {
  readonly maxConnections: number;
}

export interface RunningWebServer {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  /** Closes every window's connection and stops listening. */
  stop(): Promise<void>;
}

const LOOPBACK_ADDRESS = '127.0.0.1';
/** Every address of this PC. */
const ANY_ADDRESS = '0.0.0.0';
const DEFAULT_LIMITS: WebServerLimits = {
  pingEveryMs: 15_000,
  maxUnsentBytes: 4 * 1024 * 1024,
  maxConnections: 64,
};
/** UTF-8 needs at most three bytes for one UTF-16 unit: a longer frame cannot be a message we would read. */
const MAX_FRAME_BYTES = 3 * MAX_SET_UP_MESSAGE_CHARACTERS;

/**
 * Serves the windows to browsers on this PC: pages over HTTP, `BranchPort` over a WebSocket at `/port`. Listens on
 * the loopback address only, and answers only requests that name it. With `lan`, to browsers of the branch network by
 * the configured names, and only the windows that are open to it (LB3).
 * @returns C906 when the port is taken or not allowed, C915 when certificate and key cannot be used
 */
export function startWebServer(
  branch: Pick<RunningBranch, 'servePort' | 'readAsset'>,
  settings: WebServerSettings,
): Promise<Result<RunningWebServer>> {
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const site = createSite(settings.rendererFolder, path => branch.readAsset(path));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  let port = settings.port;
  const { lan } = settings;
  const scheme = lan?.tls ? 'https' : 'http';
  const own: OwnNames = lan ? { names: lan.names, scheme, needsOrigin: true } : LOOPBACK;

  const answerTo: RequestListener = (request, response) => {
    void answerRequest(request).then(answer => {
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    });
    // A page request has no body; whatever is sent is not read into memory.
    request.resume();
  };
  const server = makeServer(lan?.tls ?? null, answerTo);
  if (!server.ok) return Promise.resolve(server);
  const listening = server.value;

  async function answerRequest(request: IncomingMessage): Promise<SiteAnswer> {
    if (!isAddressedToUs(request.headers, port, own)) return refusal(403, 'M605');
    if (lan && !isOpenToLan(request.url ?? '', lan.windows))
      return /^\/(\?|$)/.test(request.url ?? '')
        ? {
            ...refusal(302, 'M609'),
            headers: { ...SECURITY_HEADERS, location: pageAddress(lan.windows[0] ?? 'lobby') },
          }
        : refusal(404, 'M609');
    return site.answer(request.method ?? '', request.url ?? '');
  }

  listening.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refused = refuseUpgrade(request);
    if (refused) return writeAndClose(socket, refused);
    sockets.handleUpgrade(request, socket, head, webSocket =>
      branch.servePort(createSocketConnection(webSocket, limits), lan?.windows ?? null),
    );
  });

  function refuseUpgrade(request: IncomingMessage): SiteAnswer | null {
    if (!mayOpenPort(request.headers, port, own)) return refusal(403, 'M605');
    if (request.url !== '/port') return refusal(404, 'M609');
    if (sockets.clients.size >= limits.maxConnections) return refusal(503, 'M608');
    return null;
  }

  async function stop(): Promise<void> {
    const closed = new Promise<void>(resolve => listening.close(() => resolve()));
    for (const socket of sockets.clients) socket.close(1001);
    listening.closeIdleConnections();
    const cutOff = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
      listening.closeAllConnections();
    }, 1_000);
    await closed;
    clearTimeout(cutOff);
  }

  return new Promise(resolve => {
    listening.once('error', () => resolve(fail('C906', { port: settings.port })));
    listening.listen(settings.port, lan ? ANY_ADDRESS : LOOPBACK_ADDRESS, () => {
      port = (listening.address() as AddressInfo).port;
      resolve(ok({ url: `${scheme}://${lan?.names[0] ?? LOOPBACK_ADDRESS}:${port}/`, stop }));
    });
  });
}

const TIMEOUTS = { requestTimeout: 10_000, headersTimeout: 10_000 };

/** C915 when certificate and key are none, or do not belong together. */
function makeServer(tls: LanSettings['tls'], answerTo: RequestListener): Result<Server> {
  if (tls === null) return ok(createServer(TIMEOUTS, answerTo));
  try {
    return ok(createTlsServer({ ...TIMEOUTS, ...tls, minVersion: 'TLSv1.2' }, answerTo));
  } catch {
    return fail('C915', { field: 'tls' });
  }
}

/** LB3: pages of the windows that are open to the network, and the files they are made of. */
function isOpenToLan(target: string, windows: LanSettings['windows']): boolean {
  const [path = ''] = target.split(/[?#]/);
  if (path.startsWith('/assets/') || path.startsWith('/playlist/') || path === '/favicon.ico') return true;
  if (path.startsWith(STAFF_PHOTO_FOLDER)) return windows.includes('rating-screen');
  return windows.some(kind => path === pageAddress(kind) || `${path}/` === pageAddress(kind));
}

/** Answers an upgrade request by hand: Node has no response object for it. */
function writeAndClose(socket: Duplex, answer: SiteAnswer): void {
  socket.on('error', () => {});
  const head = [`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`, 'connection: close'];
  for (const [name, value] of Object.entries(answer.headers)) head.push(`${name}: ${value}`);
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), answer.body]));
}
