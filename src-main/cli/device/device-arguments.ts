import { parseArgs } from 'node:util';

export type DeviceFamily = 'printer' | 'boards' | 'keypad' | 'reader' | 'publisher';

export interface DeviceArguments {
  readonly family: DeviceFamily;
  readonly line:
    | { readonly kind: 'tcp'; readonly port: number }
    | { readonly kind: 'serial'; readonly path: string; readonly baudRate: number };
  readonly fault: string | null;
  readonly addresses: readonly number[];
  readonly protocol: string;
  readonly profile: string;
}

/** The ports real devices of the family listen on. */
const USUAL_PORTS: Readonly<Record<DeviceFamily, number>> = {
  printer: 9100,
  boards: 5005,
  keypad: 9201,
  reader: 9202,
  publisher: 5846,
};

/** Only these hang on a serial line as well. */
const ON_SERIAL: readonly DeviceFamily[] = ['boards', 'keypad', 'reader'];

/** Reads the command line; null when it makes no sense. */
export function readDeviceArguments(args: readonly string[]): DeviceArguments | null {
  const options = {
    port: { type: 'string' },
    serial: { type: 'string' },
    baud: { type: 'string' },
    fault: { type: 'string' },
    addresses: { type: 'string', default: '1' },
    protocol: { type: 'string', default: 'onbon-5k6k' },
    profile: { type: 'string', default: 'serial-aa55' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [named, ...more] = positionals;
    const family = (Object.keys(USUAL_PORTS) as DeviceFamily[]).find(known => known === named);
    if (family === undefined || more.length > 0) return null;
    const line = readLine(family, values);
    const addresses = values.addresses.split(',').map(text => toWhole(text, 1, 0x7fff));
    if (line === null || addresses.some(Number.isNaN) || new Set(addresses).size !== addresses.length)
      return null;
    const { fault = null, protocol, profile } = values;
    return { family, line, fault, addresses, protocol, profile };
  } catch {
    return null;
  }
}

function readLine(
  family: DeviceFamily,
  { port, serial, baud }: { port?: string; serial?: string; baud?: string },
): DeviceArguments['line'] | null {
  if (serial !== undefined) {
    const baudRate = toWhole(baud ?? '9600', 300, 921_600);
    if (port !== undefined || serial === '' || Number.isNaN(baudRate) || !ON_SERIAL.includes(family))
      return null;
    return { kind: 'serial', path: serial, baudRate };
  }
  // 0: the system chooses a free one.
  const number = toWhole(port ?? String(USUAL_PORTS[family]), 0, 65_535);
  return baud !== undefined || Number.isNaN(number) ? null : { kind: 'tcp', port: number };
}

function toWhole(text: string, low: number, high: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return value >= low && value <= high ? value : Number.NaN;
}
