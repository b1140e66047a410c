import { posix, resolve, win32 } from 'node:path';
import type { StartArguments } from './start-arguments.ts';

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

/** AS4: the practice branch's folder below the real one's, so that each keeps its own journal and settings. */
const PRACTICE_FOLDER = 'practice';

/** The absolute folder the branch asked for keeps its data in. */
export function askedDataFolder(
  asked: Pick<StartArguments, 'dataFolder' | 'practice'>,
  machine: Machine,
): string {
  const folder = resolve(asked.dataFolder ?? defaultDataFolder(machine));
  return asked.practice ? resolve(folder, PRACTICE_FOLDER) : folder;
}
