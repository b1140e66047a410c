import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { simulatedDevices } from '../devices/device-settings.ts';

/** Makes every device of a data folder a simulated one, whatever is plugged into this machine. */
export function writeSimulatedDevices(dataFolder: string, document: BankDocument): void {
  const settings = simulatedDevices(document);
  const keypads = settings.keypads.map(keypad => ({ ...keypad, connection: 'simulated' }));
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(join(dataFolder, 'devices.json'), JSON.stringify({ ...settings, keypads }));
}
