import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Keeps private keys from other people of this PC. Electron's safeStorage where it encrypts, else plain. */
export interface KeyStore {
  /** What may lie on disk instead of `bytes`. */
  seal(bytes: Uint8Array): Uint8Array;
  /** The bytes again; null when another user or PC sealed them, or they are damaged. */
  open(sealed: Uint8Array): Uint8Array | null;
  /** False: whoever can read this user's files has the keys; the screens say so. */
  readonly isProtected: boolean;
}

/**
 * Stands before sealed bytes, so that a file says itself which it is. Keys written before there was a safe are PEM, which
 * begins otherwise.
 */
const SEAL_MARK = Buffer.from('foyer-sealed-1\n', 'ascii');

/** Whether bytes on disk can be opened only where they were sealed. */
export function isSealed(stored: Uint8Array): boolean {
  return SEAL_MARK.equals(stored.subarray(0, SEAL_MARK.length));
}

function isPem(stored: Uint8Array): boolean {
  return Buffer.from(stored).toString('latin1').startsWith('-----BEGIN ');
}

/** Without an operating system's key store: the keys lie in a file that only their owner may read. */
export const PLAIN_KEY_STORE: KeyStore = {
  seal: bytes => Uint8Array.from(bytes),
  open: stored => (isSealed(stored) ? null : Uint8Array.from(stored)),
  isProtected: false,
};

/** What safeStorage of Electron offers, as far as it is used here. */
export interface TextCipher {
  isEncryptionAvailable(): boolean;
  /** Linux only: `basic_text` is no protection at all. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

/**
 * Electron's safeStorage as a key store, which also opens what was written plain before; the plain one where it does
 * not really encrypt.
 */
export function keyStoreOf(cipher: TextCipher): KeyStore {
  const isPlain = !cipher.isEncryptionAvailable() || cipher.getSelectedStorageBackend?.() === 'basic_text';
  if (isPlain) return PLAIN_KEY_STORE;
  return {
    seal: bytes => Buffer.concat([SEAL_MARK, cipher.encryptString(Buffer.from(bytes).toString('base64'))]),
    open(stored) {
      // Anything else is a sealed key that was damaged.
      if (!isSealed(stored)) return isPem(stored) ? Uint8Array.from(stored) : null;
      try {
        const sealed = Buffer.from(stored.subarray(SEAL_MARK.length));
        return Buffer.from(cipher.decryptString(sealed), 'base64');
      } catch {
        return null;
      }
    },
    isProtected: true,
  };
}

/** A key that lies plain on a PC that has a safe by now: it is to be written anew. */
export function wantsSealing(keyStore: KeyStore, stored: Uint8Array): boolean {
  return keyStore.isProtected && !isSealed(stored);
}

/** A small text that is written whole or not at all. */
export interface TextFile {
  /** Null when there is none. @throws when it cannot be read */
  read(): string | null;
  /** On disk when this returns. @throws when it cannot be written */
  write(text: string): void;
}

/** A file only its owner may read. On Windows the user's own folder sees to that. */
export function privateFile(path: string): TextFile {
  return {
    read() {
      try {
        return readFileSync(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    write(text) {
      mkdirSync(dirname(path), { recursive: true });
      const draft = `${path}.new`;
      const file = openSync(draft, 'w', 0o600);
      try {
        // A draft left by a crash keeps its old mode.
        chmodSync(draft, 0o600);
        writeSync(file, text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(draft, path);
    },
  };
}
