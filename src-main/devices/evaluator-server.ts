import { createHash, timingSafeEqual } from 'node:crypto';
import { type WebSocket, WebSocketServer } from 'ws';
import { fail, ok, type Result } from '#core/wire/result.ts';
import {
  encodeBadPacket,
  encodeHeartbeatAnswer,
  encodeLogInAnswer,
  encodeLogInRequest,
  encodeUnknownCommand,
  readEvaluatorMessage,
} from '#drivers/keypad/network-evaluator.ts';

/**
 * The place where networked evaluators connect and log in (hardware-protocols 10.5): one server for each TCP port,
 * for all counters whose evaluators use it.
 */

/** A counter's evaluator as the server expects it. */
export interface ExpectedEvaluator {
  readonly workNumber: string;
  /** Empty: any key; then only programs of this PC that are no web pages may log in. */
  readonly key: string;
  /** An evaluator silent for so long is given up. */
  readonly silenceMs: number;
  onArrived(connection: EvaluatorConnection): void;
  onGone(connection: EvaluatorConnection): void;
  /** A packet that could not be read. */
  onMalformed(): void;
}

/** A logged-in evaluator. */
export interface EvaluatorConnection {
  /** Resolves when the operating system took the text; false when the connection is gone. */
  send(text: string): Promise<boolean>;
  close(): void;
}

export type ListenAt = 'this-pc' | 'branch-network';

/** An evaluator's lease of a server: it listens as long as somebody expects an evaluator there. */
export interface EvaluatorLease {
  end(): Promise<void>;
}

const MAX_PACKET_BYTES = 4096;
const MAX_CONNECTIONS = 128;
const LOG_IN_WITHIN_MS = 10_000;

interface RunningServer {
  readonly listen: ListenAt;
  readonly expected: Set<ExpectedEvaluator>;
  readonly started: Promise<Result<WebSocketServer>>;
}

/** TCP ports belong to the process, and so do the servers on them. */
const servers = new Map<number, RunningServer>();

/**
 * Expects an evaluator on a port, and listens there if nobody did.
 * @returns K314 when the port is taken or serves others than `listen` says
 */
export async function expectEvaluator(
  port: number,
  listen: ListenAt,
  evaluator: ExpectedEvaluator,
): Promise<Result<EvaluatorLease>> {
  let server = servers.get(port);
  if (server !== undefined && server.listen !== listen) return fail('K314', { port });
  if (server === undefined) {
    const expected = new Set<ExpectedEvaluator>();
    server = { listen, expected, started: startServer(port, listen, expected) };
    servers.set(port, server);
  }
  const running = server;
  running.expected.add(evaluator);
  const end = async (): Promise<void> => {
    running.expected.delete(evaluator);
    if (running.expected.size > 0 || servers.get(port) !== running) return;
    servers.delete(port);
    const started = await running.started;
    if (started.ok) await closed(started.value);
  };
  const started = await running.started;
  if (started.ok) return ok({ end });
  await end();
  return started;
}

function startServer(
  port: number,
  listen: ListenAt,
  expected: ReadonlySet<ExpectedEvaluator>,
): Promise<Result<WebSocketServer>> {
  return new Promise(resolve => {
    const server = new WebSocketServer({
      port,
      host: listen === 'this-pc' ? '127.0.0.1' : '0.0.0.0',
      maxPayload: MAX_PACKET_BYTES,
      perMessageDeflate: false,
    });
    server.on('error', () => resolve(fail('K314', { port })));
    server.once('listening', () => resolve(ok(server)));
    server.on('connection', (socket, request) => {
      socket.on('error', () => socket.terminate());
      if (server.clients.size > MAX_CONNECTIONS) socket.terminate();
      else serve(socket, expected, request.headers.origin !== undefined);
    });
  });
}

function serve(socket: WebSocket, expected: ReadonlySet<ExpectedEvaluator>, isWebPage: boolean): void {
  let user: ExpectedEvaluator | null = null;
  let patience = setTimeout(() => socket.terminate(), LOG_IN_WITHIN_MS);
  const connection: EvaluatorConnection = {
    send: text =>
      new Promise(resolve => {
        if (socket.readyState !== socket.OPEN) resolve(false);
        else socket.send(text, error => resolve(!error));
      }),
    close: () => socket.terminate(),
  };

  function heard(silenceMs: number): void {
    clearTimeout(patience);
    patience = setTimeout(() => socket.terminate(), silenceMs);
  }

  socket.on('close', () => {
    clearTimeout(patience);
    user?.onGone(connection);
  });
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? ({ kind: 'bad-packet' } as const) : readEvaluatorMessage(String(data));
    switch (message.kind) {
      case 'log-in': {
        const found = [...expected].find(
          one => one.workNumber === message.workNumber && isKeyRight(one, message.key, isWebPage),
        );
        void connection.send(encodeLogInAnswer(found !== undefined));
        if (found === undefined || found === user) return;
        user?.onGone(connection);
        user = found;
        heard(found.silenceMs);
        found.onArrived(connection);
        return;
      }
      case 'heartbeat':
        if (user === null) return void connection.send(encodeLogInRequest());
        heard(user.silenceMs);
        return void connection.send(encodeHeartbeatAnswer(Date.now()));
      case 'bad-packet':
        user?.onMalformed();
        return void connection.send(encodeBadPacket());
      case 'unknown-command':
        return void connection.send(encodeUnknownCommand());
    }
  });
  void connection.send(encodeLogInRequest());
}

/** Any web page can connect to this PC, so one without a key is nobody's evaluator. */
function isKeyRight({ key }: ExpectedEvaluator, given: string, isWebPage: boolean): boolean {
  if (key === '') return !isWebPage;
  return timingSafeEqual(hashOf(key), hashOf(given));
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function closed(server: WebSocketServer): Promise<void> {
  for (const socket of server.clients) socket.terminate();
  return new Promise(resolve => server.close(() => resolve()));
}
