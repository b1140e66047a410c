import { type AddressInfo, createServer, type Socket } from 'node:net';

/** The device's end of a line: what simulators of boards, keypads and readers offer. */
export interface DeviceEnd {
  receive(bytes: Uint8Array): void;
  onBytes(listener: (bytes: Uint8Array) => void): void;
}

/**
 * Puts a simulated device behind a TCP port of this machine, as a serial server does: one client at a time, a second
 * one is turned away. Rejects when the port is taken.
 * @param port 0 takes a free one
 */
export async function serveOnTcp(
  device: DeviceEnd,
  port: number,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  let client: Socket | null = null;
  device.onBytes(bytes => {
    client?.write(bytes);
  });
  const server = createServer({ noDelay: true }, socket => {
    socket.on('error', () => {});
    if (client !== null) {
      socket.destroy();
      return;
    }
    client = socket;
    socket.on('data', bytes => device.receive(bytes));
    socket.on('close', () => {
      client = null;
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      client?.destroy();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}
