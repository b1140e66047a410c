import { describe, expect, test } from 'vitest';
import type { LinkBatch, LinkMessage } from '#core/wire/link-messages.ts';
import { inVersion } from '#core/wire/link-versions.ts';

const HASH = 'a'.repeat(64);
const batch = (change: LinkBatch['change']): LinkBatch => ({
  ...{ epoch: 1, firstSeq: 1, lastSeq: 1, previousHash: HASH, hash: HASH, change, events: [], command: null },
});
const term = { epoch: 1, host: 'pc-1' };
const about: LinkMessage = {
  ...{ kind: 'about', name: '', roles: [], program: '', printers: 0, certificateUntil: 0, listens: [] },
  ...{ peers: [], readsLog: false },
};
const list = { branch: 'b', issued: [], signature: '' };

const NEW: [string, LinkMessage][] = [
  ['a name for a PC', { kind: 'rename', orderId: 'o', name: 'x' }],
  ['its answer', { kind: 'renamed', orderId: 'o', code: null }],
  ['classes of customers', { kind: 'customer-classes', part: 'sums', sums: [] }],
  ['what the authority has issued', { kind: 'authority', part: 'issued', list }],
  [
    'a part of what was recorded alone',
    { kind: 'replication', message: { kind: 'late', ...term, batches: [], more: true } },
  ],
  [
    'a merge in parts',
    {
      kind: 'replication',
      message: {
        kind: 'batches',
        ...term,
        batches: [batch(null), batch({ kind: 'late-merged', station: 'pc-2', hashes: [], more: true })],
      },
    },
  ],
];

const OLD: [string, LinkMessage][] = [
  ['safe', { kind: 'safe', seq: 1, alone: false }],
  ['late events in one', { kind: 'replication', message: { kind: 'late', ...term, batches: [] } }],
  [
    'a merge in one',
    {
      kind: 'replication',
      message: {
        ...{ kind: 'batches', ...term },
        batches: [batch({ kind: 'late-merged', station: 'pc-2', hashes: [] })],
      },
    },
  ],
  ['a question for the authority', { kind: 'authority', part: 'ask', exchangeKey: 'AAAA' }],
  ['secrets', { kind: 'secrets', uploadKey: null, passwords: [], customerKeys: null }],
  ['goodbye', { kind: 'bye', code: null }],
];

test('[BR2] version 1 hears how far the log is safe without the epoch, which it does not know', () => {
  const safe = { kind: 'safe', seq: 1, alone: false } as const;
  expect(inVersion({ ...safe, epoch: 2 }, 1)).toEqual(safe);
  expect(inVersion({ ...safe, epoch: 2 }, 2)).toEqual({ ...safe, epoch: 2 });
});

describe('[BR2] what version 1 of the link understands', () => {
  test.each(NEW)('%s is not said to it, and is from 2 on', (_, message) => {
    expect(inVersion(message, 1)).toBeNull();
    expect(inVersion(message, 2)).toBe(message);
  });

  test.each(OLD)('%s is said as ever', (_, message) => {
    expect(inVersion(message, 1)).toBe(message);
  });

  test('what a station says about itself has the fields version 1 knows, and no other', () => {
    expect(Object.keys(inVersion(about, 1) ?? {})).toEqual([
      ...['kind', 'name', 'roles', 'program', 'printers', 'certificateUntil', 'listens', 'peers'],
    ]);
    expect(inVersion(about, 2)).toBe(about);
  });
});
