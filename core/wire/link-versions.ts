import type { LinkMessage, LinkReplication } from './link-messages.ts';

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
  if (message.kind === 'replication') return isInParts(message.message) ? null : message;
  if (message.kind === 'authority') return message.part === 'issued' ? null : message;
  if (message.kind === 'safe' && message.epoch !== undefined) {
    const { epoch: _, ...safe } = message;
    return safe;
  }
  if (message.kind !== 'about') return message;
  const { readsLog: _, ...about } = message;
  return about;
}

/**
 * Late events in several parts. Version 1 would take the first for all of it; it is left behind at that place of the
 * log, with nothing lost, until it is updated.
 */
function isInParts(message: LinkReplication): boolean {
  if (message.kind === 'late') return message.more === true;
  if (message.kind !== 'batches') return false;
  return message.batches.some(({ change }) => change?.kind === 'late-merged' && change.more === true);
}
