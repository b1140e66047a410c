import { serveOnTcp } from '#drivers/serve-on-tcp.ts';
import { attachToSerialPort, type ByteDevice } from '#drivers/simulated-port.ts';

/** Where a device hangs: a TCP port of this machine, or a serial line such as one end of a pseudo-terminal pair. */
export type DeviceLine =
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'serial'; readonly path: string; readonly baudRate: number };

/** Hangs a simulated device on a line. Rejects when the line cannot be had. */
export async function hangOn(
  device: ByteDevice,
  line: DeviceLine,
): Promise<{ readonly address: string; close(): Promise<void> }> {
  if (line.kind === 'serial') {
    const { close } = await attachToSerialPort(device, line.path, line.baudRate);
    return { address: line.path, close };
  }
  const served = await serveOnTcp(device, line.port);
  return { address: `127.0.0.1:${served.port}`, close: served.close };
}
