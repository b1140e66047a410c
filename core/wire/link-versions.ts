import type { LinkMessage } from './link-messages.ts';

/** Which version of the link's protocol knows what. Versions N and N−1 work together: both speak the lower one. */

/** Messages that version 1 does not know. */
const SINCE_2: ReadonlySet<LinkMessage['kind']> = new Set(['customer-classes', 'rename', 'renamed']);

/**
 * A message as the other side understands it.
 * @param protocol the version both sides of the connection speak
 * @returns null when that version has no words for it: then it is not sent
 */
export function inVersion(message: LinkMessage, protocol: number): LinkMessage | null {
  if (protocol >= 2) return message;
  if (SINCE_2.has(message.kind)) return null;
  if (message.kind === 'authority') return message.part === 'issued' ? null : message;
  if (message.kind !== 'about') return message;
  const { readsLog: _, ...about } = message;
  return about;
}
