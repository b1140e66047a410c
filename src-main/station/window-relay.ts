import type { MessageConnection } from '#core/wire/branch-port.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import {
  HostMessage,
  PORT_PROTOCOL_VERSION,
  type WindowKind,
  type WindowMessage,
} from '#core/wire/port-messages.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { HostAnswer } from '../host/host-contract.ts';

/**
 * Gives the commands of this PC's windows to the host, through one proxied connection for each kind of window. What
 * the host has not answered when the link breaks is given to the next host under the same id: it has one effect.
 */
export interface WindowRelay {
  /** Failures: those of the host; `U511` no host answered in time. */
  give(window: WindowKind, command: WindowCommand): Promise<Result<HostAnswer>>;
  /** There is a host to talk with, or another one: everything unanswered is given again. */
  restart(): void;
  stop(): void;
}

/** Longer than a take-over takes. */
const PATIENCE_MS = 20_000;
const AGAIN_MS = 1_000;

interface Pending {
  readonly window: WindowKind;
  readonly command: WindowCommand;
  readonly answer: (result: Result<HostAnswer>) => void;
  readonly cancel: () => void;
}

/** @param open a connection to the host for windows of this kind; null: there is no host now */
export function createWindowRelay(
  clock: DriverClock,
  open: (window: WindowKind) => MessageConnection | null,
): WindowRelay {
  const pending = new Map<string, Pending>();
  const connections = new Map<WindowKind, MessageConnection>();
  let cancelAgain = () => {};
  let stopped = false;

  const post = (window: WindowKind, message: WindowMessage) => {
    connect(window)?.post(JSON.stringify(message));
  };

  const connect = (window: WindowKind): MessageConnection | null => {
    const known = connections.get(window);
    if (known) return known;
    const connection = open(window);
    if (connection === null) return null;
    connections.set(window, connection);
    connection.onMessage(hear);
    connection.onClose(() => {
      if (connections.get(window) !== connection) return;
      connections.delete(window);
      again();
    });
    connection.post(JSON.stringify({ kind: 'hello', protocol: PORT_PROTOCOL_VERSION, window }));
    return connection;
  };

  const settle = (commandId: string, result: Result<HostAnswer>) => {
    const waiting = pending.get(commandId);
    pending.delete(commandId);
    waiting?.cancel();
    waiting?.answer(result);
  };

  const hear = (text: string) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return;
    }
    const message = HostMessage.safeParse(value);
    if (!message.success || message.data.kind !== 'answer') return;
    const { commandId, value: answer, error } = message.data;
    // It does not decide any more, or not yet: whoever does gets it again.
    if (error?.code === 'U551') return again();
    settle(commandId, error ? { ok: false, error: error as Failure } : ok(answer ?? {}));
  };

  const giveAll = () => {
    if (stopped) return;
    for (const { window, command } of [...pending.values()]) post(window, { kind: 'command', command });
  };

  const again = () => {
    cancelAgain();
    if (pending.size > 0 && !stopped) cancelAgain = clock.after(AGAIN_MS, giveAll);
  };

  return {
    give(window, command) {
      return new Promise(resolve => {
        const { id } = command;
        const cancel = clock.after(PATIENCE_MS, () => settle(id, fail('U511')));
        const before = pending.get(id);
        before?.cancel();
        // The window has connected anew and asks again: both get the one answer.
        const answer = (result: Result<HostAnswer>) => {
          before?.answer(result);
          resolve(result);
        };
        pending.set(id, { window, command, answer, cancel });
        if (!stopped) post(window, { kind: 'command', command });
      });
    },
    restart() {
      const old = [...connections.values()];
      connections.clear();
      for (const connection of old) connection.close();
      giveAll();
    },
    stop() {
      stopped = true;
      cancelAgain();
      for (const commandId of [...pending.keys()]) settle(commandId, fail('M606'));
      for (const connection of connections.values()) connection.close();
    },
  };
}
