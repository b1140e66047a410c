import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How shells report a program that could not be run. */
const CANNOT_RUN = 127;

/**
 * Waits for a child process, handing on the signals that ask us to stop, so that it can stop in its own way.
 * @returns its exit code; 128 + signal number if a signal ended it; 127 if it could not be run
 */
export function waitForEnd(child: ChildProcess): Promise<number> {
  const forwards = FORWARDED.map(signal => {
    const forward = () => void child.kill(signal);
    process.on(signal, forward);
    return () => void process.off(signal, forward);
  });
  return new Promise<number>(resolve => {
    child.on('error', () => resolve(CANNOT_RUN));
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  }).finally(() => {
    for (const stopForwarding of forwards) stopForwarding();
  });
}
