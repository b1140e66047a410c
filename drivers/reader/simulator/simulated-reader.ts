import type { DriverClock } from '#drivers/contract.ts';
import { attachToMockPort, type ByteDevice, type SimulatedPort } from '#drivers/simulated-port.ts';
import type { ReaderFormat } from '../reader-line.ts';

/** How a simulated reader misbehaves (HW1), one fault at a time. */
export const READER_FAULTS = [
  /** Sends byte by byte, with pauses a reading may have. */
  'split',
  /** Sends noise before the reading. */
  'garbage',
  /** Stops in the middle of the reading for too long. */
  'late',
  /** Sends every reading twice. */
  'double',
  /** Loses the end of the reading. */
  'no-end',
  'unplugged',
] as const;
export type ReaderFault = (typeof READER_FAULTS)[number];

/** A serial reader made of software: it sends what a real one would. */
export interface SimulatedReader {
  /** The serial port it hangs on, for `createSerialTransport`. */
  readonly port: Pick<SimulatedPort, 'path' | 'simulatedBy'>;
  /** Its end of any other line: `serveOnTcp(device, …)`, `attachToSerialPort(device, …)`. */
  readonly device: ByteDevice;
  /** Somebody holds a card or a code to it. */
  scan(text: string): void;
  fault(): ReaderFault | null;
  setFault(fault: ReaderFault | null): void;
}

/** No text of any reader's. */
const NOISE = Uint8Array.of(0xff, 0x00, 0x9c, 0x80, 0x03);

/** @param path a name for the port that no other simulated port has */
export function createSimulatedReader(
  path: string,
  format: ReaderFormat,
  clock: DriverClock,
): SimulatedReader {
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  const send = (bytes: Uint8Array) => {
    for (const listener of listeners) listener(bytes);
  };
  let fault: ReaderFault | null = null;
  const device: ByteDevice = {
    receive() {},
    onBytes: listener => void listeners.push(listener),
  };
  const port = attachToMockPort(device, path);

  const drip = (bytes: Uint8Array, gapMs: number) => {
    if (bytes.length === 0) return;
    send(bytes.subarray(0, 1));
    clock.after(gapMs, () => drip(bytes.subarray(1), gapMs));
  };

  return {
    port,
    device,
    scan(text) {
      const bytes = Buffer.from(format.prefix + text + format.suffix, 'latin1');
      const half = Math.ceil(bytes.length / 2);
      switch (fault) {
        case 'unplugged':
          return;
        case 'split':
          return drip(bytes, 1);
        case 'garbage':
          return send(Buffer.concat([NOISE, Buffer.from(format.suffix, 'latin1'), bytes]));
        case 'late':
          send(bytes.subarray(0, half));
          clock.after(format.longestGapMs * 2, () => send(bytes.subarray(half)));
          return;
        case 'double':
          return send(Buffer.concat([bytes, bytes]));
        case 'no-end':
          return send(bytes.subarray(0, bytes.length - format.suffix.length));
        default:
          send(bytes);
      }
    },
    fault: () => fault,
    setFault(next) {
      if (next === 'unplugged') port.unplug();
      else if (fault === 'unplugged') port.plugIn();
      fault = next;
    },
  };
}
