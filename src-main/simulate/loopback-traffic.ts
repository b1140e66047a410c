import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** The TCP connections of this program with itself: drivers at one end, simulated devices at the other. */
export interface LoopbackTraffic {
  /** True when every byte sent has been read at the other end, and nobody is connecting or closing. */
  isQuiet(): boolean;
  /** Stops watching. */
  stop(): void;
}

/**
 * Watches connections made from now on. The operating system gives no sign that nothing is on its way, but both ends
 * are ours: what one has written and the other not yet read is on its way.
 */
export function watchLoopbackTraffic(): LoopbackTraffic {
  const clients = new Set<Socket>();
  const servers = new Set<Socket>();
  const keepIn = (sockets: Set<Socket>) => (message: unknown) => {
    const { socket } = message as { socket: Socket };
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  const keepClient = keepIn(clients);
  const keepServer = keepIn(servers);
  subscribe('net.client.socket', keepClient);
  subscribe('net.server.socket', keepServer);

  return {
    isQuiet() {
      // One end still open and the other gone, or not there yet: something is going on.
      if (clients.size !== servers.size) return false;
      for (const client of clients) if (!isBalanced(client, servers)) return false;
      return true;
    },
    stop() {
      unsubscribe('net.client.socket', keepClient);
      unsubscribe('net.server.socket', keepServer);
    },
  };
}

function isBalanced(client: Socket, servers: ReadonlySet<Socket>): boolean {
  if (client.connecting || client.destroyed) return false;
  for (const server of servers)
    if (server.remotePort === client.localPort)
      return client.bytesWritten === server.bytesRead && server.bytesWritten === client.bytesRead;
  return false;
}
