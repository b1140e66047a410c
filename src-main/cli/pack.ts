import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Configuration } from 'electron-builder';
import { EXIT_CODES } from '#main/start/exit-codes.ts';
import { inBothLanguages } from '#main/start/say.ts';
import { ensureBuilt } from './build.ts';
import { findElectron } from './find-electron.ts';
import { PACK_TEXTS } from './pack-texts.ts';

/**
 * `npm run pack`: builds the program and puts it, with Electron, into a folder under `dist/` from which it runs as
 * it will when installed. Settings are in `electron-builder.yml`.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUTPUT = join(ROOT, 'dist');

async function main(): Promise<number> {
  if (!(await ensureBuilt(ROOT))) return EXIT_CODES.failed;
  const overrideFolder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const electronFile = findElectron({
    root: ROOT,
    platform: process.platform,
    overrideFolder,
    onDownload: () => console.error(inBothLanguages(texts => texts.downloading)),
  });
  if (electronFile === null) {
    console.error(`${PACK_TEXTS.zh.noElectron}\n${PACK_TEXTS.en.noElectron}`);
    return EXIT_CODES.failed;
  }
  const config = overrideFolder ? overrideConfiguration(overrideFolder, electronFile) : {};
  const [folder = OUTPUT] = await build({ projectDir: ROOT, dir: true, publish: 'never', config });
  for (const texts of [PACK_TEXTS.zh, PACK_TEXTS.en]) console.log(texts.packed.replace('{folder}', folder));
  return EXIT_CODES.done;
}

/** Packs the Electron of a folder given from outside instead of the one the `electron` package downloads. */
function overrideConfiguration(folder: string, electronFile: string): Configuration {
  const version = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  const config: Configuration = { electronDist: folder, electronVersion: version };
  // Fuses are bits inside Electron's program file; a shell script that starts it from elsewhere has none.
  return isScript(electronFile) ? { ...config, electronFuses: null } : config;
}

function isScript(file: string): boolean {
  return readFileSync(file).subarray(0, 2).toString() === '#!';
}

process.exitCode = await main();
