import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FindElectronSettings {
  /** The folder that holds package.json and node_modules. */
  readonly root: string;
  readonly platform: NodeJS.Platform;
  /** A folder with Electron's files to use instead of the downloaded ones, as the `electron` package reads it. */
  readonly overrideFolder: string | undefined;
  /** Called before a download starts, which may take minutes. */
  onDownload(): void;
}

/** A download is given up after this long: a branch is not kept waiting for it. */
const DOWNLOAD_LIMIT_MS = 180_000;

/**
 * Finds Electron's program file: in the override folder, else where the `electron` package keeps its download,
 * else by letting that package download it now.
 * @returns null when there is none to be had
 */
export function findElectron({
  root,
  platform,
  overrideFolder,
  onDownload,
}: FindElectronSettings): string | null {
  if (overrideFolder) return whenExisting(join(overrideFolder, programName(platform)));
  const packageFolder = join(root, 'node_modules', 'electron');
  const downloaded = whenExisting(join(packageFolder, 'dist', programName(platform)));
  if (downloaded && isComplete(packageFolder)) return downloaded;
  const installer = join(packageFolder, 'install.js');
  if (!existsSync(installer)) return null;
  onDownload();
  spawnSync(process.execPath, [installer], { stdio: 'ignore', timeout: DOWNLOAD_LIMIT_MS });
  return isComplete(packageFolder) ? whenExisting(join(packageFolder, 'dist', programName(platform))) : null;
}

/** The package writes this file last, after unpacking. */
function isComplete(packageFolder: string): boolean {
  try {
    return readFileSync(join(packageFolder, 'path.txt'), 'utf8') !== '';
  } catch {
    return false;
  }
}

function programName(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'electron.exe';
  return platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

function whenExisting(file: string): string | null {
  return existsSync(file) ? file : null;
}
