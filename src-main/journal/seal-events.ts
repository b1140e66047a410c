import { canonicalJson, chainHash, type Sha256Hex } from '#core/wire/event-chain.ts';
import { EventEnvelope, isEventEnvelope, type UnchainedEvent } from '#core/wire/event-envelope.ts';
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
    if (!isStorable({ ...unchained, data: stored }))
      throw new TypeError(`event ${seq} holds half a character or a field named __proto__`);
    hash = chainHash(hash, { ...unchained, data: stored }, sha256Hex, dataText);
    const envelope: EventEnvelope = { ...unchained, data: stored, hash };
    return { envelope: isEventEnvelope(envelope) ? envelope : EventEnvelope.parse(envelope), dataText };
  });
}

/**
 * Whether an event can be stored and read again under the same hash: UTF-8 cannot carry half a character, and readers
 * elsewhere (head office) drop a field named `__proto__` while they check the message.
 */
export function isStorable({ id, type, actor, station, data }: Omit<UnchainedEvent, 'branch'>): boolean {
  return !Object.hasOwn(data, '__proto__') && `${id} ${type} ${actor} ${station}`.isWellFormed();
}
