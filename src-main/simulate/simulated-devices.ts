import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { simulatedDevices } from '../devices/device-settings.ts';

/**
 * Makes every device of a data folder a simulated one, whatever is plugged into this machine.
 * @returns D404 when the folder cannot be made or written
 */
export function writeSimulatedDevices(dataFolder: string, document: BankDocument): Result<void> {
  const settings = simulatedDevices(document);
  const keypads = settings.keypads.map(keypad => ({ ...keypad, connection: 'simulated' }));
  try {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(join(dataFolder, 'devices.json'), JSON.stringify({ ...settings, keypads }));
  } catch {
    return fail('D404');
  }
  return ok(undefined);
}
