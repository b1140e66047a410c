import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { MAX_SET_UP_MESSAGE_CHARACTERS } from '#core/wire/port-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { RunningBranch } from '#main/running-branch.ts';
import { isAddressedToUs, mayOpenPort } from './loopback-names.ts';
import { createSite, refusal, type SiteAnswer } from './site.ts';
import { createSocketConnection, type SocketLimits } from './socket-connection.ts';

export interface WebServerSettings {
  /** 0 takes any free port. */
  readonly port: number;
  readonly rendererFolder: string;
  readonly limits?: Partial<WebServerLimits>;
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

const LOOPBACK = '127.0.0.1';
const DEFAULT_LIMITS: WebServerLimits = {
  pingEveryMs: 15_000,
  maxUnsentBytes: 4 * 1024 * 1024,
  maxConnections: 64,
};
/** UTF-8 needs at most three bytes for one UTF-16 unit: a longer frame cannot be a message we would read. */
const MAX_FRAME_BYTES = 3 * MAX_SET_UP_MESSAGE_CHARACTERS;

/**
 * Serves the windows to browsers on this PC: pages over HTTP, `BranchPort` over a WebSocket at `/port`. Listens on
 * the loopback address only, and answers only requests that name it.
 * @returns C906 when the port is taken or not allowed
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

  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    void answerRequest(request).then(answer => {
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    });
    // A page request has no body; whatever is sent is not read into memory.
    request.resume();
  });

  async function answerRequest(request: IncomingMessage): Promise<SiteAnswer> {
    if (!isAddressedToUs(request.headers, port)) return refusal(403, 'M605');
    return site.answer(request.method ?? '', request.url ?? '');
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refused = refuseUpgrade(request);
    if (refused) return writeAndClose(socket, refused);
    sockets.handleUpgrade(request, socket, head, webSocket =>
      branch.servePort(createSocketConnection(webSocket, limits), null),
    );
  });

  function refuseUpgrade(request: IncomingMessage): SiteAnswer | null {
    if (!mayOpenPort(request.headers, port)) return refusal(403, 'M605');
    if (request.url !== '/port') return refusal(404, 'M609');
    if (sockets.clients.size >= limits.maxConnections) return refusal(503, 'M608');
    return null;
  }

  async function stop(): Promise<void> {
    const closed = new Promise<void>(resolve => server.close(() => resolve()));
    for (const socket of sockets.clients) socket.close(1001);
    server.closeIdleConnections();
    const cutOff = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
    }, 1_000);
    await closed;
    clearTimeout(cutOff);
  }

  return new Promise(resolve => {
    server.once('error', () => resolve(fail('C906', { port: settings.port })));
    server.listen(settings.port, LOOPBACK, () => {
      port = (server.address() as AddressInfo).port;
      resolve(ok({ url: `http://${LOOPBACK}:${port}/`, stop }));
    });
  });
}

/** Answers an upgrade request by hand: Node has no response object for it. */
function writeAndClose(socket: Duplex, answer: SiteAnswer): void {
  socket.on('error', () => {});
  const head = [`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`, 'connection: close'];
  for (const [name, value] of Object.entries(answer.headers)) head.push(`${name}: ${value}`);
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), answer.body]));
}
