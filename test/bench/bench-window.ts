import { randomUUID } from 'node:crypto';
import type { CommandArgs, WindowCommandType } from '#core/wire/commands.ts';
import { HostMessage, PORT_PROTOCOL_VERSION, type WindowKind } from '#core/wire/port-messages.ts';
import type { RunningBranch } from '#main/running-branch.ts';

/** A window as the host sees it: messages as JSON text, in this process. */
export interface BenchWindow {
  /** Resolves with the accepted command's answer. @throws Error with the code of a refusal */
  send<T extends WindowCommandType>(type: T, args: CommandArgs<T>): Promise<Record<string, unknown>>;
  /** Used by every later command. */
  setSession(session: string): void;
  close(): void;
}

/** Opens a window of this kind on a running branch. */
export function openBenchWindow(branch: Pick<RunningBranch, 'servePort'>, window: WindowKind): BenchWindow {
  const waiting = new Map<string, (message: HostMessage & { kind: 'answer' }) => void>();
  const closers: (() => void)[] = [];
  let hear: (message: string) => void = () => {};
  let session: string | undefined;
  const close = () => {
    for (const closer of closers) closer();
  };
  const post = (message: object) => hear(JSON.stringify(message));
  branch.servePort(
    {
      post(text) {
        const message = HostMessage.parse(JSON.parse(text));
        if (message.kind === 'answer') waiting.get(message.commandId)?.(message);
      },
      onMessage: listener => {
        hear = listener;
      },
      onClose: listener => void closers.push(listener),
      close,
    },
    window,
  );
  post({ kind: 'hello', protocol: PORT_PROTOCOL_VERSION, window });
  return {
    send(type, args) {
      const id = randomUUID();
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ value, error }) => {
          waiting.delete(id);
          if (error) reject(new Error(error.code));
          else resolve(value ?? {});
        });
        post({ kind: 'command', command: { id, type, args, ...(session === undefined ? {} : { session }) } });
      });
    },
    setSession(token) {
      session = token;
    },
    close,
  };
}
