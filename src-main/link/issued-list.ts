import { sign, verify, X509Certificate } from 'node:crypto';
import { canonicalJson } from '#core/wire/event-chain.ts';
import type { IssuedList } from '#core/wire/link-messages.ts';

/** Which certificates a branch's authority has issued, as PCs that hold it tell each other. */
export type IssuedEntry = IssuedList['issued'][number];

/** Only whoever holds the authority's key can make one, so a PC cannot invent others. */
export function signIssued(
  branch: string,
  issued: readonly IssuedEntry[],
  authorityKeyPem: string,
): IssuedList {
  const list = { branch, issued: [...issued] };
  return { ...list, signature: sign('sha256', textOf(list), authorityKeyPem).toString('base64') };
}

/** Whether the branch's authority has signed it. */
export function isSignedList(list: IssuedList, authorityPem: string): boolean {
  try {
    const { publicKey } = new X509Certificate(authorityPem);
    return verify('sha256', textOf(list), publicKey, Buffer.from(list.signature, 'base64'));
  } catch {
    return false;
  }
}

function textOf({ branch, issued }: Omit<IssuedList, 'signature'>): Buffer {
  return Buffer.from(`foyer issued certificates ${canonicalJson({ branch, issued })}`, 'utf8');
}
