import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, Menu, Notification, safeStorage } from 'electron';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import { appFolders } from './app-folders.ts';
import { startBranch } from './branch.ts';
import { keyStoreOf } from './link/key-store.ts';
import { newPracticeSeed } from './practice/start-practice.ts';
import type { RunningBranch } from './running-branch.ts';
import { askedDataFolder } from './start/data-folder.ts';
import { EXIT_CODES } from './start/exit-codes.ts';
import { startRestartingBranch } from './start/restarting-branch.ts';
import { failureSentence, inBothLanguages } from './start/say.ts';
import { readStartArguments, type StartArguments } from './start/start-arguments.ts';
import { createSite } from './web/site.ts';
import { startLan } from './web/start-lan.ts';
import { type RunningWebServer, startWebServer } from './web/web-server.ts';
import { WINDOW_KINDS } from './window-pages.ts';
import { createAppSession } from './windows/app-session.ts';
import { type OpenWindows, openWindows } from './windows/open-windows.ts';
import { openPlaceMemory } from './windows/place-memory.ts';
import { showRefusal } from './windows/refusal-box.ts';
import { readShortcutKeys, STANDARD_SHORTCUT_KEYS } from './windows/shortcut-keys.ts';
import { registerShortcuts, releaseShortcuts, SYSTEM_WIDE_KEYS } from './windows/shortcuts.ts';
import { usualWindows } from './windows/window-plan.ts';
import { workAreas } from './windows/work-areas.ts';

/**
 * Foyer in Electron: the only place where the branch, its windows, shortcuts and browser carrier are created and
 * joined. Built to out/main/main.js, two folders below the program's root.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PRELOAD_FILE = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));
const IS_DEVELOPMENT = !ROOT.includes('.asar');
/** A branch that cannot let go within this time is left to the operating system: the journal is safe anyway. */
const STOP_PATIENCE_MS = 10_000;

interface Foyer {
  readonly branch: RunningBranch;
  readonly server: RunningWebServer | null;
  /** For tablets of the branch network (LB3). */
  readonly lan: RunningWebServer | null;
}

let running: Foyer | null = null;
let windows: OpenWindows | null = null;
let stopping: Promise<void> | null = null;
/** How the program will end, whoever stops it. */
let exitCode: number = EXIT_CODES.done;

/** Stops what runs, once, and ends the program. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    const patience = new Promise(done => setTimeout(done, STOP_PATIENCE_MS));
    const stopAll = async () => {
      await running?.lan?.stop();
      await running?.server?.stop();
      await running?.branch.stop();
    };
    await Promise.race([stopAll(), patience]);
    if (app.isReady()) releaseShortcuts();
    app.exit(exitCode);
  })();
  return stopping;
}

/** Makes the data folder and puts Electron's own profile inside it, so that each data folder is one Foyer. */
function prepareFolders(asked: StartArguments): Result<string> {
  const machine = { platform: process.platform, environment: process.env, homeFolder: homedir() };
  const dataFolder = askedDataFolder(asked, machine);
  const profileFolder = join(dataFolder, 'electron-profile');
  try {
    mkdirSync(profileFolder, { recursive: true });
  } catch {
    return fail('D404');
  }
  app.setPath('userData', profileFolder);
  app.setPath('sessionData', profileFolder);
  return ok(dataFolder);
}

async function startFoyer(asked: StartArguments, dataFolder: string): Promise<Result<Foyer>> {
  const { rendererFolder, ...programFolders } = appFolders(ROOT);
  const settings = {
    ...{ dataFolder, headOfficeUrl: asked.headOfficeUrl, ...programFolders },
    ...(asked.practice ? { practice: { ...asked.practice, seed: newPracticeSeed() } } : {}),
  };
  const keyStore = keyStoreOf(safeStorage);
  const branch = await startRestartingBranch({
    start: restart =>
      startBranch(settings, { systemWideKeys: SYSTEM_WIDE_KEYS, station: { keyStore }, restart }),
    onRestarted: () => windows?.reload(),
    onRefused: failure => void refuse(failure),
  });
  if (!branch.ok) return branch;
  const lan = await startLan(branch.value, { dataFolder, rendererFolder });
  if (!lan.ok) {
    await branch.value.stop();
    return lan;
  }
  if (asked.port === null) return ok({ branch: branch.value, server: null, lan: lan.value });
  const server = await startWebServer(branch.value, { port: asked.port, rendererFolder });
  if (server.ok) return ok({ branch: branch.value, server: server.value, lan: lan.value });
  await lan.value?.stop();
  await branch.value.stop();
  return server;
}

async function showWindows(asked: StartArguments, dataFolder: string, { branch }: Foyer): Promise<void> {
  const site = createSite(appFolders(ROOT).rendererFolder, path => branch.readAsset(path));
  // A practice is heard by nobody: customers of a real hall may be next door.
  const usual = usualWindows(WINDOW_KINDS, workAreas().length, branch.roles());
  const kinds = asked.windows ?? usual.filter(kind => !asked.practice || kind !== 'voice');
  if (kinds.includes('teller')) {
    const keys = readShortcutKeys(readOptionalFile(join(dataFolder, 'shortcuts.json')));
    // A wrong file must not leave a teller without keys: the standard ones work, and the mistake is told.
    if (!keys.ok) console.error(failureSentence(keys.error));
    const taken = registerShortcuts(keys.ok ? keys.value : STANDARD_SHORTCUT_KEYS, action =>
      windows?.act(action),
    );
    if (taken.length > 0) tellShortcutsTaken(taken);
  }
  windows = await openWindows({
    kinds,
    branch,
    session: createAppSession(site),
    preloadFile: PRELOAD_FILE,
    memory: openPlaceMemory(join(dataFolder, 'window-places.json')),
    isDevelopment: IS_DEVELOPMENT,
    onAllClosed: () => app.quit(),
    onTrouble: trouble => console.error(trouble),
  });
}

function readOptionalFile(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function tellShortcutsTaken(taken: readonly string[]): void {
  const body = inBothLanguages(texts => texts.shortcutsTaken, { keys: taken.join(' ') });
  console.error(body);
  if (Notification.isSupported()) new Notification({ title: app.name, body }).show();
}

async function refuse(failure: Failure): Promise<void> {
  exitCode = failure.code === 'C905' ? EXIT_CODES.wrongArguments : EXIT_CODES.branchRefused;
  await showRefusal(failure);
  await stop();
}

async function main(): Promise<void> {
  Menu.setApplicationMenu(null);
  app.on('second-instance', (_, argv) => {
    const asked = readStartArguments(argv.slice(1), 'ignore');
    // A window that this PC's roles do not open: `--windows setup`.
    if (asked.ok && asked.value.windows) windows?.open(asked.value.windows);
    else windows?.show();
  });
  app.on('before-quit', event => {
    event.preventDefault();
    void stop();
  });
  // Windows are counted by `openWindows`, since the voice's is never seen.
  app.on('window-all-closed', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

  const asked = readStartArguments(process.argv.slice(1), 'ignore');
  const dataFolder = asked.ok ? prepareFolders(asked.value) : asked;
  await app.whenReady();
  if (!asked.ok) return refuse(asked.error);
  if (!dataFolder.ok) return refuse(dataFolder.error);
  if (!app.requestSingleInstanceLock()) {
    console.log(inBothLanguages(texts => texts.alreadyRunning));
    return app.exit(EXIT_CODES.done);
  }
  const started = await startFoyer(asked.value, dataFolder.value);
  if (!started.ok) return refuse(started.error);
  running = started.value;
  await showWindows(asked.value, dataFolder.value, running);
  console.log(running.server ? `ready ${running.server.url}` : 'ready');
  if (asked.value.practice) console.log(inBothLanguages(texts => texts.practice));
}

main().catch((error: unknown) => {
  console.error(error);
  app.exit(EXIT_CODES.failed);
});
