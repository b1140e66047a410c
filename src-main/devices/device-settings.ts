import { readFileSync } from 'node:fs';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { DeviceSettings } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';

/** Lines of text a board of this height can show. */
export const LINE_HEIGHT = 16;

/** Simulated devices for every counter of a bank: what runs when nothing was configured. */
export function simulatedDevices(document: BankDocument): DeviceSettings {
  const { counters } = document;
  return DeviceSettings.parse({
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
    voices: [{ id: 'voice-1', packs: ['zh-CN'], times: 2 }],
  });
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
