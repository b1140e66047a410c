import type Database from 'better-sqlite3';
import type { Result } from '#core/wire/result.ts';
import { attempt } from './sqlite-failure.ts';

/** Password hashes by staff number (ID1). The hash is made elsewhere; this never sees a password. */
export interface CredentialQueries {
  passwordHashOf(staffNumber: string): string | null;
  /** Adds or replaces. Failures: `D403`, `D404`. */
  setPasswordHash(staffNumber: string, passwordHash: string): Result<unknown>;
  /** Failures: `D403`, `D404`. */
  remove(staffNumber: string): Result<unknown>;
  /** Everyone who can sign in here, by number. */
  staffNumbers(): string[];
}

/** Prepares the statements on table `staff_credential`. */
export function credentialQueries(database: Database.Database): CredentialQueries {
  const select = database
    .prepare<[string], string>('SELECT password_hash FROM staff_credential WHERE staff_number = ?')
    .pluck();
  const upsert = database.prepare(
    `INSERT INTO staff_credential (staff_number, password_hash) VALUES (?, ?)
     ON CONFLICT (staff_number) DO UPDATE SET password_hash = excluded.password_hash`,
  );
  const remove = database.prepare('DELETE FROM staff_credential WHERE staff_number = ?');
  const list = database
    .prepare<[], string>('SELECT staff_number FROM staff_credential ORDER BY staff_number')
    .pluck();
  return {
    passwordHashOf: staffNumber => select.get(staffNumber) ?? null,
    setPasswordHash: (staffNumber, passwordHash) => attempt(() => upsert.run(staffNumber, passwordHash)),
    remove: staffNumber => attempt(() => remove.run(staffNumber)),
    staffNumbers: () => list.all(),
  };
}
