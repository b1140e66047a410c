import { createCipheriv, createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Seals bytes to somebody's public key (ECDH on P-256 with a key made for this once, HKDF-SHA-256, AES-256-GCM), so
 * that only the holder of the private key reads them, whatever carries them.
 */

const CURVE = 'prime256v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key made for one exchange; forgotten after it. */
export interface ExchangeKey {
  readonly publicKey: Uint8Array;
  /** The bytes sealed to this key, or null when they were altered or sealed for something else. */
  open(senderKey: Uint8Array, sealed: Uint8Array, purpose: string): Uint8Array | null;
}

export function makeExchangeKey(): ExchangeKey {
  const own = createECDH(CURVE);
  const publicKey = own.generateKeys();
  return {
    publicKey,
    open(senderKey, sealed, purpose) {
      try {
        const key = boxKey(own.computeSecret(senderKey), senderKey, publicKey, purpose);
        const bytes = Buffer.from(sealed);
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([plain, decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}

/**
 * Seals `bytes` for the holder of `receiverKey`. `purpose` names what for, and must be the same when opened.
 * @returns null when `receiverKey` is no point on the curve
 */
export function sealFor(
  receiverKey: Uint8Array,
  bytes: Uint8Array,
  purpose: string,
): { readonly senderKey: Uint8Array; readonly sealed: Uint8Array } | null {
  const own = createECDH(CURVE);
  const senderKey = own.generateKeys();
  let secret: Buffer;
  try {
    secret = own.computeSecret(receiverKey);
  } catch {
    return null;
  }
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', boxKey(secret, senderKey, receiverKey, purpose), nonce);
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return { senderKey, sealed: Buffer.concat([nonce, body, cipher.getAuthTag()]) };
}

function boxKey(secret: Uint8Array, sender: Uint8Array, receiver: Uint8Array, purpose: string): Uint8Array {
  const info = Buffer.concat([Buffer.from(`foyer sealed box ${purpose}\0`, 'utf8'), sender, receiver]);
  return new Uint8Array(hkdfSync('sha256', secret, Buffer.alloc(0), info, 32));
}
