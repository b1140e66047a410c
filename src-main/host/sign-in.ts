import { hash, verify } from '@node-rs/argon2';
import { lockedUntil } from '#core/staff/decide-staff.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { Host, HostAnswer } from './host-contract.ts';
import { newSessionToken, tokenToSessionId } from './session-tokens.ts';

/**
 * ID1: OWASP's first recommendation for argon2id (19 MiB, 2 passes, 1 lane), the library's default algorithm.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID);
}

/** Compared against when a number is unknown, so that the time an answer takes tells nothing. */
let decoyHash: Promise<string> | undefined;

/** Takes as long for a number that has no password as for a wrong one. @param known the hash; null: there is none */
export async function passwordFits(known: string | null, password: string): Promise<boolean> {
  decoyHash ??= hashPassword('decoy');
  const fits = await verify(known ?? (await decoyHash), password).catch(() => false);
  return known !== null && fits;
}

export interface SignInParts {
  readonly host: Host;
  readonly passwordHashOf: (staffNumber: string) => string | null;
  readonly now: () => number;
}

/**
 * Signs a member of staff in. Attempts for the same number run one after the other: guesses sent all at once
 * count one by one towards the lock.
 */
export function createSignIn({ host, passwordHashOf, now }: SignInParts) {
  const running = new Map<string, Promise<unknown>>();

  const attempt = async (
    staffNumber: string,
    password: string,
    station: string,
  ): Promise<Result<HostAnswer>> => {
    const locked = lockedUntil(host.state(), staffNumber, now());
    if (locked !== null) return fail('S702', { until: locked });
    const fits = await passwordFits(passwordHashOf(staffNumber), password);
    const token = newSessionToken();
    const decided = host.execute({
      type: 'record-sign-in',
      args: { staffNumber, passwordFits: fits, sessionId: tokenToSessionId(token) },
      actor: { kind: 'system' },
      station,
    });
    if (!decided.ok) return decided;
    if (decided.value.failed !== true) return ok({ ...decided.value, session: token });
    const until = lockedUntil(host.state(), staffNumber, now());
    return until === null ? fail('S701') : fail('S702', { until });
  };

  return (staffNumber: string, password: string, station: string): Promise<Result<HostAnswer>> => {
    const before = running.get(staffNumber) ?? Promise.resolve();
    const mine = before.then(() => attempt(staffNumber, password, station));
    running.set(staffNumber, mine);
    const forget = () => {
      if (running.get(staffNumber) === mine) running.delete(staffNumber);
    };
    mine.then(forget, forget);
    return mine;
  };
}

export type SignIn = ReturnType<typeof createSignIn>;
