import type { BranchState } from '#core/branch/state.ts';
import { lockedUntil } from '#core/staff/decide-staff.ts';
import { findStaff } from '#core/staff/rights.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { passwordFits } from './sign-in.ts';

export interface ConfirmPersonParts {
  readonly state: () => BranchState;
  readonly passwordHashOf: (staffNumber: string) => string | null;
  readonly now: () => number;
  /** The branch counts a wrong password towards the lock too; left out where this PC cannot record (a standby). */
  readonly recordFailure?: (staffNumber: string) => void;
}

/**
 * ID1: asks somebody again who they are, before a decision that must not be made at a screen left open. Nobody is
 * signed in or out by it. Wrong passwords are counted here as well, so that a PC that cannot record still locks.
 * Failures: `S701`, `S702`.
 */
export function createConfirmPerson({ state, passwordHashOf, now, recordFailure }: ConfirmPersonParts) {
  const failures = new Map<string, { readonly count: number; readonly lockedUntil: number }>();
  let last: Promise<unknown> = Promise.resolve();

  const lockOf = (staffNumber: string): number | null => {
    const until = Math.max(
      lockedUntil(state(), staffNumber, now()) ?? 0,
      failures.get(staffNumber)?.lockedUntil ?? 0,
    );
    return until > now() ? until : null;
  };

  const attempt = async (staffNumber: string, password: string): Promise<Result<void>> => {
    const locked = lockOf(staffNumber);
    if (locked !== null) return fail('S702', { until: locked });
    const { document } = state();
    const isKnown = document !== null && findStaff(document, staffNumber) !== undefined;
    const fits = await passwordFits(passwordHashOf(staffNumber), password);
    if (isKnown && fits) {
      failures.delete(staffNumber);
      return ok(undefined);
    }
    // An unknown number is answered like a wrong password, but counted nowhere: it would only fill the memory.
    if (!isKnown) return fail('S701');
    recordFailure?.(staffNumber);
    const { signInAttempts, lockoutMs } = document.limits;
    const before = failures.get(staffNumber);
    const count = (before && before.lockedUntil === 0 ? before.count : 0) + 1;
    failures.set(staffNumber, { count, lockedUntil: count >= signInAttempts ? now() + lockoutMs : 0 });
    const until = lockOf(staffNumber);
    return until === null ? fail('S701') : fail('S702', { until });
  };

  /** One after the other: guesses sent all at once count one by one towards the lock. */
  return (staffNumber: string, password: string): Promise<Result<void>> => {
    const mine = last.then(() => attempt(staffNumber, password));
    last = mine.catch(() => {});
    return mine;
  };
}

export type ConfirmPerson = ReturnType<typeof createConfirmPerson>;
