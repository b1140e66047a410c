import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { WindowKind } from '#core/wire/port-messages.ts';
import { openWindow, type SimulatedWindow } from '#main/simulate/window.ts';

/** What the test tells a program in a process of its own, so that windows can speak with it. */
export type ToProgram =
  | { readonly kind: 'open'; readonly window: number; readonly as: WindowKind }
  | { readonly kind: 'text'; readonly window: number; readonly text: string };

/** What that program tells the test. */
export type FromProgram =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'text'; readonly window: number; readonly text: string };

/** One life of a program in its own process. */
export interface ProgramChild<To> {
  /** Resolves true when windows can be opened, false when the process has ended before. */
  readonly ready: Promise<boolean>;
  /** Resolves with null when it is killed. */
  readonly killed: Promise<null>;
  openWindow(kind: WindowKind): SimulatedWindow;
  send(message: To): void;
  isAlive(): boolean;
  /** kill -9; resolves when the process is gone and everything it had said was heard. */
  kill(): Promise<void>;
}

/**
 * Starts a script. It ends by `kill` only: anything else is a failure told to `onFault`.
 * @param onMessage called with what is not about windows
 */
export function startProgramChild<To, From>(
  script: string,
  args: readonly string[],
  options: {
    readonly newId: () => string;
    readonly onMessage: (message: From) => void;
    readonly onFault: (fault: string) => void;
  },
): ProgramChild<To> {
  const child = fork(script, args, { execArgv: [] });
  const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  const hear = new Map<number, (text: string) => void>();
  let becomeReady = (_isReady: boolean) => {};
  const ready = new Promise<boolean>(resolve => {
    becomeReady = resolve;
  });
  let becomeKilled = (_: null) => {};
  const killed = new Promise<null>(resolve => {
    becomeKilled = resolve;
  });
  let lastWindow = 0;
  let isKilled = false;

  child.on('message', (message: FromProgram | From) => {
    const { kind, ...said } = message as FromProgram;
    if (kind === 'ready') becomeReady(true);
    else if (kind === 'refused' && 'code' in said) options.onFault(`it does not start: ${said.code}`);
    else if (kind === 'text' && 'text' in said) hear.get(said.window)?.(said.text);
    else options.onMessage(message as From);
  });
  child.on('exit', code => {
    becomeReady(false);
    if (!isKilled) options.onFault(`it ended by itself with ${code}`);
  });
  // A message to a process that was killed a moment ago.
  child.on('error', () => {});
  const send = (message: ToProgram | To) => {
    if (child.connected) child.send(message as ToProgram, () => {});
  };

  return {
    ready,
    killed,
    send,
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
      becomeKilled(null);
      child.kill('SIGKILL');
      await ended;
    },
  };
}
