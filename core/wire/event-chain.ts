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
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value))
        throw new TypeError('canonical JSON cannot hold a number that is not finite');
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `[${value.map(canonicalJson).join(',')}]` : canonicalObject(value);
    default:
      throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
  }
}

function canonicalObject(object: object): string {
  const fields = object as Readonly<Record<string, unknown>>;
  let text = '';
  // Without a comparison function, sort() compares UTF-16 code units, as RFC 8785 3.2.3 asks.
  for (const key of Object.keys(fields).sort()) {
    const field = fields[key];
    if (field === undefined) continue;
    text += `${text === '' ? '' : ','}${canonicalString(key)}:${canonicalJson(field)}`;
  }
  return `{${text}}`;
}

/** Most texts are ids and codes that need no escapes: those are only quoted, which head office does by the million. */
function canonicalString(text: string): string {
  return /^[\w .:+-]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}

/**
 * The hash that seals an event: SHA-256 over the previous hash (hexadecimal) followed by the canonical JSON of
 * the event without its own hash, as UTF-8.
 * @param dataText canonical JSON of `event.data`, where the caller has it already
 */
export function chainHash(
  previousHash: string,
  event: UnchainedEvent,
  sha256Hex: Sha256Hex,
  dataText = canonicalJson(event.data),
): string {
  const { branch, epoch, seq, id, at, type, version, actor, station } = event;
  // The fields in their sorted order, written out: an object for them would be made, sorted and read for each event.
  const before = `{"actor":${canonicalJson(actor)},"at":${canonicalJson(at)},"branch":${canonicalJson(branch)}`;
  const place = `"epoch":${canonicalJson(epoch)},"id":${canonicalJson(id)},"seq":${canonicalJson(seq)}`;
  const kind = `"station":${canonicalJson(station)},"type":${canonicalJson(type)},"version":${canonicalJson(version)}}`;
  return sha256Hex(`${previousHash}${before},"data":${dataText},${place},${kind}`);
}
