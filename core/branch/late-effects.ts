import type { EventEnvelope } from '../wire/event-envelope.ts';
import type { Result } from '../wire/result.ts';
import { type BranchEvent, envelopeToEvent } from './events.ts';

/** Late events that take effect, in the order they had been recorded. The same for the state and for the figures. */
export function lateEffects(event: BranchEvent<'late-events-merged'>): BranchEvent[] {
  const { batches, conflicts, stale } = event.data;
  const without = new Set([...conflicts, ...stale]);
  return batches.flatMap(({ events }) =>
    events.flatMap(envelope => {
      if (without.has(envelope.id)) return [];
      const read = envelopeToEvent(envelope);
      return read.ok ? [read.value] : [];
    }),
  );
}

/**
 * Reads a recorded event with what it carries. A newer program may have merged late events this one has no words for:
 * left out, they would give another state than everybody else's. Failure: `D407`, as of `envelopeToEvent`.
 */
export function readWithLate(envelope: EventEnvelope): Result<BranchEvent> {
  const event = envelopeToEvent(envelope);
  if (!event.ok || event.value.type !== 'late-events-merged') return event;
  const { batches, conflicts, stale } = (event.value as BranchEvent<'late-events-merged'>).data;
  const without = new Set([...conflicts, ...stale]);
  for (const { events } of batches)
    for (const late of events) {
      const read = without.has(late.id) ? event : envelopeToEvent(late);
      if (!read.ok)
        return { ok: false, error: { code: 'D407', facts: { seq: envelope.seq, type: late.type } } };
    }
  return event;
}
