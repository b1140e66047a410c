import type { MessageConnection } from '#core/wire/branch-port.ts';
import type { CommandAnswer, CommandArgs, WindowCommand, WindowCommandType } from '#core/wire/commands.ts';
import {
  type HostMessage,
  PORT_PROTOCOL_VERSION,
  type WindowKind,
  type WindowMessage,
} from '#core/wire/port-messages.ts';
import type { Result } from '#core/wire/result.ts';
import type { View, ViewArgs, ViewName } from '#core/wire/views.ts';

/** A window without a screen: it speaks the same messages as the real ones. */
export interface SimulatedWindow {
  /** Sends a command under a new id; resolves with the host's answer. */
  ask<T extends WindowCommandType>(
    type: T,
    args: CommandArgs<T>,
    session?: string,
  ): Promise<Result<CommandAnswer<T>>>;
  /** Sends a command as it is; for retries under the same id. */
  send<T extends WindowCommandType>(command: WindowCommand<T>): Promise<Result<CommandAnswer<T>>>;
  /** Sends a message that has no answer. */
  post(message: WindowMessage): void;
  /** Calls `listener` with the view now and after each change, until the returned function is called. */
  watch<V extends ViewName>(
    view: V,
    args: ViewArgs,
    session: string | undefined,
    listener: (view: View<V>) => void,
  ): () => void;
  /** One look at a view as it is now. */
  look<V extends ViewName>(view: V, args: ViewArgs, session: string | undefined): Promise<View<V>>;
  /** Commands the host has not answered yet. */
  unanswered(): number;
}

/** Says hello on a fresh connection. Refusals of whole messages are bugs of the caller and throw. */
export function openWindow(
  kind: WindowKind,
  connection: MessageConnection,
  newId: () => string,
): SimulatedWindow {
  const waiting = new Map<string, (answer: Result<never>) => void>();
  const listeners = new Map<number, (value: unknown) => void>();
  let subscriptions = 0;

  const post = (message: WindowMessage) => connection.post(JSON.stringify(message));

  connection.onMessage(text => {
    const message = JSON.parse(text) as HostMessage;
    switch (message.kind) {
      case 'answer': {
        const { commandId, value, error } = message;
        const answer = error ? { ok: false, error } : { ok: true, value };
        waiting.get(commandId)?.(answer as Result<never>);
        waiting.delete(commandId);
        return;
      }
      case 'view':
        return listeners.get(message.subscription)?.(message.value);
      case 'view-refused':
      case 'refused':
        throw new Error(`the host refused a message of a simulated ${kind} window: ${message.error.code}`);
    }
  });
  post({ kind: 'hello', protocol: PORT_PROTOCOL_VERSION, window: kind });

  const send: SimulatedWindow['send'] = command =>
    new Promise(resolve => {
      waiting.set(command.id, resolve as (answer: Result<never>) => void);
      post({ kind: 'command', command } as WindowMessage);
    });

  const watch: SimulatedWindow['watch'] = (view, args, session, listener) => {
    const subscription = ++subscriptions;
    listeners.set(subscription, listener as (value: unknown) => void);
    post({ kind: 'subscribe', subscription, view, args, ...(session === undefined ? {} : { session }) });
    return () => {
      listeners.delete(subscription);
      post({ kind: 'unsubscribe', subscription });
    };
  };

  return {
    send,
    ask: (type, args, session) =>
      send({ id: newId(), type, args, ...(session === undefined ? {} : { session }) } as never),
    post,
    watch,
    look: (view, args, session) =>
      new Promise(resolve => {
        const stop = watch(view, args, session, value => {
          stop();
          resolve(value);
        });
      }),
    unanswered: () => waiting.size,
  };
}
