import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The program's own files, as they lie in the repository and, the same, in an installed Foyer. */
export interface AppFolders {
  readonly migrationsFolder: string;
  readonly clipsFolder: string;
  readonly rendererFolder: string;
  /** Foyer's version; empty when its package.json cannot be read. */
  readonly program: string;
}

/** Finds the program's files under `root`, the folder that holds package.json. */
export function appFolders(root: string): AppFolders {
  return {
    migrationsFolder: join(root, 'migrations', 'branch'),
    clipsFolder: join(root, 'drivers', 'voice', 'clips'),
    rendererFolder: join(root, 'out', 'renderer'),
    program: versionIn(join(root, 'package.json')),
  };
}

function versionIn(file: string): string {
  try {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : '';
  } catch {
    return '';
  }
}
