import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { LinkState } from '#core/wire/branch-port.ts';
import type { CommandAnswer, CommandArgs, WindowCommand, WindowCommandType } from '#core/wire/commands.ts';
import type { Failure, Result } from '#core/wire/result.ts';
import type { View, ViewArgs, ViewName } from '#core/wire/views.ts';
import { createId } from './create-id.ts';
import { usePort } from './PortProvider.tsx';
import { useSession } from './SessionProvider.tsx';

export { usePort } from './PortProvider.tsx';
export { useSession } from './SessionProvider.tsx';

/** The state of the link to the host. */
export function useLink(): LinkState {
  const port = usePort();
  const latest = useRef<LinkState>('connecting');
  const subscribe = useCallback(
    (changed: () => void) =>
      port.onLink(state => {
        latest.current = state;
        changed();
      }),
    [port],
  );
  return useSyncExternalStore(subscribe, () => latest.current);
}

export interface ViewState<V extends ViewName> {
  /** Undefined until the first; the last one stays while the link is lost. */
  readonly value: View<V> | undefined;
  /** Why the host shows nothing, or null. */
  readonly error: Failure | null;
  readonly link: LinkState;
}

/**
 * The newest state of a view. `session` is the signed-in one unless given. A session the host no longer knows
 * is ended here too, so that the screen shows its sign-in page.
 */
export function useView<V extends ViewName>(view: V, args: ViewArgs = {}, session?: string): ViewState<V> {
  const port = usePort();
  const own = useSession();
  const link = useLink();
  const usedSession = session ?? own.session ?? undefined;
  const { counterId, deviceId, zoneId } = args;
  const [update, setUpdate] = useState<{ value: View<V> | undefined; error: Failure | null }>({
    value: undefined,
    error: null,
  });
  const expire = useRef(own.expire);
  expire.current = own.expire;

  useEffect(() => {
    setUpdate({ value: undefined, error: null });
    const wanted = {
      ...(counterId !== undefined && { counterId }),
      ...(deviceId !== undefined && { deviceId }),
      ...(zoneId !== undefined && { zoneId }),
    };
    return port.subscribe(view, wanted, usedSession, result => {
      if (result.ok) return setUpdate({ value: result.value.value, error: null });
      setUpdate({ value: undefined, error: result.error });
      if (usedSession !== undefined && isSessionEnd(result.error))
        expire.current(usedSession, result.error.code);
    });
  }, [port, view, counterId, deviceId, zoneId, usedSession]);
  return { ...update, link };
}

/** The host's clock in ms since 1970, renewed every `intervalMs` and on its full multiples. */
export function useHostNow(intervalMs = 1000): number {
  const port = usePort();
  const [now, setNow] = useState(() => port.hostNow());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const current = port.hostNow();
      setNow(current);
      timer = setTimeout(tick, intervalMs - (current % intervalMs) + 1);
    };
    tick();
    return () => clearTimeout(timer);
  }, [port, intervalMs]);
  return now;
}

export interface Commands {
  /**
   * Sends a command in the name of the signed-in person. The same command pressed again before its answer is
   * still the one command; pressed again after a time-out (M610) it keeps its id, so it has one effect.
   */
  run<T extends WindowCommandType>(type: T, args: CommandArgs<T>): Promise<Result<CommandAnswer<T>>>;
  /** The command under way, or null. */
  readonly busyType: WindowCommandType | null;
  /** Why the last command was refused; null after one that was accepted or after `clearError`. */
  readonly lastError: Failure | null;
  clearError(): void;
}

/** Sends commands and keeps what their buttons show. */
export function useCommand(): Commands {
  const port = usePort();
  const { session, expire } = useSession();
  const [busyType, setBusyType] = useState<WindowCommandType | null>(null);
  const [lastError, setLastError] = useState<Failure | null>(null);
  const unansweredIds = useRef(new Map<string, string>());

  const run = useCallback(
    async <T extends WindowCommandType>(type: T, args: CommandArgs<T>) => {
      const key = JSON.stringify([type, args, session]);
      const id = unansweredIds.current.get(key) ?? createId();
      unansweredIds.current.set(key, id);
      setBusyType(type);
      const command = session === null ? { id, type, args } : { id, type, args, session };
      const result = await port.send<T>(command as WindowCommand<T>);
      if (result.ok || result.error.code !== 'M610') unansweredIds.current.delete(key);
      setBusyType(null);
      setLastError(result.ok ? null : result.error);
      if (!result.ok && session !== null && isSessionEnd(result.error)) expire(session, result.error.code);
      return result;
    },
    [port, session, expire],
  );
  const clearError = useCallback(() => setLastError(null), []);
  return useMemo(() => ({ run, busyType, lastError, clearError }), [run, busyType, lastError, clearError]);
}

function isSessionEnd(failure: Failure): boolean {
  return failure.code === 'S703' || failure.code === 'S705';
}
