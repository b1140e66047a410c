import { join } from 'node:path';

/** The program's own files, as they lie in the repository and, the same, in an installed Foyer. */
export interface AppFolders {
  readonly migrationsFolder: string;
  readonly clipsFolder: string;
  readonly rendererFolder: string;
}

/** Finds the program's files under `root`, the folder that holds package.json. */
export function appFolders(root: string): AppFolders {
  return {
    migrationsFolder: join(root, 'migrations', 'branch'),
    clipsFolder: join(root, 'drivers', 'voice', 'clips'),
    rendererFolder: join(root, 'out', 'renderer'),
  };
}
