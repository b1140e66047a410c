import { sign, verify, X509Certificate } from 'node:crypto';
import { canonicalJson } from '#core/wire/event-chain.ts';
import type { Revocations } from '#core/wire/link-messages.ts';

/** The list of certificates that are no longer believed, as the branch's authority signed it. */

/** Nobody has been removed yet. Unsigned, because there is nothing to believe in it. */
export function noRevocations(branch: string): Revocations {
  return { branch, number: 0, serials: [], signature: '' };
}

export function signRevocations(list: Omit<Revocations, 'signature'>, authorityKeyPem: string): Revocations {
  return { ...list, signature: sign('sha256', textOf(list), authorityKeyPem).toString('base64') };
}

/**
 * What a station believes after it was shown `offered`. A list only grows: serial numbers of both are kept, because
 * two hosts may each have removed a station while they did not know of each other.
 * @returns `known` itself when the offered one is not signed by the authority, is of another branch or says no more
 */
export function believeRevocations(
  known: Revocations,
  offered: Revocations,
  authorityPem: string,
): Revocations {
  if (offered.branch !== known.branch || !isSignedRevocations(offered, authorityPem)) return known;
  const missing = known.serials.filter(serial => !offered.serials.includes(serial));
  if (missing.length > 0) {
    // Kept under the newest signature there is: the rest is this station's own knowledge.
    const news = offered.serials.filter(serial => !known.serials.includes(serial));
    return news.length === 0 ? known : { ...known, serials: [...known.serials, ...news] };
  }
  return offered.number > known.number ? offered : known;
}

/** Whether the branch's authority has signed it. */
export function isSignedRevocations(list: Revocations, authorityPem: string): boolean {
  try {
    const { publicKey } = new X509Certificate(authorityPem);
    return verify('sha256', textOf(list), publicKey, Buffer.from(list.signature, 'base64'));
  } catch {
    return false;
  }
}

function textOf({ branch, number, serials }: Omit<Revocations, 'signature'>): Buffer {
  return Buffer.from(`foyer revocations ${canonicalJson({ branch, number, serials })}`, 'utf8');
}
