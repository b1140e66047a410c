import { describe, expect, test } from 'vitest';
import { deviceProblems } from '#core/documents/check-device-settings.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { DeviceSettings } from '#core/wire/device-settings.ts';

const EMPTY = {
  printers: [],
  ledBuses: [],
  keypads: [],
  voices: [{ id: 'voice-1', packs: ['zh-CN'], times: 2 }],
};
const problemsOf = (settings: object) =>
  deviceProblems(DeviceSettings.parse({ ...EMPTY, ...settings }), SAMPLE_BANK);
const serial = (path: string) => ({ kind: 'serial', path });
const keypad = (id: string, counterId: string) => ({
  id,
  counterId,
  profileId: 'vendor-page',
  connection: 'simulated',
});
const bus = (boards: object[], port: object = { kind: 'simulated' }) => ({
  id: 'bus',
  baudRate: 9600,
  port,
  boards: boards.map(board => ({ counterId: null, width: 64, height: 16, ...board })),
});

describe('[HW7] device settings that cannot be', () => {
  test('one port has one device, and COM names are the same in small letters', () => {
    expect(
      problemsOf({
        printers: [
          { id: 'p1', connection: serial('COM3') },
          { id: 'p2', connection: serial('\\\\.\\com3') },
          { id: 'p3', connection: serial('/dev/ttyS0') },
          { id: 'p4', connection: serial('/dev/TTYS0') },
        ],
        ledBuses: [bus([{ id: 'b', address: 1 }], serial('/dev/ttyS0'))],
      }),
    ).toEqual([
      { field: 'printers.1.connection.path', problem: 'same-port', detail: 'p1' },
      { field: 'ledBuses.0.port.path', problem: 'same-port', detail: 'p3' },
    ]);
  });

  test('a network address has one device at each port', () => {
    const tcp = (id: string, port: number) => ({
      id,
      connection: { kind: 'tcp', host: 'printer.local', port },
    });
    expect(problemsOf({ printers: [tcp('p1', 9100), tcp('p2', 9101)] })).toEqual([]);
    expect(problemsOf({ printers: [tcp('p1', 9100), tcp('p2', 9100)] })).toEqual([
      { field: 'printers.1.connection.host', problem: 'same-port', detail: 'p1' },
    ]);
  });

  test('a counter has one keypad and must be there', () => {
    expect(
      problemsOf({
        keypads: [keypad('k1', 'counter-1'), keypad('k2', 'counter-1'), keypad('k3', 'nowhere')],
      }),
    ).toEqual([
      { field: 'keypads.1.counterId', problem: 'counter-taken', detail: 'k1' },
      { field: 'keypads.2.counterId', problem: 'unknown-counter', detail: 'nowhere' },
    ]);
  });

  test('ids are used once, whatever the kind; addresses once on a bus', () => {
    expect(
      problemsOf({
        printers: [{ id: 'x', connection: { kind: 'simulated' } }],
        ledBuses: [
          bus([
            { id: 'x', address: 1 },
            { id: 'y', address: 1 },
          ]),
        ],
      }),
    ).toEqual([
      { field: 'ledBuses.0.boards.0.id', problem: 'same-id', detail: 'x' },
      { field: 'ledBuses.0.boards.1.address', problem: 'same-address', detail: 'x' },
    ]);
  });

  test('one zone speaks for a counter, and one for all that are left', () => {
    const zone = (id: string, counterIds: string[] | null) => ({
      id,
      packs: ['zh-CN'],
      times: 2,
      counterIds,
    });
    expect(problemsOf({ voices: [zone('v1', null), zone('v2', ['counter-1'])] })).toEqual([]);
    expect(
      problemsOf({
        voices: [zone('v1', null), zone('v2', null), zone('v3', ['counter-1']), zone('v4', ['counter-1'])],
      }),
    ).toEqual([
      { field: 'voices.1.counterIds', problem: 'hall-taken', detail: 'v1' },
      { field: 'voices.3.counterIds', problem: 'counter-taken', detail: 'v3' },
    ]);
  });
});
