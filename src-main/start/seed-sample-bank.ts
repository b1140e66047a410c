import type { BankDocument } from '#core/branch/bank-document.ts';
import type { InternalCommandArgs } from '#core/branch/commands.ts';
import { SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { Host } from '../host/host-contract.ts';
import { hashPassword } from '../host/sign-in.ts';
import type { Journal } from '../journal/journal.ts';

/** The first start of a PC that needed no set-up: the sample bank and its staff's sample password. */
export async function seedSampleBank(
  bank: BankDocument,
  host: Host,
  journal: Journal,
  system: <T extends keyof InternalCommandArgs>(type: T, args: InternalCommandArgs[T]) => Result<unknown>,
): Promise<Result<unknown>> {
  if (host.state().document === null) {
    const applied = system('apply-bank-document', { document: bank });
    if (!applied.ok) return applied;
  }
  const { document } = host.state();
  if (!document?.branch.sample) return ok(undefined);
  const missing = document.staff.filter(({ number }) => journal.credentials.passwordHashOf(number) === null);
  const passwordHash = missing.length > 0 ? await hashPassword(SAMPLE_PASSWORD) : '';
  for (const { number } of missing) {
    const kept = journal.credentials.setPasswordHash(number, passwordHash);
    if (!kept.ok) return fail(kept.error.code);
  }
  return ok(undefined);
}
