import { spawn } from 'node:child_process';
import { EXIT_CODES } from '#main/start/exit-codes.ts';
import { waitForEnd } from './wait-for-end.ts';

export type ElectronEnd =
  /** Electron ran; it ended with this code. */
  | { readonly ran: true; readonly exitCode: number }
  /** Electron ended before any window was up, and not because the branch refused: it cannot run here. */
  | { readonly ran: false };

/**
 * Runs the built program in Electron until it ends.
 * @param root the folder that holds package.json
 * @param args start arguments, handed on as they are
 */
export async function runElectron(
  electronFile: string,
  root: string,
  args: readonly string[],
): Promise<ElectronEnd> {
  const environment = { ...process.env };
  // Set by some editors' terminals; it would make Electron behave as plain Node.
  delete environment.ELECTRON_RUN_AS_NODE;
  const child = spawn(electronFile, [root, ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    windowsHide: false,
  });
  let wasReady = false;
  let wasAskedToStop = false;
  const askedToStop = () => {
    wasAskedToStop = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, askedToStop);
  child.stdout.on('data', (chunk: Buffer) => {
    wasReady ||= /^ready\b/m.test(chunk.toString());
    process.stdout.write(chunk);
  });
  const exitCode = await waitForEnd(child);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, askedToStop);
  return wasReady || wasAskedToStop || MEANT.includes(exitCode) ? { ran: true, exitCode } : { ran: false };
}

/** Codes that the program itself ends with on purpose. */
const MEANT: readonly number[] = [EXIT_CODES.done, EXIT_CODES.wrongArguments, EXIT_CODES.branchRefused];
