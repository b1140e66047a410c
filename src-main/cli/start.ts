import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT_CODES } from '#main/start/exit-codes.ts';
import { failureSentence, inBothLanguages } from '#main/start/say.ts';
import { readStartArguments, type StartArguments } from '#main/start/start-arguments.ts';
import { ensureBuilt } from './build.ts';
import { type BrowserReason, chooseCarrier } from './electron-choice.ts';
import { findElectron } from './find-electron.ts';
import { runElectron } from './run-electron.ts';
import { waitForEnd } from './wait-for-end.ts';

/**
 * `npm start -- [--browser] [--data DIR] [--port N] [--head-office URL|off] [--windows a,b]
 * [--practice [--practice-speed N]]`: opens the whole branch on this PC, or a practice branch with simulated people.
 * In Electron where it can run; else the same host in Node serves the same windows to a browser,
 * and says why. Exit codes are those of `exit-codes.ts`.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The journal's database needs it; the project brings it along as a package. */
const NODE_VERSION_NEEDED = 24;
const EXIT_PATIENCE_MS = 500;

async function main(args: readonly string[]): Promise<number> {
  const asked = readStartArguments(args, 'refuse');
  if (!asked.ok) {
    console.error(failureSentence(asked.error));
    console.error(inBothLanguages(texts => texts.usage));
    return EXIT_CODES.wrongArguments;
  }
  const ownNode = join(
    ROOT,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const version = Number.parseInt(process.versions.node, 10);
  if (version < NODE_VERSION_NEEDED && process.execPath !== ownNode && existsSync(ownNode)) {
    return waitForEnd(spawn(ownNode, [fileURLToPath(import.meta.url), ...args], { stdio: 'inherit' }));
  }
  if (!(await ensureBuilt(ROOT))) return EXIT_CODES.failed;

  const choice = chooseCarrier({
    browserAsked: asked.value.browser,
    platform: process.platform,
    environment: process.env,
    findElectron: () =>
      findElectron({
        root: ROOT,
        platform: process.platform,
        overrideFolder: process.env.ELECTRON_OVERRIDE_DIST_PATH,
        onDownload: () => console.error(inBothLanguages(texts => texts.downloading)),
      }),
  });
  if (choice.carrier === 'browser') return runInBrowser(asked.value, choice.why);
  const end = await runElectron(choice.electronFile, ROOT, args);
  return end.ran ? end.exitCode : runInBrowser(asked.value, 'electronFailed');
}

async function runInBrowser(asked: StartArguments, why: BrowserReason): Promise<number> {
  // Loaded only now: the branch brings native parts that a starter of Electron does not need.
  const { runInNode } = await import('#main/node-main.ts');
  return runInNode(asked, url => {
    console.log(`ready ${url}`);
    console.log(inBothLanguages(texts => texts[why]));
    if (asked.practice) console.log(inBothLanguages(texts => texts.practice));
  });
}

process.exitCode = await main(process.argv.slice(2));
// All work is done and the journal is closed: what still holds the process, a device's late timer, may not keep it.
setTimeout(() => process.exit(), EXIT_PATIENCE_MS).unref();
