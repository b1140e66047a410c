import { z } from 'zod';
import { EventEnvelope } from '#core/wire/event-envelope.ts';
import { isStorableText } from '../storage/storable-text.ts';

/** Deeper data than this is kept as text: reading it again would need more stack than is safe. */
const MAX_DEPTH = 64;

const ClaimedHash = z.object({ hash: EventEnvelope.shape.hash });

/** What head office makes of one item of a push: an event, or only the hash it claims, or neither. */
export interface ItemReading {
  readonly event: EventEnvelope | null;
  readonly hash: string | null;
}

/**
 * Reads one item of a push. It is an event when it has exactly the envelope's fields, its texts can be stored, and
 * its data is something canonical JSON can carry; anything else is not, and never an error.
 */
export function readItem(item: unknown): ItemReading {
  const envelope = EventEnvelope.safeParse(item);
  if (envelope.success) {
    const { id, type, actor, station, branch, hash } = envelope.data;
    // The parsed copy lacks keys such as `__proto__`, which the hash covers: the item itself is the event.
    const event = item as EventEnvelope;
    if ([id, type, actor, station, branch].every(isStorableText) && isCanonical(event.data, MAX_DEPTH)) {
      return { event, hash };
    }
  }
  const claimed = ClaimedHash.safeParse(item);
  return { event: null, hash: claimed.success ? claimed.data.hash : null };
}

function isCanonical(value: unknown, depthLeft: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depthLeft === 0) return false;
  return Object.values(value).every(field => isCanonical(field, depthLeft - 1));
}
