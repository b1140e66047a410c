import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import { MAX_LINK_FRAME_BYTES, PairingRefusal } from '#core/wire/link-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { knownCode } from './link-connection.ts';
import { MAX_PAIRING_FRAME_BYTES } from './text-exchange.ts';

/** Where a station listens. An address is only a way to it, never who it is (BR8). */
export interface LinkAddress {
  readonly host: string;
  readonly port: number;
}

/** BR2: nothing older is spoken. */
export const TLS_1_3 = { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' } as const;

/**
 * Opens a TLS 1.3 connection. Failures: `U511` nobody there in time; `U512` its certificate does not fit `options`, or
 * it speaks no TLS; `U513` its certificate is out of date; `U526` the own key cannot be used.
 */
export function connectSecurely(
  { host, port }: LinkAddress,
  options: ConnectionOptions,
  clock: DriverClock,
  waitMs: number,
  signal?: AbortSignal,
): Promise<Result<TLSSocket>> {
  return new Promise(resolve => {
    const socket = open({ ...options, ...TLS_1_3, host, port });
    if (socket === null) return resolve(fail('U526'));
    const done = (result: Result<TLSSocket>) => {
      cancel();
      signal?.removeEventListener('abort', giveUp);
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    const giveUp = () => done(fail('U511'));
    const cancel = clock.after(waitMs, giveUp);
    signal?.addEventListener('abort', giveUp);
    // Stays: an error after the handshake must not end the program.
    socket.on('error', (error: NodeJS.ErrnoException) => done(fail(codeOfTlsError(error))));
    socket.once('close', () => done(fail('U511')));
    socket.once('secureConnect', () => {
      socket.removeAllListeners('close');
      done(ok(socket));
    });
    if (signal?.aborted) giveUp();
  });
}

/** Null when its own key and certificate cannot be used: OpenSSL throws for them. */
function open(options: ConnectionOptions): TLSSocket | null {
  try {
    return connect(options);
  } catch {
    return null;
  }
}

const OUT_OF_REACH = /^(ECONN|EHOST|ENET|ETIMEDOUT|ENOTFOUND|EAI_|EADDRNOTAVAIL|EPIPE)/;

/** What a failed handshake means to a person, by the codes of Node and OpenSSL. */
export function codeOfTlsError({ code = '' }: { readonly code?: string | undefined }): ErrorCode {
  if (OUT_OF_REACH.test(code)) return 'U511';
  return code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID' ? 'U513' : 'U512';
}

/** More than any refusal has. */
const MAX_REFUSAL_BYTES = 2_000;

/**
 * Makes a WebSocket on an open TLS connection; it is paused. Failures: the code the server refused with; `U528` none, or not in
 * time.
 */
export function upgradeSocket(
  socket: TLSSocket,
  path: '/link' | '/pair',
  clock: DriverClock,
  waitMs: number,
): Promise<Result<WebSocket>> {
  return new Promise(resolve => {
    // The name is of no consequence: the TLS connection is open, and decides where this goes.
    const webSocket = new WebSocket(`ws://link.foyer.invalid${path}`, {
      createConnection: () => socket,
      maxPayload: path === '/pair' ? MAX_PAIRING_FRAME_BYTES : MAX_LINK_FRAME_BYTES,
      perMessageDeflate: false,
    });
    const done = (result: Result<WebSocket>) => {
      cancel();
      if (!result.ok) {
        webSocket.terminate();
        socket.destroy();
      }
      resolve(result);
    };
    const cancel = clock.after(waitMs, () => done(fail('U528')));
    webSocket.on('error', () => done(fail('U528')));
    webSocket.once('open', () => {
      // What has come with the answer waits until somebody listens, who resumes it.
      webSocket.pause();
      done(ok(webSocket));
    });
    webSocket.once('unexpected-response', (_request, response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body = (body + text).slice(0, MAX_REFUSAL_BYTES);
      });
      response.once('close', () => done(refusalOf(body)));
    });
  });
}

function refusalOf(body: string): Result<never> {
  try {
    const { code } = PairingRefusal.parse(JSON.parse(body));
    return fail(knownCode(code));
  } catch {
    return fail('U528');
  }
}
