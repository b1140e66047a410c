import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { DriverClock } from '#drivers/contract.ts';
import type { PrinterFault } from '#drivers/printer/simulator/fault.ts';
import type { PrintedTicket } from '#drivers/printer/simulator/paper.ts';
import { SimulatedPrinter } from '#drivers/printer/simulator/simulated-printer.ts';
import { MAX_MESSAGE_BYTES, readXfsMessage, type XfsCommand } from '../envelope.ts';

/** How a simulated XFS4IoT service misbehaves (HW1), one fault at a time. */
export const PUBLISHER_FAULTS = [
  'no-acknowledge',
  /** Acknowledges, and completes after the client has given up. */
  'late-completion',
  /** Completes with another request's id. */
  'wrong-request-id',
  'closes-mid-command',
  'too-many-requests',
  /** `PrintRaw` ends with `paperOut`. */
  'paper-out',
  /** Sends what is no message. */
  'noise',
] as const;
export type PublisherFault = (typeof PUBLISHER_FAULTS)[number];

export interface PublisherOptions {
  readonly clock: DriverClock;
  /** On this machine; 0 takes a free one. */
  readonly port: number;
  /** How long a late completion is late. */
  readonly lateMs?: number;
}

/** A publisher with a printer service (HW6), for tests: `XFS4IoT` around the simulated printer's own bytes. */
export interface PublisherSimulator {
  /** The publisher's address. */
  readonly url: string;
  readonly port: number;
  /** Every piece of paper so far. */
  paper(): readonly PrintedTicket[];
  /** Messages that clients sent, parsed, oldest first. */
  received(): readonly XfsCommand[];
  setFault(fault: PublisherFault | null): void;
  /** Of the printer behind the service; a change is told with an event. */
  setPrinterFault(fault: PrinterFault | null): void;
  stop(): Promise<void>;
}

const PATH = '/xfs4iot/v1.0';
export const SIMULATED_SERVICE = 'ReceiptPrinter1';
/** A service without a printer comes first, as a client must choose. */
const OTHER_SERVICE = 'CardReader1';
const DEFAULT_LATE_MS = 15_000;

type Payload = Readonly<Record<string, unknown>>;

/** Starts a publisher on the loopback address; rejects when the port is taken. */
export async function startPublisher(options: PublisherOptions): Promise<PublisherSimulator> {
  const { clock } = options;
  const printer = new SimulatedPrinter({ clock });
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: options.port,
    maxPayload: MAX_MESSAGE_BYTES,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const { port } = server.address() as AddressInfo;
  const base = `ws://127.0.0.1:${port}${PATH}`;
  const received: XfsCommand[] = [];
  const late = new Set<() => void>();
  let fault: PublisherFault | null = null;
  let printerFault: PrinterFault | null = null;
  let answers: number[] = [];
  let answered = () => {};
  printer.onAnswer(bytes => {
    answers.push(...bytes);
    answered();
  });

  const statusPayload = (): Payload => {
    const kind = printerFault?.kind;
    const isDown = kind === 'cover-open' || kind === 'offline' || kind === 'unplugged';
    const isBroken = kind === 'cutter-error' || kind === 'unrecoverable-error';
    const paper = kind === 'paper-out' ? 'out' : kind === 'paper-near-end' ? 'low' : 'full';
    return {
      common: { device: isBroken ? 'hardwareError' : isDown ? 'offline' : 'online' },
      printer: { media: 'notPresent', paper: { upper: paper } },
    };
  };

  /** Raw bytes one command at a time: what the device says meanwhile belongs to the one that reads. */
  let lastRaw: Promise<unknown> = Promise.resolve();
  const printRaw = async ({ header, payload }: XfsCommand): Promise<[string, Payload]> => {
    if (fault === 'paper-out') return ['commandErrorCode', { errorCode: 'paperOut' }];
    if (typeof payload.data !== 'string') return ['invalidData', {}];
    answers = [];
    printer.receive(new Uint8Array(Buffer.from(payload.data, 'base64')));
    if (payload.inputData !== 'yes') return ['success', {}];
    const isAnswered = await new Promise<boolean>(resolve => {
      if (answers.length > 0) return resolve(true);
      const giveUp = clock.after(header.timeout ?? 0, () => resolve(false));
      answered = () => {
        giveUp();
        resolve(true);
      };
    });
    answered = () => {};
    return isAnswered ? ['success', { data: Buffer.from(answers).toString('base64') }] : ['timeOut', {}];
  };

  const execute = async (command: XfsCommand, service: string): Promise<[string, Payload]> => {
    switch (command.header.name) {
      case 'ServicePublisher.GetServices': {
        const services = [OTHER_SERVICE, SIMULATED_SERVICE].map(name => ({ serviceURI: `${base}/${name}` }));
        return ['success', { vendorName: 'Foyer simulator', services }];
      }
      case 'Common.SetVersions':
        return ['success', {}];
      case 'Common.Capabilities': {
        const own = service === SIMULATED_SERVICE ? 'printer' : 'cardReader';
        return ['success', { interfaces: [{ name: 'common' }, { name: own }] }];
      }
      case 'Common.Status':
        return ['success', statusPayload()];
      case 'Printer.PrintRaw': {
        const done = lastRaw.then(() => printRaw(command));
        lastRaw = done;
        return done;
      }
      default:
        return ['unsupportedCommand', {}];
    }
  };

  const serve = async (socket: WebSocket, command: XfsCommand, service: string) => {
    received.push(command);
    const { name, version, requestId } = command.header;
    const post = (type: string, more: Payload, payload?: Payload, id = requestId) => {
      const header = { type, name, version, requestId: id, ...more };
      socket.send(JSON.stringify(payload ? { header, payload } : { header }));
    };
    if (requestId === 0) return post('acknowledge', { status: 'invalidRequestID' });
    // Faults are the printer's service's; finding it works.
    const bad = name === 'Printer.PrintRaw' || name === 'Common.Status' ? fault : null;
    if (bad === 'no-acknowledge') return;
    if (bad === 'too-many-requests') return post('acknowledge', { status: 'tooManyRequests' });
    if (bad === 'noise') {
      socket.send('{"header":{"type":"completion"}}');
      socket.send('no message');
      socket.send(Buffer.from([1, 2, 3]));
    }
    post('acknowledge', {});
    if (bad === 'closes-mid-command' && name === 'Printer.PrintRaw') return socket.terminate();
    const [completionCode, payload] = await execute(command, service);
    const complete = (id = requestId) => post('completion', { completionCode }, payload, id);
    if (bad === 'late-completion') {
      const cancel = clock.after(options.lateMs ?? DEFAULT_LATE_MS, () => {
        late.delete(cancel);
        complete();
      });
      late.add(cancel);
      return;
    }
    complete(bad === 'wrong-request-id' ? requestId + 1_000 : requestId);
  };

  server.on('connection', (socket, request) => {
    const service = request.url?.split('/').at(-1) ?? '';
    socket.on('error', () => {});
    socket.on('message', data => {
      const message = readXfsMessage(data.toString());
      if (message?.header.type === 'command') void serve(socket, message as XfsCommand, service);
    });
  });

  return {
    url: base,
    port,
    paper: () => printer.paper(),
    received: () => received,
    setFault(next) {
      fault = next;
    },
    setPrinterFault(next) {
      printerFault = next;
      printer.setFault(next);
      const header = { type: 'unsolicited', name: 'Common.StatusChangedEvent', version: '3.0' };
      for (const socket of server.clients) socket.send(JSON.stringify({ header, payload: statusPayload() }));
    },
    async stop() {
      for (const cancel of late) cancel();
      printer.stop();
      for (const socket of server.clients) socket.terminate();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}
