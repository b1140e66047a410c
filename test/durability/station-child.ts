import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WindowKind } from '#core/wire/port-messages.ts';
import { openWindow, type SimulatedWindow } from '#main/simulate/window.ts';
import type { FromStation, StationNow, ToStation } from './station-messages.ts';

/** One life of a PC in its own process. */
export interface StationChild {
  readonly ready: Promise<boolean>;
  /** What it said about itself last. */
  now(): StationNow | null;
  openWindow(kind: WindowKind): SimulatedWindow;
  isAlive(): boolean;
  /** Resolves with null when it is killed. */
  readonly gone: Promise<null>;
  code(): Promise<string>;
  nameStandby(station: string): void;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  onNow(listener: (now: StationNow) => void): void;
}

const SCRIPT = fileURLToPath(new URL('./station-process.ts', import.meta.url));

export function startStationChild(options: {
  readonly dataFolder: string;
  readonly headOfficeUrl: string;
  readonly scale: number;
  readonly newId: () => string;
  readonly onFault: (fault: string) => void;
}): StationChild {
  const { dataFolder, headOfficeUrl, scale } = options;
  const child = fork(SCRIPT, [dataFolder, headOfficeUrl, String(scale)], { execArgv: [] });
  const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  const hear = new Map<number, (text: string) => void>();
  let lastWindow = 0;
  let isKilled = false;
  let now: StationNow | null = null;
  let becomeReady = (_isReady: boolean) => {};
  let tellCode = (_code: string) => {};
  let tellNow = (_now: StationNow) => {};
  let tellGone = (_: null) => {};
  const gone = new Promise<null>(resolve => {
    tellGone = resolve;
  });
  const ready = new Promise<boolean>(resolve => {
    becomeReady = resolve;
  });

  child.on('message', (message: FromStation) => {
    if (isKilled) return;
    if (message.kind === 'ready') becomeReady(true);
    if (message.kind === 'refused') options.onFault(`it does not start: ${message.code}`);
    if (message.kind === 'text') hear.get(message.window)?.(message.text);
    if (message.kind === 'code') tellCode(message.code);
    if (message.kind === 'now') {
      now = message.now;
      tellNow(now);
    }
  });
  child.on('exit', code => {
    becomeReady(false);
    if (!isKilled) options.onFault(`it ended by itself with ${code}`);
  });
  // A message to a process that was killed a moment ago.
  child.on('error', () => {});
  const send = (message: ToStation) => {
    if (child.connected) child.send(message, () => {});
  };

  return {
    ready,
    now: () => now,
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
    gone,
    code() {
      return new Promise(resolve => {
        tellCode = resolve;
        send({ kind: 'code' });
      });
    },
    nameStandby: station => send({ kind: 'name-standby', station }),
    async kill() {
      isKilled = true;
      tellGone(null);
      child.kill('SIGKILL');
      await ended;
    },
    onNow(listener) {
      tellNow = listener;
    },
  };
}
