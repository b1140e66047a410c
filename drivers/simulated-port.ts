import { SerialPort, SerialPortMock } from 'serialport';
import type { MockPort, MockPorts } from './serial-transport.ts';

/** What a line needs of the device behind it. */
export interface ByteDevice {
  receive(bytes: Uint8Array): void;
  onBytes(listener: (bytes: Uint8Array) => void): void;
}

export interface SimulatedPort {
  readonly path: string;
  /** For `createSerialTransport({ simulatedBy })`. */
  readonly simulatedBy: MockPorts;
  /** Pulls the plug: the open port is lost and cannot be opened again before `plugIn()`. */
  unplug(): void;
  plugIn(): void;
}

/** Puts `device` behind the in-process serial port `path`. */
export function attachToMockPort(device: ByteDevice, path: string): SimulatedPort {
  const mock: MockPorts = SerialPortMock.binding;
  mock.createPort(path);
  let opened: MockPort | null = null;
  let plugged = true;
  device.onBytes(bytes => {
    if (opened?.isOpen) opened.emitData(Buffer.from(bytes));
  });
  return {
    path,
    simulatedBy: {
      ...mock,
      async open(options) {
        if (!plugged) throw new Error(`simulated port ${path} is unplugged`);
        const port = await mock.open(options);
        opened = port;
        return wireTo(device, port, () => plugged);
      },
    },
    unplug() {
      plugged = false;
      if (opened?.isOpen) opened.emitData(Buffer.of(0));
    },
    plugIn() {
      plugged = true;
    },
  };
}

/** The port, with what is written going to the device and every use failing as a pulled plug does. */
function wireTo(device: ByteDevice, port: MockPort, isPlugged: () => boolean): MockPort {
  const read = port.read.bind(port);
  const write = port.write.bind(port);
  const checkPlug = (): void => {
    if (!isPlugged()) throw new Error('simulated port was unplugged');
  };
  port.read = async (buffer, offset, length) => {
    const result = await read(buffer, offset, length);
    checkPlug();
    return result;
  };
  port.write = async buffer => {
    checkPlug();
    await write(buffer);
    device.receive(buffer);
  };
  return port;
}

/** Puts `device` at this end of a real line. Rejects when the port cannot be opened. */
export async function attachToSerialPort(
  device: ByteDevice,
  path: string,
  baudRate: number,
): Promise<{ close(): Promise<void> }> {
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open(error => (error ? reject(error) : resolve())));
  port.on('error', () => {});
  port.on('data', (bytes: Uint8Array) => device.receive(bytes));
  device.onBytes(bytes => {
    if (port.isOpen) port.write(Buffer.from(bytes));
  });
  return {
    close: () => new Promise(resolve => (port.isOpen ? port.close(() => resolve()) : resolve())),
  };
}
