import { accept, type Handler } from '../branch/decision.ts';
import type { NewEvent } from '../branch/events.ts';
import type { BranchState } from '../branch/state.ts';
import { fail } from '../wire/result.ts';
import { findStaff, rightsOf } from './rights.ts';

/**
 * ID1: until when a staff number is locked; null when it is free to try. A lock that reaches further than any lock
 * can is from a clock that has been set right since: nobody stays locked out for years.
 */
export function lockedUntil(state: BranchState, staffNumber: string, now: number): number | null {
  const until = state.signInFailures.get(staffNumber)?.lockedUntil ?? null;
  const longest = state.document?.limits.lockoutMs ?? 0;
  return until !== null && now < until && until - now <= longest ? until : null;
}

/** Wrong passwords in a row; a lock that has run out starts the count again. */
export function failureCount(state: BranchState, staffNumber: string): number {
  const failures = state.signInFailures.get(staffNumber);
  return failures && failures.lockedUntil === null ? failures.count : 0;
}

/**
 * ID1: a sign-in whose password the host has compared. A wrong password is a fact worth recording (lockout), so
 * it is accepted as an event and answered with `failed`; the host turns that into S701 or S702 for the window.
 */
const recordSignIn: Handler<'record-sign-in'> = (state, { args }, context) => {
  const { staffNumber, passwordFits, sessionId } = args;
  const locked = lockedUntil(state, staffNumber, context.now);
  if (locked !== null) return fail('S702', { until: locked });
  // An unknown number is answered like a wrong password, but recorded nowhere: it would only fill the disk.
  if (!findStaff(state.document, staffNumber)) return fail('S701');
  if (!passwordFits) {
    const { signInAttempts, lockoutMs } = state.document.limits;
    const failures = failureCount(state, staffNumber) + 1;
    const until = failures >= signInAttempts ? context.now + lockoutMs : null;
    return accept([{ type: 'sign-in-failed', data: { staffNumber, lockedUntil: until } }], { failed: true });
  }
  const events: NewEvent[] = [];
  for (const session of state.sessions.values())
    if (session.staffNumber === staffNumber)
      events.push({
        type: 'staff-signed-out',
        data: { sessionId: session.sessionId, staffNumber, reason: 'signed-in-elsewhere' },
      });
  return accept([...events, { type: 'staff-signed-in', data: { sessionId, staffNumber } }], {
    staffNumber,
    rights: [...rightsOf(state.document, staffNumber)],
  });
};

/** Signing out closes the teller's counter; not while a customer is there. */
const signOut: Handler<'sign-out'> = (state, { actor }) => {
  if (actor.kind !== 'staff') return fail('M605');
  const { staffNumber, sessionId } = actor;
  const events: NewEvent[] = [];
  for (const counter of state.counters.values()) {
    if (counter.staffNumber !== staffNumber) continue;
    if (counter.ticketId !== null) return fail('T810', { counter: counter.counterId });
    events.push({ type: 'counter-closed', data: { counterId: counter.counterId, reason: 'asked' } });
  }
  return accept([...events, { type: 'staff-signed-out', data: { sessionId, staffNumber, reason: 'asked' } }]);
};

export const decideStaff = { 'record-sign-in': recordSignIn, 'sign-out': signOut };
