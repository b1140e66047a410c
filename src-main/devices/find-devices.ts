import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { plainPath } from '#core/documents/check-device-settings.ts';
import type { DeviceSettings } from '#core/wire/device-settings.ts';
import type { FoundDevice } from '#core/wire/views-hardware.ts';

/** Where network printers listen for raw data. */
const PRINTER_PORT = 9100;
/** A printer in the same hall answers in a few milliseconds. */
const ASK_MS = 400;
const ASKED_AT_ONCE = 32;

export interface FindRequest {
  readonly searchNetwork: boolean;
  readonly addresses: readonly string[];
  readonly publishers: readonly string[];
}

/** Looks at one kind of line; rejects where this PC has no such thing. */
export interface Lookers {
  serialPorts(): Promise<readonly { readonly path: string; readonly label: string }[]>;
  /** HID devices that a keypad profile knows (`profileId`), or that may be keypads to be learned (null). */
  keypads(): Promise<
    readonly { readonly path: string; readonly label: string; readonly profileId: string | null }[]
  >;
  usbPrinters(): Promise<readonly string[]>;
  spoolerPrinters(): Promise<readonly string[]>;
  /** Does somebody listen there? */
  answers(host: string, port: number, waitMs: number): Promise<boolean>;
  /** Addresses of this PC's own networks, without its own. */
  neighbours(): readonly string[];
}

export interface FindProgress {
  readonly asked: number;
  readonly total: number;
}

type Found = Omit<FoundDevice, 'usedBy'>;

/**
 * HW7: what is plugged in, and on request which addresses listen like a printer. Nothing is sent to anything found.
 * @param onFound is told of each as it turns up
 * @returns the kinds of line this PC cannot list
 */
export async function findDevices(
  request: FindRequest,
  lookers: Lookers,
  onFound: (found: Found) => void,
  onProgress: (progress: FindProgress) => void,
): Promise<readonly string[]> {
  const unavailable: string[] = [];
  const look = async (name: string, looking: () => Promise<void>) => {
    try {
      await looking();
    } catch {
      unavailable.push(name);
    }
  };
  const plain = { port: null, profileId: null, label: '' };
  await Promise.all([
    look('serial', async () => {
      for (const { path, label } of await lookers.serialPorts())
        onFound({
          ...plain,
          key: `serial ${path}`,
          kind: 'serial-port',
          connection: 'serial',
          address: path,
          label,
        });
    }),
    look('hid', async () => {
      for (const { path, label, profileId } of await lookers.keypads())
        onFound({
          ...plain,
          key: `hid ${path}`,
          kind: 'keypad',
          connection: 'hid',
          address: path,
          label,
          profileId,
        });
    }),
    look('usb-lp', async () => {
      for (const path of await lookers.usbPrinters())
        onFound({ ...plain, key: `usb ${path}`, kind: 'printer', connection: 'usb-lp', address: path });
    }),
    look('spooler', async () => {
      for (const printer of await lookers.spoolerPrinters())
        onFound({
          ...plain,
          key: `spooler ${printer}`,
          kind: 'printer',
          connection: 'spooler',
          address: printer,
        });
    }),
  ]);
  await askAddresses(request, lookers, onFound, onProgress);
  return unavailable;
}

/** Asks address by address, a limited number at once, and says how far it is. */
async function askAddresses(
  { searchNetwork, addresses, publishers }: FindRequest,
  lookers: Lookers,
  onFound: (found: Found) => void,
  onProgress: (progress: FindProgress) => void,
): Promise<void> {
  const hosts = [...new Set([...addresses, ...(searchNetwork ? lookers.neighbours() : [])])];
  const questions: { host: string; port: number; found: Found }[] = [
    ...publishers.flatMap(publisher => {
      const url = URL.parse(publisher);
      if (!url) return [];
      const port = Number(url.port) || (url.protocol === 'wss:' ? 443 : 80);
      const found: Found = {
        key: `xfs ${publisher}`,
        kind: 'printer',
        connection: 'xfs4iot',
        address: publisher,
        port,
        label: '',
        profileId: null,
      };
      return [{ host: url.hostname, port, found }];
    }),
    ...hosts.map(host => ({
      host,
      port: PRINTER_PORT,
      found: {
        key: `tcp ${host}`,
        kind: 'printer',
        connection: 'tcp',
        address: host,
        port: PRINTER_PORT,
        label: '',
        profileId: null,
      } as const,
    })),
  ];
  const total = questions.length;
  let asked = 0;
  onProgress({ asked, total });
  const waiting = questions.values();
  const ask = async () => {
    for (const { host, port, found } of waiting) {
      if (await lookers.answers(host, port, ASK_MS)) onFound(found);
      asked++;
      onProgress({ asked, total });
    }
  };
  await Promise.all(Array.from({ length: Math.min(ASKED_AT_ONCE, total) }, ask));
}

/** The device of the settings that uses what was found, or null. */
export function userOf({ connection, address, port }: Found, settings: DeviceSettings): string | null {
  const path = plainPath(address);
  const lines = [
    ...settings.printers.map(({ id, connection: line }) => ({ id, line })),
    ...settings.ledBuses.map(({ id, port: line }) => ({ id, line })),
    ...settings.keypads.map(({ id, connection: line }) => ({ id, line })),
    ...settings.readers.map(({ id, connection: line }) => ({ id, line })),
  ];
  const user = lines.find(({ line }) => {
    if (typeof line === 'string') return connection === 'hid' && line !== 'simulated';
    if (connection === 'hid' || line.kind !== connection) return false;
    switch (line.kind) {
      case 'serial':
      case 'usb-lp':
        return plainPath(line.path) === path;
      case 'tcp':
        return line.host === address && line.port === port;
      case 'spooler':
        return line.printer === address;
      case 'xfs4iot':
        return line.publisher === address;
      default:
        return false;
    }
  });
  return user?.id ?? null;
}

/** Tries to connect and hangs up at once, with a proper end, so that no printer takes it for a broken job. */
export function answers(host: string, port: number, waitMs: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port });
    const end = (answered: boolean) => {
      clearTimeout(timer);
      if (answered) socket.end();
      else socket.destroy();
      resolve(answered);
    };
    const timer = setTimeout(() => end(false), waitMs);
    socket.once('connect', () => end(true));
    socket.on('error', () => end(false));
  });
}

/**
 * Every address of the /24 around each own IPv4 address, without the own ones: branch networks are larger at
 * times, but 254 addresses are what a person waits for.
 */
export function neighbours(interfaces = networkInterfaces()): string[] {
  const own = Object.values(interfaces)
    .flatMap(addresses => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  const networks = new Set(own.map(address => address.slice(0, address.lastIndexOf('.'))));
  return [...networks]
    .flatMap(network => Array.from({ length: 254 }, (_, index) => `${network}.${index + 1}`))
    .filter(address => !own.includes(address));
}

/** `/dev/usb/lp0` and so on; rejects where there is no such folder. */
export async function usbPrinters(folder = '/dev/usb'): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter(name => /^lp\d+$/.test(name)).map(name => `${folder}/${name}`);
}
