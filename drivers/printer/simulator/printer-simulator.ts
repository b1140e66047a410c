import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { DriverClock } from '#drivers/contract.ts';
import type { PrinterFault } from './fault.ts';
import type { PrintedTicket } from './paper.ts';
import { SimulatedPrinter, type SimulatedPrinterOptions } from './simulated-printer.ts';

export interface PrinterSimulatorOptions extends SimulatedPrinterOptions {
  /** TCP port on this machine; 0 takes a free one. */
  readonly port: number;
}

/** A ticket printer on TCP that speaks real bytes, shows its paper and misbehaves on request (HW1). */
export interface PrinterSimulator {
  readonly port: number;
  /** Every piece of paper so far; the last one may not be cut yet. */
  paper(): readonly PrintedTicket[];
  /** How often a connection was taken, and refused because there was one already. */
  connections(): { readonly taken: number; readonly refused: number };
  /** The fault in force. */
  fault(): PrinterFault | null;
  /** Brings a fault, or with null repairs the printer; it then goes on where it stopped. */
  setFault(fault: PrinterFault | null): void;
  /** Called after every printed line and every cut. */
  onPaper(listener: (paper: readonly PrintedTicket[]) => void): void;
  stop(): Promise<void>;
}

/** Starts a simulated printer on the loopback address; rejects when the port is taken. */
export async function startPrinterSimulator(options: PrinterSimulatorOptions): Promise<PrinterSimulator> {
  const simulator = new TcpPrinterSimulator(options);
  await simulator.start();
  return simulator;
}

class TcpPrinterSimulator implements PrinterSimulator {
  readonly #clock: DriverClock;
  readonly #printer: SimulatedPrinter;
  readonly #server: Server;
  #port: number;
  #client: Socket | null = null;
  #taken = 0;
  #refused = 0;
  #fault: PrinterFault | null = null;
  /** Bytes of the next ticket until the connection is closed, once the ticket began. */
  #bytesUntilClose: number | null = null;
  /** Answers that are sent byte by byte leave in order. */
  #dripping: number[] = [];
  #cancelDrip: (() => void) | null = null;

  constructor(options: PrinterSimulatorOptions) {
    this.#clock = options.clock;
    this.#port = options.port;
    this.#printer = new SimulatedPrinter(options);
    this.#server = createServer({ noDelay: true }, socket => this.#connected(socket));
  }

  get port(): number {
    return this.#port;
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#server.removeListener('error', reject);
        // Kept, so that a printer plugged in again has the same address.
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  paper(): readonly PrintedTicket[] {
    return this.#printer.paper();
  }

  connections() {
    return { taken: this.#taken, refused: this.#refused };
  }

  fault(): PrinterFault | null {
    return this.#fault;
  }

  setFault(fault: PrinterFault | null): void {
    this.#fault = fault;
    this.#bytesUntilClose = null;
    if (fault?.kind === 'unplugged') this.#client?.destroy();
    this.#printer.setFault(fault);
  }

  onPaper(listener: (paper: readonly PrintedTicket[]) => void): void {
    this.#printer.onPaper(() => listener(this.paper()));
  }

  async stop(): Promise<void> {
    this.#cancelDrip?.();
    this.#printer.stop();
    this.#client?.destroy();
    await new Promise<void>(resolve => this.#server.close(() => resolve()));
  }

  #connected(socket: Socket): void {
    socket.on('error', () => {});
    if (this.#client !== null || this.#fault?.kind === 'unplugged') {
      this.#refused += 1;
      socket.destroy();
      return;
    }
    this.#taken += 1;
    this.#client = socket;
    this.#printer.onAnswer(bytes => this.#send(bytes));
    socket.on('data', bytes => this.#received(socket, bytes));
    socket.on('close', () => {
      this.#client = null;
      this.#dripping = [];
      this.#printer.disconnected();
    });
  }

  #received(socket: Socket, bytes: Uint8Array): void {
    if (socket.destroyed) return;
    const fault = this.#fault;
    if (fault?.kind !== 'close-mid-ticket') {
      this.#printer.receive(bytes);
      return;
    }
    // A ticket begins with initialise; status questions before it do not count.
    const start = this.#bytesUntilClose === null ? Buffer.from(bytes).indexOf(Buffer.of(0x1b, 0x40)) : 0;
    if (start >= 0) this.#bytesUntilClose ??= fault.afterBytes;
    const left = this.#bytesUntilClose;
    if (left === null || start + left > bytes.length) {
      if (left !== null) this.#bytesUntilClose = left - (bytes.length - start);
      this.#printer.receive(bytes);
      return;
    }
    this.#printer.receive(bytes.subarray(0, start + left));
    socket.destroy();
  }

  #send(bytes: Uint8Array): void {
    if (this.#fault?.kind !== 'split-answers' && this.#dripping.length === 0) {
      this.#client?.write(bytes);
      return;
    }
    this.#dripping.push(...bytes);
    if (this.#cancelDrip === null) this.#drip();
  }

  #drip(): void {
    this.#cancelDrip = null;
    const byte = this.#dripping.shift();
    if (byte === undefined) return;
    this.#client?.write(Uint8Array.of(byte));
    const gapMs = this.#fault?.kind === 'split-answers' ? this.#fault.gapMs : 0;
    this.#cancelDrip = this.#clock.after(gapMs, () => this.#drip());
  }
}
