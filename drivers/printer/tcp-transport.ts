import { connect, type Socket } from 'node:net';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { ByteTransport, DriverClock } from '#drivers/contract.ts';

/**
 * A printer's TCP port (hardware-protocols 3). Usually it takes one client at a time, and after an unclean close
 * some models refuse everybody for tens of seconds: so one connection is kept and always closed with FIN.
 */
export interface TcpPrinterAddress {
  readonly host: string;
  /** 9100 on nearly every model. */
  readonly port: number;
}

const CONNECT_MS = 3_000;
/** After this the operating system may finish the closing alone. */
const CLOSE_MS = 1_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

/**
 * Makes a transport for one printer; nothing is connected yet.
 *
 * All failures are P105. A refused `write` carries the fact `bytesTaken: 0` when certainly no byte left; a
 * failure without it may have put bytes on the wire.
 */
export function createTcpTransport(address: TcpPrinterAddress, clock: DriverClock): ByteTransport {
  return new TcpTransport(address, clock);
}

class TcpTransport implements ByteTransport {
  readonly #address: TcpPrinterAddress;
  readonly #clock: DriverClock;
  #socket: Socket | null = null;
  #opening: Promise<Result<void>> | null = null;
  #onData: (bytes: Uint8Array) => void = () => {};
  #onLost: (failure: Failure) => void = () => {};

  constructor(address: TcpPrinterAddress, clock: DriverClock) {
    this.#address = address;
    this.#clock = clock;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onLost(listener: (failure: Failure) => void): void {
    this.#onLost = listener;
  }

  open(): Promise<Result<void>> {
    if (this.#socket !== null) return Promise.resolve(ok(undefined));
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #connect(): Promise<Result<void>> {
    const socket = connect({ ...this.#address, noDelay: true });
    const opened = await this.#untilOpen(socket);
    if (!opened) {
      socket.destroy();
      return fail('P105');
    }
    this.#socket = socket;
    socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS);
    socket.on('data', bytes => {
      if (this.#socket === socket) this.#onData(bytes);
    });
    // 'close' follows an error and the printer's FIN alike; Node answers the FIN by itself.
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#onLost({ code: 'P105' });
    });
    return ok(undefined);
  }

  async write(bytes: Uint8Array): Promise<Result<void>> {
    const socket = this.#socket;
    if (socket === null || !socket.writable) return fail('P105', { bytesTaken: 0 });
    return new Promise(resolve => {
      socket.write(bytes, error => resolve(error ? fail('P105') : ok(undefined)));
    });
  }

  async close(): Promise<void> {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null || socket.destroyed) return;
    await new Promise<void>(resolve => {
      const giveUp = this.#clock.after(CLOSE_MS, () => socket.destroy());
      socket.once('close', () => {
        giveUp();
        resolve();
      });
      socket.end();
      // Unread answers would turn the FIN into a reset.
      socket.resume();
    });
  }

  #untilOpen(socket: Socket): Promise<boolean> {
    return new Promise(resolve => {
      const giveUp = this.#clock.after(CONNECT_MS, () => resolve(false));
      const settle = (opened: boolean) => {
        giveUp();
        resolve(opened);
      };
      socket.once('connect', () => settle(true));
      // Stays attached: an error event nobody hears would end the program. 'close' follows it.
      socket.on('error', () => settle(false));
      socket.once('close', () => settle(false));
    });
  }
}
