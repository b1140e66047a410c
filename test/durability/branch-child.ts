import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WindowKind } from '#core/wire/port-messages.ts';
import { openWindow, type SimulatedWindow } from '#main/simulate/window.ts';
import type { FromBranch, ToBranch } from './branch-messages.ts';

/** One life of a branch in its own process. */
export interface BranchChild {
  /** Resolves true when windows can be opened, false when the process has ended before. */
  readonly ready: Promise<boolean>;
  openWindow(kind: WindowKind): SimulatedWindow;
  isAlive(): boolean;
  /** kill -9; resolves when the process is gone and everything it had said was heard. */
  kill(): Promise<void>;
}

const SCRIPT = fileURLToPath(new URL('./branch-process.ts', import.meta.url));

/**
 * Starts a branch on a data folder. It ends by `kill` only: anything else is a failure told to `onFault`.
 * @param onPaper called with the lines of each ticket cut off at its printer
 */
export function startBranchChild(options: {
  readonly dataFolder: string;
  readonly clockAheadMs: number;
  readonly newId: () => string;
  readonly onPaper: (lines: readonly string[]) => void;
  readonly onFault: (fault: string) => void;
}): BranchChild {
  const child = fork(SCRIPT, [options.dataFolder, String(options.clockAheadMs)], { execArgv: [] });
  const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  const hear = new Map<number, (text: string) => void>();
  let lastWindow = 0;
  let isKilled = false;
  let becomeReady = (_isReady: boolean) => {};
  const ready = new Promise<boolean>(resolve => {
    becomeReady = resolve;
  });

  child.on('message', (message: FromBranch) => {
    if (message.kind === 'ready') becomeReady(true);
    if (message.kind === 'refused') options.onFault(`the branch does not start: ${message.code}`);
    if (message.kind === 'paper') options.onPaper(message.lines);
    if (message.kind === 'text') hear.get(message.window)?.(message.text);
  });
  child.on('exit', code => {
    becomeReady(false);
    if (!isKilled) options.onFault(`the branch ended by itself with ${code}`);
  });
  // A message to a process that was killed a moment ago.
  child.on('error', () => {});

  const send = (message: ToBranch) => {
    if (child.connected) child.send(message, () => {});
  };

  return {
    ready,
    openWindow(kind) {
      const window = ++lastWindow;
      send({ kind: 'open', window, as: kind });
      const connection = {
        post: (text: string) => send({ kind: 'text', window, text }),
        onMessage: (listener: (text: string) => void) => void hear.set(window, listener),
        onClose() {},
        close() {},
      };
      return openWindow(kind, connection, options.newId);
    },
    isAlive: () => !isKilled,
    async kill() {
      isKilled = true;
      child.kill('SIGKILL');
      await gone;
    },
  };
}
