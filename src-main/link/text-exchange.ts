import type { WebSocket } from 'ws';
import type { z } from 'zod';
import type { DriverClock } from '#drivers/contract.ts';

/** A WebSocket on which both sides take turns. */
export interface TextExchange {
  send(message: unknown): void;
  /** The next message as JSON; undefined when it is none, too late, or the connection ended. */
  receive(): Promise<unknown>;
}

/** More than any message of a pairing; longer ones of somebody nobody knows are not even read. */
export const MAX_PAIRING_FRAME_BYTES = 32 * 1024;

/** All of it must be over within `waitMs`; then the socket is cut off. */
export function textExchange(socket: WebSocket, clock: DriverClock, waitMs: number): TextExchange {
  const arrived: unknown[] = [];
  let waiting: ((message: unknown) => void) | null = null;
  let ended = false;

  const give = (message: unknown) => {
    if (waiting === null) arrived.push(message);
    else waiting(message);
    waiting = null;
  };
  socket.on('message', (data, isBinary) => {
    // They take turns: whoever speaks twice is not of ours.
    const isOurs = !isBinary && arrived.length === 0;
    if (isOurs) give(parseJson(data.toString()));
    else socket.terminate();
  });
  const cancel = clock.after(waitMs, () => socket.terminate());
  socket.on('error', () => {});
  socket.once('close', () => {
    cancel();
    ended = true;
    waiting?.(undefined);
  });
  socket.resume();
  return {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    receive() {
      if (arrived.length > 0) return Promise.resolve(arrived.shift());
      if (ended) return Promise.resolve(undefined);
      return new Promise(resolve => {
        waiting = resolve;
      });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A message of this shape, or null. */
export function readAs<T extends z.ZodType>(shape: T, message: unknown): z.infer<T> | null {
  const parsed = shape.safeParse(message);
  return parsed.success ? parsed.data : null;
}
