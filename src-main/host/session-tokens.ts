import { randomBytes } from 'node:crypto';
import type { Actor } from '#core/branch/commands.ts';
import type { BranchState } from '#core/branch/state.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import { sha256Hex } from '../journal/sha256.ts';

/** Who speaks from a window: staff by the token of their session, else a customer (kiosk). */
export function sessionActor(state: BranchState, token: string | undefined): Result<Actor, Failure> {
  if (token === undefined) return ok({ kind: 'customer' });
  const sessionId = tokenToSessionId(token);
  const session = state.sessions.get(sessionId);
  return session ? ok({ kind: 'staff', staffNumber: session.staffNumber, sessionId }) : fail('S703');
}

/** The journal names a session by this hash; only the window that signed in knows the token. */
export function tokenToSessionId(token: string): string {
  return sha256Hex(token);
}

/** 256 random bits for a new session. */
export function newSessionToken(): string {
  return randomBytes(32).toString('hex');
}
