import type { EventEnvelope } from '../wire/event-envelope.ts';
import { type BranchEvent, envelopeToEvent, type NewEvent } from './events.ts';
import type { LateBatch } from './events-stations.ts';
import { evolve } from './evolve.ts';
import { applyLate } from './evolve-stations.ts';
import { lateVerdict } from './late-rules.ts';
import type { BranchState } from './state.ts';

/** A batch as stations exchange them. */
type GivenBatch = Omit<LateBatch, 'events'> & { readonly events: readonly EventEnvelope[] };

/**
 * The event that takes what another host had recorded alone into the log (BR6). What of it takes effect is decided
 * here, once, event by event in its order, and recorded with it: every replay and head office then do the same. Pure.
 * @param fromStation who had recorded it
 * @param hashes of `newLateBatches`
 * @param batches of `newLateBatches`; empty: the station had nothing, which is worth knowing too (BR5)
 * @param more whether this is only a part of what the station had recorded
 */
export function mergeLateEvents(
  state: BranchState,
  fromStation: string,
  hashes: readonly string[],
  batches: readonly GivenBatch[],
  more?: true,
): NewEvent<'late-events-merged'> {
  const conflicts: string[] = [];
  const stale: string[] = [];
  let present = state;
  for (const { events } of batches)
    for (const envelope of events) {
      const read = envelopeToEvent(envelope);
      // What this program cannot read is kept, and shown.
      const verdict = read.ok ? lateVerdict(present, read.value) : 'conflict';
      if (verdict === 'conflict') conflicts.push(envelope.id);
      if (verdict === 'stale') stale.push(envelope.id);
      if (read.ok && verdict === 'takes-effect')
        present = applyLate(present, read.value as BranchEvent, evolve);
    }
  const kept = batches.map(({ epoch, firstSeq, lastSeq, previousHash, hash, events, command }) => ({
    ...{ epoch, firstSeq, lastSeq, previousHash, hash, command },
    events: [...events],
  }));
  const data = {
    fromStation,
    hashes: [...hashes],
    batches: kept,
    conflicts,
    stale,
    ...(more ? { more } : {}),
  };
  return { type: 'late-events-merged', data };
}
