import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import type { FoundDevice } from '#core/wire/views-hardware.ts';
import { onlySimulatedDevices } from '#main/devices/device-settings.ts';
import {
  answers,
  type FindProgress,
  findDevices,
  type Lookers,
  neighbours,
  userOf,
} from '#main/devices/find-devices.ts';

type Found = Omit<FoundDevice, 'usedBy'>;

const NOTHING: Lookers = {
  serialPorts: async () => [],
  keypads: async () => [],
  usbPrinters: async () => [],
  spoolerPrinters: async () => [],
  answers: async () => false,
  neighbours: () => [],
};
const HERE = { searchNetwork: false, addresses: [], publishers: [] };

async function find(request: Partial<typeof HERE> & object, lookers: Partial<Lookers>) {
  const found: Found[] = [];
  const progress: FindProgress[] = [];
  const unavailable = await findDevices(
    { ...HERE, ...request },
    { ...NOTHING, ...lookers },
    one => found.push(one),
    step => progress.push(step),
  );
  return { found, progress, unavailable };
}

describe('[HW7] finding devices', () => {
  it('names what is plugged in, and which lines this PC cannot list', async () => {
    const { found, unavailable } = await find(
      {},
      {
        serialPorts: async () => [{ path: 'COM3', label: 'USB Serial' }],
        keypads: async () => [{ path: 'hid-1', label: 'Keypad', profileId: 'vendor-page' }],
        usbPrinters: () => Promise.reject(new Error('no such folder')),
        spoolerPrinters: async () => ['POS-80'],
      },
    );
    expect(found).toMatchObject([
      { kind: 'serial-port', connection: 'serial', address: 'COM3' },
      { kind: 'keypad', connection: 'hid', profileId: 'vendor-page' },
      { kind: 'printer', connection: 'spooler', address: 'POS-80' },
    ]);
    expect(unavailable).toEqual(['usb-lp']);
  });

  it('asks no address of the network unless a person wants it', async () => {
    const asked: string[] = [];
    const lookers = {
      neighbours: () => ['192.0.2.1', '192.0.2.2'],
      answers: async (host: string) => asked.push(host) > 0,
    };
    expect((await find({}, lookers)).found).toEqual([]);
    expect(asked).toEqual([]);
    const { found } = await find({ searchNetwork: true }, lookers);
    expect(found.map(({ address }) => address)).toEqual(['192.0.2.1', '192.0.2.2']);
  });

  it('asks at most 32 addresses at once and says how far it is', async () => {
    let atOnce = 0;
    let most = 0;
    const hosts = neighbours({
      lan: [{ address: '192.0.2.7', family: 'IPv4', internal: false } as never],
      lo: [{ address: '127.0.0.1', family: 'IPv4', internal: true } as never],
    });
    expect(hosts).toHaveLength(253);
    expect(hosts).not.toContain('192.0.2.7');
    const { progress } = await find(
      { searchNetwork: true },
      {
        neighbours: () => hosts,
        async answers() {
          atOnce++;
          most = Math.max(most, atOnce);
          await new Promise(resolve => setImmediate(resolve));
          atOnce--;
          return false;
        },
      },
    );
    expect(most).toBe(32);
    expect(progress.at(-1)).toEqual({ asked: 253, total: 253 });
  });

  it('hangs up properly on a printer that answers, and takes a closed port for nobody', async () => {
    let hungUp = () => {};
    const over = new Promise<void>(resolve => {
      hungUp = resolve;
    });
    const server = createServer(socket => {
      socket
        .on('end', hungUp)
        .on('error', () => {})
        .resume();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    expect(await answers('127.0.0.1', port, 20_000)).toBe(true);
    await over;
    await new Promise(resolve => server.close(resolve));
    expect(await answers('127.0.0.1', port, 20_000)).toBe(false);
  });

  it('knows what is in use already, COM names in large or small letters', () => {
    const settings = {
      ...onlySimulatedDevices(SAMPLE_BANK),
      readers: [
        {
          id: 'reader-1',
          name: '',
          connection: { kind: 'serial', path: 'com3', baudRate: 9600, format: '8N1' },
        },
      ],
    } as never;
    const found = { connection: 'serial', address: 'COM3', port: null } as Found;
    expect(userOf(found, settings)).toBe('reader-1');
    expect(userOf({ ...found, address: 'COM4' }, settings)).toBeNull();
  });
});
