import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { DriverClock } from '#drivers/contract.ts';

/** From one address, before they have shown who they are; a PC that is switched on needs two or three. */
export const MAX_STRANGERS_OF_ONE = 16;

/**
 * Connections that have not shown who they are: few from one address, and not for long, so that somebody who only
 * holds them open keeps no PC of the branch out. (Node looks at its own limits twice a minute.)
 * @param patienceMs for handshake and request together
 * @returns to be called with the TLS connection of somebody who has shown who he is, or whose pairing has limits of
 * its own
 */
export function limitStrangers(
  server: Server,
  clock: DriverClock,
  patienceMs: number,
): (socket: Socket) => void {
  const counts = new Map<string, number>();
  /** By the far end: a TLS connection does not name the one below it. */
  const strangers = new Map<string, () => void>();

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const place = placeOf(socket);
    const count = (counts.get(address) ?? 0) + 1;
    if (count > MAX_STRANGERS_OF_ONE) return socket.destroy();
    counts.set(address, count);
    const cancel = clock.after(patienceMs, () => socket.destroy());
    const forget = () => {
      if (!strangers.delete(place)) return;
      cancel();
      const left = (counts.get(address) ?? 1) - 1;
      if (left > 0) counts.set(address, left);
      else counts.delete(address);
    };
    strangers.set(place, forget);
    socket.once('close', forget);
  });
  return socket => strangers.get(placeOf(socket))?.();
}

function placeOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
