import { posix, win32 } from 'node:path';

/** The facts of the machine that decide where data lives. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/**
 * Where a branch keeps its journal unless told otherwise: a folder of the machine, not of Electron's profile, so
 * that it outlives the program and, on Windows, is the same whoever is signed in.
 */
export function defaultDataFolder({ platform, environment, homeFolder }: Machine): string {
  if (platform === 'win32') {
    return win32.join(environment.ProgramData || 'C:\\ProgramData', 'Foyer');
  }
  if (platform === 'darwin') return posix.join(homeFolder, 'Library', 'Application Support', 'Foyer');
  return posix.join(environment.XDG_DATA_HOME || posix.join(homeFolder, '.local', 'share'), 'foyer');
}
