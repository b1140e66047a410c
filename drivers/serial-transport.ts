import { SerialPort, SerialPortMock } from 'serialport';
import type { SerialFormat } from '#core/wire/device-settings.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { ByteTransport } from '#drivers/contract.ts';

/** An open port of `MockPorts`, as far as it is used here (the package ships it without types). */
export interface MockPort {
  readonly isOpen: boolean;
  emitData(bytes: Buffer): void;
  read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }>;
  write(buffer: Buffer): Promise<void>;
}

/** `serialport`'s in-process stand-in for the operating system's ports. */
export interface MockPorts {
  createPort(path: string): void;
  open(options: unknown): Promise<MockPort>;
}

export interface SerialPortSettings {
  /** `COM3`, `/dev/ttyUSB0`, or the path of a simulated port. */
  readonly path: string;
  readonly baudRate: number;
  readonly format?: SerialFormat;
  /** Codes of the driver's area for a port that cannot be opened and one that is lost; L202 and L203 by default. */
  readonly codes?: { readonly refused: ErrorCode; readonly lost: ErrorCode };
  /** Null opens the real port; otherwise the port of that path among the simulated ones. */
  readonly simulatedBy: MockPorts | null;
}

type AnyPort = SerialPort | SerialPortMock;

/**
 * A serial port as a byte stream, 8N1 unless told otherwise. No flow control, and modem lines are never read or
 * set: a printer that is busy must still hear real-time bytes, RS-485 direction is the adapter's affair, and
 * pseudo-terminals have none. A write refused before any byte left carries the fact `bytesTaken: 0`.
 */
export function createSerialTransport(settings: SerialPortSettings): ByteTransport {
  return new SerialTransport(settings);
}

class SerialTransport implements ByteTransport {
  readonly #settings: SerialPortSettings;
  readonly #codes: { readonly refused: ErrorCode; readonly lost: ErrorCode };
  readonly #dataListeners: ((bytes: Uint8Array) => void)[] = [];
  readonly #lossListeners: ((failure: Failure) => void)[] = [];
  #port: AnyPort | null = null;
  /** Raised by each `open()` and `close()`, so that an opening under way knows that it is no longer wanted. */
  #generation = 0;
  /** Called when the port goes away, so that no write waits for ever. */
  readonly #endOfPort = new Set<() => void>();

  constructor(settings: SerialPortSettings) {
    this.#settings = settings;
    this.#codes = settings.codes ?? { refused: 'L202', lost: 'L203' };
  }

  async open(): Promise<Result<void>> {
    this.#generation += 1;
    const generation = this.#generation;
    await this.#closePort();
    const port = makePort(this.#settings);
    // The stream repeats on 'error' what the callbacks already told; unheard it would end the program.
    port.on('error', () => {});
    const error = await new Promise<Error | null | undefined>(resolve => port.open(resolve));
    if (error) return fail(this.#codes.refused, { path: this.#settings.path });
    if (generation !== this.#generation) {
      await closed(port);
      return fail(this.#codes.refused, { path: this.#settings.path });
    }
    this.#port = port;
    port.on('data', (bytes: Uint8Array) => {
      if (this.#port === port) for (const listener of this.#dataListeners) listener(bytes);
    });
    port.on('close', () => this.#gone(port));
    port.on('end', () => this.#gone(port));
    return ok(undefined);
  }

  /** Resolves when the operating system has sent the last byte (drain). */
  async write(bytes: Uint8Array): Promise<Result<void>> {
    const port = this.#port;
    if (port === null || !port.isOpen)
      return fail(this.#codes.lost, { path: this.#settings.path, bytesTaken: 0 });
    return new Promise(resolve => {
      const settle = (error?: Error | null | undefined): void => {
        this.#endOfPort.delete(abort);
        resolve(error ? fail(this.#codes.lost, { path: this.#settings.path }) : ok(undefined));
      };
      const abort = (): void => settle(new Error('port lost'));
      this.#endOfPort.add(abort);
      port.write(Buffer.from(bytes), undefined, error => {
        if (error) settle(error);
        else if (port.isOpen) port.drain(settle);
      });
    });
  }

  async close(): Promise<void> {
    this.#generation += 1;
    await this.#closePort();
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#dataListeners.push(listener);
  }

  onLost(listener: (failure: Failure) => void): void {
    this.#lossListeners.push(listener);
  }

  async #closePort(): Promise<void> {
    const port = this.#port;
    this.#port = null;
    this.#abortWrites();
    if (port !== null) await closed(port);
  }

  #gone(port: AnyPort): void {
    if (this.#port !== port) return;
    this.#port = null;
    this.#abortWrites();
    void closed(port);
    const failure: Failure = { code: this.#codes.lost, facts: { path: this.#settings.path } };
    for (const listener of this.#lossListeners) listener(failure);
  }

  #abortWrites(): void {
    for (const abort of [...this.#endOfPort]) abort();
  }
}

function closed(port: AnyPort): Promise<void> {
  return new Promise(resolve => (port.isOpen ? port.close(() => resolve()) : resolve()));
}

function makePort({ path, baudRate, format = '8N1', simulatedBy }: SerialPortSettings): AnyPort {
  const options = { path, baudRate, ...LINE_FORMATS[format], autoOpen: false } as const;
  if (simulatedBy === null) return new SerialPort(options);
  const simulated = { ...options, binding: simulatedBy };
  return new SerialPortMock(simulated);
}

const LINE_FORMATS = {
  '8N1': { dataBits: 8, parity: 'none', stopBits: 1 },
  '8E1': { dataBits: 8, parity: 'even', stopBits: 1 },
  '8O1': { dataBits: 8, parity: 'odd', stopBits: 1 },
  '7E1': { dataBits: 7, parity: 'even', stopBits: 1 },
  '7O1': { dataBits: 7, parity: 'odd', stopBits: 1 },
  '8N2': { dataBits: 8, parity: 'none', stopBits: 2 },
} as const satisfies Record<SerialFormat, object>;
