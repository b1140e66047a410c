import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import type { CommandAnswer } from '#core/wire/commands.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { Result } from '#core/wire/result.ts';
import { createId } from './create-id.ts';
import { usePort } from './PortProvider.tsx';
import { readStoredSession, type StoredSession, writeStoredSession } from './stored-session.ts';

export interface Session {
  /** Null while nobody is signed in. */
  readonly session: string | null;
  readonly staffNumber: string | null;
  readonly rights: readonly string[];
  /** Why the host ended the last session (S703, S705); null after a sign-in or a sign-out by hand. */
  readonly endedBy: ErrorCode | null;
  signIn(staffNumber: string, password: string): Promise<Result<CommandAnswer<'sign-in'>>>;
  /** Always signs out here; the host's answer tells whether it heard of it. */
  signOut(): Promise<Result<CommandAnswer<'sign-out'>>>;
  /** For `useView` and `useCommand`: the host no longer knows session `ended`. */
  expire(ended: string, code: ErrorCode): void;
}

const SessionContext = createContext<Session | null>(null);

/** Keeps who is signed in, also over a reload of the page. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const port = usePort();
  const [stored, setStored] = useState<StoredSession | null>(() => readStoredSession(sessionStorage));
  const [endedBy, setEndedBy] = useState<ErrorCode | null>(null);

  const keep = useCallback((next: StoredSession | null, code: ErrorCode | null) => {
    writeStoredSession(sessionStorage, next);
    setStored(next);
    setEndedBy(code);
  }, []);

  const value = useMemo<Session>(
    () => ({
      session: stored?.session ?? null,
      staffNumber: stored?.staffNumber ?? null,
      rights: stored?.rights ?? [],
      endedBy,
      async signIn(staffNumber, password) {
        const result = await port.send<'sign-in'>({
          id: createId(),
          type: 'sign-in',
          args: { staffNumber, password },
        });
        if (result.ok) keep(result.value, null);
        return result;
      },
      signOut() {
        const answered = port.send<'sign-out'>({
          id: createId(),
          type: 'sign-out',
          args: {},
          session: stored?.session,
        });
        keep(null, null);
        return answered;
      },
      expire(ended, code) {
        if (stored?.session === ended) keep(null, code);
      },
    }),
    [port, stored, endedBy, keep],
  );
  return <SessionContext value={value}>{children}</SessionContext>;
}

/** Who is signed in at this window, and signing in and out. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider around it');
  return session;
}
