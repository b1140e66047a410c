import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, chainHash, GENESIS_HASH } from '#core/wire/event-chain.ts';
import type { UnchainedEvent } from '#core/wire/event-envelope.ts';
import { SEED } from '../../seed.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** Another way to the same text: JSON of a copy whose keys were inserted in order of their UTF-16 bytes. */
function sortedJson(value: unknown): string {
  const utf16 = (key: string) => Buffer.from(key, 'utf16le').swap16();
  const sorted = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(sorted);
    if (typeof part !== 'object' || part === null) return part;
    const entries = Object.entries(part).sort(([a], [b]) => Buffer.compare(utf16(a), utf16(b)));
    // A list of pairs keeps the order even of keys that look like numbers.
    return new Pairs(entries.map(([key, field]) => [key, sorted(field)]));
  };
  return write(sorted(value));
}

class Pairs {
  readonly pairs: readonly (readonly [string, unknown])[];
  constructor(pairs: readonly (readonly [string, unknown])[]) {
    this.pairs = pairs;
  }
}

function write(part: unknown): string {
  if (part instanceof Pairs)
    return `{${part.pairs.map(([key, field]) => `${JSON.stringify(key)}:${write(field)}`).join()}}`;
  return Array.isArray(part) ? `[${part.map(write).join()}]` : JSON.stringify(part);
}

describe('canonical JSON', () => {
  it.each([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [{ '10': 1, '9': 2, a: 3, A: 4 }, '{"10":1,"9":2,"A":4,"a":3}'],
    // By UTF-16 code unit: the emoji begins with D83D, before FFFD, although its code point is larger.
    [{ '\uFFFD': 1, '😀': 2 }, '{"😀":2,"\uFFFD":1}'],
    [{ a: undefined, b: { c: undefined } }, '{"b":{}}'],
    [[0.1, -0, 1e21, 1e-7, 123456789012], '[0.1,0,1e+21,1e-7,123456789012]'],
    ['"\\\b\f\n\r\t\u0001/\u2028é', '"\\"\\\\\\b\\f\\n\\r\\t\\u0001/\u2028é"'],
  ])('[ID3] writes %j in one way only', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('[ID3] refuses what JSON cannot carry', () => {
    for (const value of [
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      () => 1,
      1n,
      Symbol('x'),
      [undefined],
    ])
      expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it(`[ID3] agrees with another implementation and reads back as the same value (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), value => {
        const text = canonicalJson(value);
        expect(text).toBe(sortedJson(value));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});

describe('the hash chain', () => {
  const first: UnchainedEvent = {
    branch: 'sample-0001',
    epoch: 1,
    seq: 1,
    id: 'event-1',
    at: 1_772_413_200_000,
    type: 'ticket-issued',
    version: 1,
    actor: 'customer',
    station: 'kiosk-1',
    data: { number: 'A001', largeType: false, estimate: null, ahead: 0, business: '个人现金' },
  };
  const second: UnchainedEvent = {
    ...first,
    seq: 2,
    id: 'event-2',
    at: 1_772_413_260_000,
    type: 'bad-rating-handled',
    actor: 'staff:2001',
    station: 'pc-1',
    data: { note: '已道歉 "当面" 😀\t\\', ratingId: 'r.1', list: [3, 1, { b: 2, a: 1 }], half: 0.5 },
  };
  /** Computed by a program in another language (Python's json and hashlib). */
  const HASHES = [
    '8403434f38c35f3464a4b9f23de410dfe6748d577e527f34cfc731d0343f71d5',
    'accff78246ba6dfc148736db7fe7eefe89a5316f5941a3d9f222beef7661a64e',
  ];

  it('[ID3] gives the hashes another program computed for two events', () => {
    const firstHash = chainHash(GENESIS_HASH, first, sha256);
    expect([firstHash, chainHash(firstHash, second, sha256)]).toEqual(HASHES);
  });

  it('[ID3] every field and the event before are sealed', () => {
    const hash = chainHash(GENESIS_HASH, first, sha256);
    const changes: Partial<UnchainedEvent>[] = [
      { branch: 'sample-0002' },
      { epoch: 2 },
      { seq: 2 },
      { id: 'event-9' },
      { at: first.at + 1 },
      { type: 'ticket-called' },
      { version: 2 },
      { actor: 'system' },
      { station: 'pc-1' },
      { data: { ...first.data, number: 'A002' } },
    ];
    for (const change of changes)
      expect(chainHash(GENESIS_HASH, { ...first, ...change }, sha256)).not.toBe(hash);
    expect(chainHash(`1${GENESIS_HASH.slice(1)}`, first, sha256)).not.toBe(hash);
  });
});
