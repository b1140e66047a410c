import type { UnchainedEvent } from './event-envelope.ts';

/** The "previous hash" of a branch's first event. */
export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256 of a UTF-8 text as 64 lower-case hexadecimal digits. Passed in, because core has no crypto. */
export type Sha256Hex = (text: string) => string;

/**
 * Canonical JSON: keys sorted by UTF-16 code unit, no white space, ECMAScript number and string forms
 * (RFC 8785 for the values events may hold). Two machines always write the same bytes for the same value.
 * @throws TypeError for values JSON cannot carry (undefined, NaN, functions): a bug in the caller.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      throw new TypeError('canonical JSON cannot hold a number that is not finite');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
    return `{${fields.join(',')}}`;
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
}

/**
 * The hash that seals an event: SHA-256 over the previous hash (hexadecimal) followed by the canonical JSON of
 * the event without its own hash, as UTF-8.
 */
export function chainHash(previousHash: string, event: UnchainedEvent, sha256Hex: Sha256Hex): string {
  const { branch, epoch, seq, id, at, type, version, actor, station, data } = event;
  return sha256Hex(
    previousHash + canonicalJson({ branch, epoch, seq, id, at, type, version, actor, station, data }),
  );
}
