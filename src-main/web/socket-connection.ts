import type { WebSocket } from 'ws';
import type { MessageConnection } from '#core/wire/branch-port.ts';

export interface SocketLimits {
  /** A client is asked for a sign of life this often; one that has not answered by the next time is closed. */
  readonly pingEveryMs: number;
  /** A client with more than this many bytes waiting to be read by it is closed: it has stopped reading. */
  readonly maxUnsentBytes: number;
}

/** Close codes of RFC 6455, section 7.4.1, and of the registry it set up. */
const GOING_AWAY = 1001;
const UNSUPPORTED_DATA = 1003;
/** A client that was told to close and has not is cut off after this long. */
const CLOSE_PATIENCE_MS = 2_000;

/** A browser's WebSocket as a message connection, with a heartbeat and a limit on what waits to be read. */
export function createSocketConnection(socket: WebSocket, limits: SocketLimits): MessageConnection {
  let alive = true;
  const heartbeat = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, limits.pingEveryMs);
  socket.on('pong', () => {
    alive = true;
  });
  socket.on('close', () => clearInterval(heartbeat));
  // ws reports a broken or too long frame here, then closes by itself.
  socket.on('error', () => {});

  return {
    post(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > limits.maxUnsentBytes) socket.terminate();
      else socket.send(message);
    },
    onMessage(listener) {
      socket.on('message', (data, isBinary) => {
        if (isBinary) socket.close(UNSUPPORTED_DATA);
        else if (socket.readyState === socket.OPEN) listener(data.toString());
      });
    },
    onClose(listener) {
      socket.on('close', listener);
    },
    close() {
      socket.close(GOING_AWAY);
      const cutOff = setTimeout(() => socket.terminate(), CLOSE_PATIENCE_MS);
      socket.on('close', () => clearTimeout(cutOff));
    },
  };
}
