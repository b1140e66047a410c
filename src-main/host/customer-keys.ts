import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '#core/wire/result.ts';

/** Keys of this branch for numbers of customers: they stay in the data folder and never enter the journal (TK2, ID2). */
export interface CustomerKeys {
  /** HMAC-SHA-256, hexadecimal: the same number gives the same hash, and only with the key. */
  hash(number: string): string;
  /**
   * AES-256-GCM under the key of the month of `now`: destroying a month's key erases what was sealed in it, in the
   * journal and in every copy. The same text and `seed` give the same bytes, so that a repeated command is the same.
   * Failures: `D404` a new month's key cannot be kept.
   */
  seal(text: string, seed: string, now: number): Result<string>;
  /** Null: not sealed here, changed, or its key was destroyed. */
  unseal(sealed: string): string | null;
}

const Key = z.base64().refine(text => Buffer.from(text, 'base64').length === 32);
const KeyFile = z.strictObject({ hashKey: Key, sealKeys: z.record(z.string().regex(/^\d{4}-\d{2}$/), Key) });
type KeyFile = z.infer<typeof KeyFile>;

const FORMAT = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

const newKey = () => randomBytes(32).toString('base64');

/**
 * Opens `<folder>/customer-keys.json`, or makes it.
 * Failures: `D410` the file is damaged: it is left as it is, since new keys would not know old customers; `D404`.
 */
export function openCustomerKeys(folder: string): Result<CustomerKeys> {
  const path = join(folder, 'customer-keys.json');
  const read = existsSync(path) ? readKeyFile(path) : ok<KeyFile>({ hashKey: newKey(), sealKeys: {} });
  if (!read.ok) return read;
  let file = read.value;
  if (!existsSync(path)) {
    const kept = keep(path, file);
    if (!kept.ok) return kept;
  }

  const hashKey = Buffer.from(file.hashKey, 'base64');
  const hmac = (text: string) => createHmac('sha256', hashKey).update(text);

  return ok({
    hash: number => hmac(`number\0${number}`).digest('hex'),
    seal(text, seed, now) {
      const month = new Date(now).toISOString().slice(0, 7);
      if (file.sealKeys[month] === undefined) {
        const changed = { ...file, sealKeys: { ...file.sealKeys, [month]: newKey() } };
        const kept = keep(path, changed);
        if (!kept.ok) return kept;
        file = changed;
      }
      // Secret and different for every text and seed, so no key ever meets the same one twice.
      const iv = hmac(`iv\0${seed}\0${text}`).digest().subarray(0, IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', Buffer.from(file.sealKeys[month] ?? '', 'base64'), iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return ok(`${FORMAT}.${month}.${Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url')}`);
    },
    unseal(sealed) {
      const [format, month = '', body = ''] = sealed.split('.');
      const key = Object.hasOwn(file.sealKeys, month) ? file.sealKeys[month] : undefined;
      const bytes = Buffer.from(body, 'base64url');
      if (format !== FORMAT || key === undefined || bytes.length < IV_BYTES + TAG_BYTES) return null;
      try {
        const iv = bytes.subarray(0, IV_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), iv, {
          authTagLength: TAG_BYTES,
        });
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  });
}

function readKeyFile(path: string): Result<KeyFile> {
  try {
    const parsed = KeyFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? ok(parsed.data) : fail('D410');
  } catch {
    return fail('D410');
  }
}

/** Whole or not at all, and on disk before a customer is promised anything. For this user only. */
function keep(path: string, file: KeyFile): Result<void> {
  try {
    const handle = openSync(`${path}.new`, 'w', 0o600);
    try {
      writeSync(handle, JSON.stringify(file));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(`${path}.new`, path);
    return ok(undefined);
  } catch {
    return fail('D404');
  }
}
