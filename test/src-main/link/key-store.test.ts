import { describe, expect, it } from 'vitest';
import { makeAuthority, openAuthority } from '#main/link/authority.ts';
import {
  isSealed,
  type KeyStore,
  keyStoreOf,
  PLAIN_KEY_STORE,
  type TextCipher,
} from '#main/link/key-store.ts';
import { makeHostIdentity, openIdentity } from '#main/link/station-identity.ts';
import { memoryFile, must } from './link-fixture.ts';

/** A safe of one user: what another one sealed cannot be opened. */
function safeOf(user: string): TextCipher {
  return {
    isEncryptionAvailable: () => true,
    encryptString: text => Buffer.from([...`${user}|${text}`].reverse().join('')),
    decryptString(encrypted) {
      const text = [...encrypted.toString()].reverse().join('');
      if (!text.startsWith(`${user}|`)) throw new Error('not sealed here');
      return text.slice(user.length + 1);
    },
  };
}

const SAFE = keyStoreOf(safeOf('teller'));

/** Authority and identity of a PC, written with a key store. */
async function pc(keyStore: KeyStore) {
  const files = { authority: memoryFile(), identity: memoryFile() };
  const authorityParts = { branch: 'branch-1', file: files.authority, now: Date.now };
  const authority = must(await makeAuthority({ ...authorityParts, keyStore }));
  must(await makeHostIdentity({ file: files.identity, keyStore }, authority, 'station-1'));
  return {
    files,
    open: (store: KeyStore) => ({
      identity: openIdentity({ file: files.identity, keyStore: store }),
      authority: openAuthority({ ...authorityParts, keyStore: store }),
    }),
    keysOnDisk: () =>
      [files.identity, files.authority].map(({ text }) =>
        Buffer.from(JSON.parse(text ?? '').key as string, 'base64'),
      ),
  };
}

describe('keys of a PC in the operating system’s safe', () => {
  it('a sealed key says so itself, and lies nowhere in the open', async () => {
    const { keysOnDisk, open } = await pc(SAFE);
    for (const key of keysOnDisk()) {
      expect(isSealed(key)).toBe(true);
      expect(key.toString('utf8')).not.toContain('PRIVATE KEY');
    }
    expect(must(open(SAFE).identity)?.isProtected).toBe(true);
  });

  it('a key written plain before is read, and sealed by that', async () => {
    const { keysOnDisk, open } = await pc(PLAIN_KEY_STORE);
    expect(keysOnDisk().map(isSealed)).toEqual([false, false]);
    const before = must(open(PLAIN_KEY_STORE).identity)?.keyed();
    const opened = open(SAFE);
    expect(must(opened.identity)?.keyed()).toEqual(before);
    expect(must(opened.authority)?.branch).toBe('branch-1');
    expect(keysOnDisk().map(isSealed)).toEqual([true, true]);
    expect(must(open(SAFE).identity)?.keyed()).toEqual(before);
  });

  it('a full disk leaves it plain, and the PC works', async () => {
    const { files, keysOnDisk, open } = await pc(PLAIN_KEY_STORE);
    files.identity.broken = true;
    files.authority.broken = true;
    const opened = open(SAFE);
    expect([opened.identity.ok, opened.authority.ok]).toEqual([true, true]);
    expect(keysOnDisk().map(isSealed)).toEqual([false, false]);
    // Screens must not call it protected.
    expect(must(opened.identity)?.isProtected).toBe(false);
  });

  it('U526 where it cannot be opened: another user, or no safe at all; nothing on disk changes', async () => {
    const { files, open } = await pc(SAFE);
    const texts = [files.identity.text, files.authority.text];
    for (const store of [keyStoreOf(safeOf('somebody else')), PLAIN_KEY_STORE])
      expect(open(store)).toMatchObject({
        identity: { ok: false, error: { code: 'U526' } },
        authority: { ok: false, error: { code: 'U526' } },
      });
    expect([files.identity.text, files.authority.text]).toEqual(texts);
  });

  it('U526 for a sealed key that was damaged: it is not taken for a plain one', async () => {
    const { files, open } = await pc(SAFE);
    const flipped = (text: string | null) => {
      const record = JSON.parse(text ?? '') as { key: string };
      const key = Buffer.from(record.key, 'base64');
      key[0] = (key[0] ?? 0) ^ 1;
      return JSON.stringify({ ...record, key: key.toString('base64') });
    };
    files.identity.text = flipped(files.identity.text);
    files.authority.text = flipped(files.authority.text);
    expect(open(SAFE)).toMatchObject({
      identity: { error: { code: 'U526' } },
      authority: { error: { code: 'U526' } },
    });
  });

  it('a safe that does not encrypt is none', () => {
    const open = { ...safeOf('x'), isEncryptionAvailable: () => false };
    const basic = { ...safeOf('x'), getSelectedStorageBackend: () => 'basic_text' };
    for (const cipher of [open, basic]) expect(keyStoreOf(cipher)).toBe(PLAIN_KEY_STORE);
  });
});
