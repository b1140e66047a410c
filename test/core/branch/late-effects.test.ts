import { describe, expect, it } from 'vitest';
import { readWithLate } from '#core/branch/late-effects.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';

const HASH = '0'.repeat(64);
const place = { branch: '0101', epoch: 1, hash: HASH, at: 0, version: 1, actor: 'system', station: 'pc-2' };

/** A merge whose late event is of this type. */
function merged(
  type: string,
  data: Record<string, unknown>,
  judged: Partial<Record<'conflicts' | 'stale', string[]>> = {},
) {
  const late: EventEnvelope = { ...place, seq: 7, id: 'late-1', type, data };
  const batch = {
    epoch: 1,
    firstSeq: 7,
    lastSeq: 7,
    previousHash: HASH,
    hash: HASH,
    events: [late],
    command: null,
  };
  return {
    ...{ ...place, seq: 9, id: 'merge-1', type: 'late-events-merged' },
    data: { fromStation: 'pc-1', hashes: [HASH], batches: [batch], conflicts: [], stale: [], ...judged },
  } as EventEnvelope;
}

describe('[BR6] late events a program is too old for', () => {
  it('that have an effect make the whole merge unreadable: without them the state would be another', () => {
    expect(readWithLate(merged('ticket-of-tomorrow', {}))).toEqual({
      ok: false,
      error: { code: 'D407', facts: { seq: 9, type: 'ticket-of-tomorrow' } },
    });
  });

  it.each(['conflicts', 'stale'] as const)('that were judged %s do no harm', how => {
    expect(readWithLate(merged('ticket-of-tomorrow', {}, { [how]: ['late-1'] })).ok).toBe(true);
  });

  it('and those it knows are read, as every other event', () => {
    const standing = merged('business-day-started', { businessDay: '2026-03-02' });
    expect(readWithLate(standing)).toMatchObject({ ok: true, value: { type: 'late-events-merged' } });
    const alone: EventEnvelope = {
      ...place,
      seq: 1,
      id: 'e',
      type: 'business-day-started',
      data: { businessDay: '2026-03-02' },
    };
    expect(readWithLate(alone).ok).toBe(true);
    expect(readWithLate({ ...alone, type: 'x' })).toMatchObject({ error: { code: 'D407' } });
  });
});
