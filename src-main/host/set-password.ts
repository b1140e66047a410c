import type { Command } from '#core/branch/commands.ts';
import { MIN_PASSWORD_CHARACTERS } from '#core/documents/decide-documents.ts';
import { hasRight } from '#core/staff/rights.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import { fail, type Result } from '#core/wire/result.ts';
import type { Host, HostAnswer } from './host-contract.ts';
import { sessionActor } from './session-tokens.ts';
import { hashPassword } from './sign-in.ts';

export interface SetPasswordParts {
  readonly host: Host;
  /** Failures: `D403`, `D404`. */
  readonly setPasswordHash: (staffNumber: string, passwordHash: string) => Result<unknown>;
  readonly station: string;
}

/**
 * ID1: an administrator gives somebody a new password. Hashed as for every sign-in; the journal learns who did it
 * for whom (ID3) and nothing of the password. Failures: `S703`, `S704`, `S706`, `S707`, `D403`, `D404`.
 */
export function createSetPassword({ host, setPasswordHash, station }: SetPasswordParts) {
  return async (command: WindowCommand<'set-password'>): Promise<Result<HostAnswer>> => {
    const { staffNumber, password } = command.args;
    const actor = sessionActor(host.state(), command.session);
    if (!actor.ok) return actor;
    if (actor.value.kind !== 'staff') return fail('S703');
    // Before the slow hashing: nobody without the right makes the host work.
    if (!hasRight(host.state(), actor.value.staffNumber, 'set-up')) return fail('S704', { right: 'set-up' });
    if ([...password].length < MIN_PASSWORD_CHARACTERS)
      return fail('S706', { characters: MIN_PASSWORD_CHARACTERS });
    const passwordHash = await hashPassword(password);
    // Recorded first: a change that nobody can name would be worse than a record whose change has to be repeated.
    const recorded = host.execute(
      { type: 'record-password', args: { staffNumber }, actor: actor.value, station } as Command,
      command.id,
    );
    if (!recorded.ok) return recorded;
    const kept = setPasswordHash(staffNumber, passwordHash);
    return kept.ok ? recorded : { ok: false, error: kept.error };
  };
}

export type SetPassword = ReturnType<typeof createSetPassword>;
