import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { inBothLanguages } from '#main/start/say.ts';
import { needsBuild } from './build-freshness.ts';
import { waitForEnd } from './wait-for-end.ts';

const BUILT = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/kiosk/index.html'];
const SOURCES = [
  'core',
  'drivers',
  'src-main',
  'src-renderer',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * Builds the windows and Electron's main program when they are missing or older than their sources.
 * @param root the folder that holds package.json
 * @returns false when the build failed; its own messages are on the console
 */
export async function ensureBuilt(root: string): Promise<boolean> {
  const inRoot = (path: string) => join(root, path);
  if (!needsBuild(BUILT.map(inRoot), SOURCES.map(inRoot))) return true;
  console.error(inBothLanguages(texts => texts.building));
  const builder = inRoot('node_modules/electron-vite/bin/electron-vite.js');
  const child = spawn(process.execPath, [builder, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if ((await waitForEnd(child)) === 0) return true;
  console.error(inBothLanguages(texts => texts.buildFailed));
  return false;
}
