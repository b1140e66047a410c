import { describe, expect, it } from 'vitest';
import { EVENT_DATA } from '#core/branch/events.ts';
import type { RoleChange } from '#core/replication/log.ts';
import { lateBatchesIn, lateCommandsIn, roleChangeOf, roleEventOf } from '#core/replication/role-events.ts';

const HASH = 'a'.repeat(64);
const CHANGES: Exclude<RoleChange, { kind: 'late-merged' }>[] = [
  { kind: 'epoch-raised', epoch: 2, host: 'pc-2', by: 'hand', tookOver: true, over: null },
  { kind: 'epoch-raised', epoch: 3, host: 'pc-1', by: 'conflict', tookOver: false, over: 'pc-2' },
  { kind: 'pair-made', standby: 'pc-2' },
  { kind: 'pair-ending' },
  { kind: 'pair-ended' },
];

describe('[BR3] roles are events', () => {
  it.each(CHANGES)('$kind is recorded and read back', change => {
    const event = roleEventOf(change);
    expect(EVENT_DATA[event.type].safeParse(event.data).success).toBe(true);
    expect(roleChangeOf([{ type: 'ticket-issued', data: {} }, event])).toEqual(change);
  });

  it('the branch’s ordinary work, and what cannot be read, change nothing', () => {
    expect(roleChangeOf([{ type: 'ticket-issued', data: {} }])).toBeNull();
    expect(roleChangeOf([{ type: 'epoch-raised', data: { epoch: 'two' } }])).toBeNull();
    expect(roleChangeOf([])).toBeNull();
  });

  it('[BR6] late events carry their batches; a command in conflict is decided anew', () => {
    const event = (id: string) => ({
      ...{ branch: '0101', epoch: 1, seq: 1, id, at: 1, type: 't', version: 1, actor: 'a', station: 's' },
      ...{ data: {}, hash: HASH },
    });
    const batch = (id: string) => ({
      ...{ epoch: 1, firstSeq: 1, lastSeq: 1, previousHash: HASH, hash: HASH, events: [event(id)] },
      command: { id: `c-${id}`, fingerprint: 'f', answer: { id } },
    });
    const batches = [batch('one'), batch('two')];
    const data = { fromStation: 'pc-1', hashes: [HASH], batches, conflicts: ['two'], stale: [] };
    const merged = { type: 'late-events-merged', data };
    expect(roleChangeOf([merged])).toEqual({ kind: 'late-merged', station: 'pc-1', hashes: [HASH] });
    const part = { type: 'late-events-merged', data: { ...data, more: true } };
    expect(roleChangeOf([part])).toMatchObject({ kind: 'late-merged', more: true });
    expect(lateBatchesIn([merged])).toEqual(batches);
    expect(lateCommandsIn([merged]).map(({ id }) => id)).toEqual(['c-one']);
  });
});
