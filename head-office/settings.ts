import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { StoragePlace } from './storage/open-database.ts';

/** How the service was asked to run. */
export interface HeadOfficeSettings {
  readonly host: string;
  readonly port: number;
  readonly storage: StoragePlace;
  readonly enrolOpen: boolean;
  readonly consoleKey: string | null;
}

const DEFAULT_PORT = 8620;

/**
 * Reads the command line (`--host`, `--port`, `--data`) and the environment (`DATABASE_URL`,
 * `FOYER_HEAD_OFFICE_DATA`, `FOYER_ENROL`, `FOYER_CONSOLE_KEY`).
 * @param userDataFolder where programs keep the user's local data, see `localDataFolder`
 * @returns C905 naming the setting that is wrong
 */
export function readSettings(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  userDataFolder: string,
): Result<HeadOfficeSettings> {
  let options: { host: string; port: string; data?: string | undefined };
  try {
    options = parseArgs({
      args: [...args],
      options: {
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        data: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return fail('C905', { setting: error instanceof Error ? error.message : '' });
  }
  const port = Number(options.port);
  if (!/^\d{1,5}$/.test(options.port) || port > 65_535) return fail('C905', { setting: '--port' });
  const { DATABASE_URL, FOYER_HEAD_OFFICE_DATA, FOYER_ENROL = 'open', FOYER_CONSOLE_KEY } = environment;
  if (FOYER_ENROL !== 'open' && FOYER_ENROL !== 'closed') return fail('C905', { setting: 'FOYER_ENROL' });
  const folder = options.data ?? (FOYER_HEAD_OFFICE_DATA || join(userDataFolder, 'foyer-head-office'));
  return ok({
    host: options.host,
    port,
    storage: DATABASE_URL ? { url: DATABASE_URL } : { folder: resolve(folder) },
    enrolOpen: FOYER_ENROL === 'open',
    consoleKey: FOYER_CONSOLE_KEY || null,
  });
}

/** The folder for the user's local data on each operating system. */
export function localDataFolder(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  homeFolder: string,
): string {
  if (platform === 'win32') return environment.LOCALAPPDATA ?? join(homeFolder, 'AppData', 'Local');
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support');
  return environment.XDG_DATA_HOME ?? join(homeFolder, '.local', 'share');
}
