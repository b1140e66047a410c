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
