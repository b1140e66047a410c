import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Failure } from '#core/wire/result.ts';
import { appFolders } from './app-folders.ts';
import { startBranch } from './branch.ts';
import { newPracticeSeed } from './practice/start-practice.ts';
import { askedDataFolder } from './start/data-folder.ts';
import { EXIT_CODES } from './start/exit-codes.ts';
import { startRestartingBranch } from './start/restarting-branch.ts';
import { failureSentence } from './start/say.ts';
import type { StartArguments } from './start/start-arguments.ts';
import { startLan } from './web/start-lan.ts';
import { startWebServer } from './web/web-server.ts';

const DEFAULT_PORT = 8610;
/** So that a practice can run beside the real branch. */
const PRACTICE_PORT = 8611;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the branch in Node and serves its windows to browsers on this PC until a signal stops it. The wiring of
 * this carrier, as `main.ts` is of Electron's.
 * @param onReady called with the address once windows can be opened
 * @returns the exit code
 */
export async function runInNode(asked: StartArguments, onReady: (url: string) => void): Promise<number> {
  const { rendererFolder, ...programFolders } = appFolders(fileURLToPath(new URL('..', import.meta.url)));
  const machine = { platform: process.platform, environment: process.env, homeFolder: homedir() };
  const stopped = nextStopSignal();

  const dataFolder = askedDataFolder(asked, machine);
  const settings = {
    ...{ dataFolder, headOfficeUrl: asked.headOfficeUrl, ...programFolders },
    ...(asked.practice ? { practice: { ...asked.practice, seed: newPracticeSeed() } } : {}),
  };
  let refuse = (_: Failure) => {};
  const refused = new Promise<Failure>(resolve => {
    refuse = resolve;
  });
  const branch = await startRestartingBranch({
    start: restart => startBranch(settings, { restart }),
    // A browser's connection tells by itself that it was closed.
    onRestarted: () => {},
    onRefused: failure => refuse(failure),
  });
  if (!branch.ok) {
    console.error(failureSentence(branch.error));
    return EXIT_CODES.branchRefused;
  }
  const port = asked.port ?? (asked.practice ? PRACTICE_PORT : DEFAULT_PORT);
  const lan = await startLan(branch.value, { dataFolder, rendererFolder });
  const server = lan.ok ? await startWebServer(branch.value, { port, rendererFolder }) : lan;
  if (!lan.ok || !server.ok) {
    if (!server.ok) console.error(failureSentence(server.error));
    if (lan.ok) await lan.value?.stop();
    await branch.value.stop();
    return EXIT_CODES.branchRefused;
  }
  onReady(server.value.url);
  const refusal = await Promise.race([stopped, refused]);
  if (refusal) console.error(failureSentence(refusal));
  await lan.value?.stop();
  await server.value.stop();
  await branch.value.stop();
  return refusal ? EXIT_CODES.branchRefused : EXIT_CODES.done;
}

function nextStopSignal(): Promise<void> {
  return new Promise(stop => {
    for (const signal of STOP_SIGNALS) process.once(signal, () => stop());
  });
}
