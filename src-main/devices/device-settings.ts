import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { Id } from '#core/wire/fields.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';

/** This station's devices, `<data>/devices.json`. Names of ports differ from PC to PC, so they are not bank data. */
const Pixels = z.int().min(8).max(2048);

const Printer = z.strictObject({
  id: Id,
  connection: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('simulated') }),
    z.strictObject({
      kind: z.literal('tcp'),
      host: z.string().min(1).max(253),
      port: z.int().min(1).max(65_535),
    }),
  ]),
});

const Board = z.strictObject({
  id: Id,
  /** RS-485 address of the card. */
  address: z.int().min(1).max(0x7fff),
  /** Window boards belong to a counter, the main board to the hall. */
  counterId: Id.nullable(),
  width: Pixels,
  height: Pixels,
});

const LedBus = z.strictObject({
  id: Id,
  baudRate: z.int().min(1200).max(115_200),
  port: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('simulated') }),
    /** `COM3` or `/dev/ttyUSB0`. */
    z.strictObject({ kind: z.literal('serial'), path: z.string().min(1).max(200) }),
  ]),
  boards: z.array(Board).min(1).max(64),
});

const Keypad = z.strictObject({
  id: Id,
  counterId: Id,
  /** One of the shipped profiles. */
  profileId: Id,
  /** `auto`: the real keypad if it is plugged in when the program starts, a simulated one otherwise. */
  connection: z.enum(['simulated', 'hid', 'auto']),
});

/** The shipped clip packs. */
export const SPOKEN_PACKS = ['zh-CN', 'en'] as const;

export const DeviceSettings = z.strictObject({
  printers: z.array(Printer).max(8),
  ledBuses: z.array(LedBus).max(8),
  keypads: z.array(Keypad).max(64),
  voice: z.strictObject({
    id: Id,
    /** Languages spoken one after the other. */
    packs: z.array(z.enum(SPOKEN_PACKS)).min(1).max(2),
    times: z.int().min(1).max(3),
  }),
});
export type DeviceSettings = z.infer<typeof DeviceSettings>;

/** Lines of text a board of this height can show. */
export const LINE_HEIGHT = 16;

/** Simulated devices for every counter of a bank: what runs when nothing was configured. */
export function simulatedDevices(document: BankDocument): DeviceSettings {
  const { counters } = document;
  return {
    printers: [{ id: 'printer-1', connection: { kind: 'simulated' } }],
    ledBuses: [
      {
        id: 'led-bus-1',
        baudRate: 57_600,
        port: { kind: 'simulated' },
        boards: [
          ...counters.map((counter, index) => ({
            id: `board-${counter.id}`,
            address: index + 1,
            counterId: counter.id,
            width: 128,
            height: 16,
          })),
          { id: 'board-main', address: counters.length + 1, counterId: null, width: 256, height: 80 },
        ],
      },
    ],
    keypads: counters.map((counter, index) => ({
      id: `keypad-${counter.id}`,
      counterId: counter.id,
      profileId: 'vendor-page',
      // One keypad model cannot be told from its twin without a serial number: the first counter gets it.
      connection: index === 0 ? 'auto' : 'simulated',
    })),
    voice: { id: 'voice-1', packs: ['zh-CN'], times: 2 },
  };
}

/** Simulated devices whatever is plugged into this machine: nothing real prints, shows or is pressed. */
export function onlySimulatedDevices(document: BankDocument): DeviceSettings {
  const settings = simulatedDevices(document);
  return { ...settings, keypads: settings.keypads.map(keypad => ({ ...keypad, connection: 'simulated' })) };
}

/**
 * The settings of `file`, or the simulated devices when there is no such file.
 * @returns C902 with the first wrong field when the file cannot be used.
 */
export function readDeviceSettings(file: string, document: BankDocument): Result<DeviceSettings> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok(simulatedDevices(document));
    return fail('C902', { field: file });
  }
  try {
    const parsed = DeviceSettings.safeParse(JSON.parse(text));
    return parsed.success
      ? ok(parsed.data)
      : fail('C902', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  } catch {
    return fail('C902', { field: 'JSON' });
  }
}
