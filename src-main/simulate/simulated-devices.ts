import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { onlySimulatedDevices } from '../devices/device-settings.ts';

/**
 * Makes every device of a data folder a simulated one, whatever is plugged into this machine.
 * @returns D404 when the folder cannot be made or written
 */
export function writeSimulatedDevices(dataFolder: string, document: BankDocument): Result<void> {
  try {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(join(dataFolder, 'devices.json'), JSON.stringify(onlySimulatedDevices(document)));
  } catch {
    return fail('D404');
  }
  return ok(undefined);
}
