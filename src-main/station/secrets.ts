import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LinkMessage } from '#core/wire/link-messages.ts';
import { ok, type Result } from '#core/wire/result.ts';
import type { CustomerKeys } from '../host/customer-keys.ts';
import type { Journal } from '../journal/journal.ts';
import { privateFile } from '../link/key-store.ts';

/** What a take-over needs and no journal holds: given by the host to its standby, over their link alone. */
export type Secrets = Omit<Extract<LinkMessage, { kind: 'secrets' }>, 'kind'>;

export interface SecretStore {
  read(): Secrets;
  /** Keeps the host's. @returns whether anything was new */
  take(secrets: Secrets): boolean;
}

/** Where `createUploading` keeps the branch's key. */
const UPLOAD_KEY = 'upload_key';

export function createSecretStore(
  dataFolder: string,
  { settings, credentials }: Pick<Journal, 'settings' | 'credentials'>,
): SecretStore {
  const path = join(dataFolder, 'customer-keys.json');
  const read = (): Secrets => ({
    uploadKey: settings.get(UPLOAD_KEY),
    passwords: credentials.staffNumbers().map(staffNumber => ({
      staffNumber,
      hash: credentials.passwordHashOf(staffNumber) ?? '',
    })),
    customerKeys: existsSync(path) ? readFileSync(path, 'utf8') : null,
  });
  return {
    read,
    take(secrets) {
      const own = read();
      if (JSON.stringify(own) === JSON.stringify(secrets)) return false;
      const { uploadKey, passwords, customerKeys } = secrets;
      if (uploadKey !== null && uploadKey !== own.uploadKey) settings.set(UPLOAD_KEY, uploadKey);
      for (const { staffNumber, hash } of passwords)
        if (credentials.passwordHashOf(staffNumber) !== hash) credentials.setPasswordHash(staffNumber, hash);
      const known = new Set(passwords.map(({ staffNumber }) => staffNumber));
      for (const { staffNumber } of own.passwords)
        if (!known.has(staffNumber)) credentials.remove(staffNumber);
      if (customerKeys !== null && customerKeys !== own.customerKeys) privateFile(path).write(customerKeys);
      return true;
    },
  };
}

/**
 * The keys for customers, which on a standby are its host's: as they were when they were given last.
 * @param onNew calls its listener when the host has given others
 */
export function reopenedKeys(
  open: () => Result<CustomerKeys>,
  onNew: (listener: () => void) => void,
): Result<CustomerKeys> {
  const first = open();
  if (!first.ok) return first;
  let keys = first.value;
  onNew(() => {
    const next = open();
    if (next.ok) keys = next.value;
  });
  return ok({
    hash: number => keys.hash(number),
    seal: (text, seed, now) => keys.seal(text, seed, now),
    unseal: sealed => keys.unseal(sealed),
  });
}
