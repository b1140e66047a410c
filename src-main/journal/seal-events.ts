import { canonicalJson, chainHash, type Sha256Hex } from '#core/wire/event-chain.ts';
import { EventEnvelope } from '#core/wire/event-envelope.ts';
import type { ChainEnd } from './tip-witness.ts';

/** What happened, before the journal gives it its place. */
export type NewEvent = Omit<EventEnvelope, 'branch' | 'epoch' | 'seq' | 'hash'>;

/** An event with its place in the chain and the very text of `data` that is stored. */
export interface SealedEvent {
  readonly envelope: EventEnvelope;
  readonly dataText: string;
}

/**
 * Gives events their numbers and hashes after the chain's end. Pure; the events come back as they will be read
 * later (`data` parsed from its stored text), so that live state and replayed state cannot differ.
 * @throws ZodError or TypeError when an event is not one (`EventEnvelope`), or holds text that UTF-8 cannot carry:
 * a bug in the caller.
 */
export function sealEvents(
  place: { readonly branch: string; readonly epoch: number; readonly after: ChainEnd },
  events: readonly NewEvent[],
  sha256Hex: Sha256Hex,
): SealedEvent[] {
  let { seq, hash } = place.after;
  return events.map(({ id, at, type, version, actor, station, data }) => {
    seq += 1;
    const dataText = canonicalJson(data);
    const stored = JSON.parse(dataText);
    const unchained = {
      branch: place.branch,
      epoch: place.epoch,
      seq,
      id,
      at,
      type,
      version,
      actor,
      station,
    };
    for (const text of [id, type, actor, station])
      if (/\p{Surrogate}/u.test(text)) throw new TypeError(`event ${seq} holds half a character`);
    // Readers elsewhere (head office) drop this key while they check the message, and would see another hash.
    if (Object.hasOwn(stored, '__proto__')) throw new TypeError(`event ${seq} holds a field named __proto__`);
    hash = chainHash(hash, { ...unchained, data: stored }, sha256Hex, dataText);
    return { envelope: EventEnvelope.parse({ ...unchained, data: stored, hash }), dataText };
  });
}
