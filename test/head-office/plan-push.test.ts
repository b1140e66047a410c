import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENESIS_HASH } from '#core/wire/event-chain.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import type { PushRequest } from '#core/wire/upload.ts';
import { heldRange, type PushPlan, planPush, type StreamCursor } from '#head-office/ingest/plan-push.ts';
import { readPush } from '#head-office/ingest/read-push.ts';
import { sha256Hex } from '#head-office/ingest/sha256.ts';
import { sliceItems } from '#head-office/ingest/slice-items.ts';
import { makeJournal, pushOf } from './support.ts';

const BRANCH = 'b1';
const journal = makeJournal(BRANCH, 20);
const seed = Number(process.env.FOYER_SEED ?? 20_260_301);

function cursorAt(events: readonly EventEnvelope[], durableSeq: number, epoch = 1): StreamCursor {
  return { durableSeq, durableHash: events[durableSeq - 1]?.hash ?? GENESIS_HASH, epoch };
}

/** Plans a push on what was stored of `stored` up to the cursor. */
function plan(push: PushRequest, cursor: StreamCursor, stored: readonly EventEnvelope[] = journal): PushPlan {
  const range = heldRange(cursor, push) ?? { from: 1, to: 0 };
  const held = stored.slice(range.from - 1, range.to).map(({ seq, hash }) => ({ seq, hash, body: null }));
  const rawItems = () => push.events.map(item => JSON.stringify(item));
  return planPush({ branch: BRANCH, cursor, push, rawItems, held }, sha256Hex);
}

describe('planPush', () => {
  it('[HO1] stores the next events and moves the cursor behind them', () => {
    const planned = plan(pushOf(journal, 6, 10), cursorAt(journal, 5));
    expect(planned).toEqual({
      verdict: 'stored',
      cursor: cursorAt(journal, 10),
      events: journal.slice(5, 10),
      raw: [],
    });
  });

  it('[HO1] a repeat changes nothing', () => {
    expect(plan(pushOf(journal, 3, 8), cursorAt(journal, 8))).toEqual({
      verdict: 'repeat',
      cursor: cursorAt(journal, 8),
    });
  });

  it('[HO1] of a partial overlap only the new tail is stored', () => {
    const planned = plan(pushOf(journal, 3, 12), cursorAt(journal, 8));
    expect(planned).toMatchObject({ verdict: 'stored', cursor: { durableSeq: 12 } });
    expect(planned.verdict === 'stored' && planned.events.map(event => event.seq)).toEqual([9, 10, 11, 12]);
  });

  it('[HO1] a gap is answered with where the stream stands', () => {
    const cursor = cursorAt(journal, 5);
    expect(plan(pushOf(journal, 7, 9), cursor)).toEqual({ verdict: 'gap', cursor });
  });

  it('[HO1] a lower epoch is refused and a higher one is taken over', () => {
    const cursor = cursorAt(journal, 5, 2);
    expect(plan(pushOf(journal, 6, 7, 1), cursor)).toEqual({ verdict: 'lower-epoch', cursor });
    expect(plan(pushOf(journal, 6, 7, 3), cursor)).toMatchObject({ verdict: 'stored', cursor: { epoch: 3 } });
  });

  const other = makeJournal(BRANCH, 15, { mark: 'other', after: journal.slice(0, 5) });

  it('[HO1] another previous hash is a fork', () => {
    const planned = plan(pushOf(other, 9, 12), cursorAt(journal, 8));
    expect(planned).toMatchObject({ verdict: 'fork', reason: 'previous-hash', atSeq: 8 });
  });

  it('[HO1] a first event that does not start at the beginning is a fork', () => {
    const push = { ...pushOf(journal, 1, 2), previousHash: 'f'.repeat(64) };
    expect(plan(push, cursorAt(journal, 0))).toMatchObject({ verdict: 'fork', reason: 'previous-hash' });
  });

  it('[HO1] another event in a place that is held is a fork, even if the rest is new', () => {
    expect(plan(pushOf(other, 4, 12), cursorAt(journal, 8))).toMatchObject({
      verdict: 'fork',
      reason: 'differs',
      atSeq: 6,
      cursor: { durableSeq: 8 },
    });
  });

  it.each(['at', 'type', 'data', 'hash'] as const)('[HO1] a changed %s breaks the chain: a fork', field => {
    const change = { at: 1, type: 'other', data: { number: 'B1' }, hash: 'a'.repeat(64) }[field];
    const events = journal
      .slice(5, 10)
      .map(event => (event.seq === 8 ? { ...event, [field]: change } : event));
    const push = { ...pushOf(journal, 6, 10), events };
    const atSeq = 8;
    expect(plan(push, cursorAt(journal, 5))).toMatchObject({
      verdict: 'fork',
      reason: 'broken-chain',
      atSeq,
    });
  });

  it('[HO1] events of another branch, number or future epoch are a fork', () => {
    const stranger = makeJournal('b2', 3);
    expect(plan(pushOf(stranger, 1, 3), cursorAt(journal, 0))).toMatchObject({ reason: 'wrong-place' });
    const shifted = { ...pushOf(journal, 6, 7), events: journal.slice(6, 8) };
    expect(plan(shifted, cursorAt(journal, 5))).toMatchObject({ reason: 'wrong-place', atSeq: 6 });
    const future = makeJournal(BRANCH, 2, { epoch: 9 });
    expect(plan(pushOf(future, 1, 2, 8), cursorAt(journal, 0))).toMatchObject({ reason: 'wrong-place' });
  });
});

describe('planPush with items that cannot be read', () => {
  /** Makes event `seq` unreadable, with or without the hash it had. */
  function spoil(push: PushRequest, seq: number, spoiled: unknown): PushRequest {
    return {
      ...push,
      events: push.events.map((item, index) => (push.from + index === seq ? spoiled : item)),
    };
  }

  it('[HO1] they are kept as text in their place, and the stream goes on', () => {
    const planned = plan(spoil(pushOf(journal, 6, 10), 8, { what: 1 }), cursorAt(journal, 5));
    expect(planned).toMatchObject({
      verdict: 'stored',
      cursor: cursorAt(journal, 10),
      raw: [{ seq: 8, hash: null, body: '{"what":1}' }],
    });
    expect(planned.verdict === 'stored' && planned.events.map(event => event.seq)).toEqual([6, 7, 9, 10]);
  });

  it('[HO1] a new shape that still carries its hash keeps the chain proved', () => {
    const newShape = { ...journal[7], extra: true };
    const push = spoil(pushOf(journal, 6, 10), 8, newShape);
    expect(plan(push, cursorAt(journal, 5))).toMatchObject({
      verdict: 'stored',
      raw: [{ hash: journal[7]?.hash }],
    });
    const lying = spoil(push, 8, { ...newShape, hash: 'b'.repeat(64) });
    expect(plan(lying, cursorAt(journal, 5))).toMatchObject({ reason: 'broken-chain', atSeq: 9 });
  });

  it('[HO1] as the last item they leave the hash unknown; the next push says it and proves it', () => {
    const planned = plan(spoil(pushOf(journal, 6, 8), 8, null), cursorAt(journal, 5));
    expect(planned.cursor).toEqual({ durableSeq: 8, durableHash: null, epoch: 1 });
    expect(plan(pushOf(journal, 9, 12), planned.cursor)).toMatchObject({ verdict: 'stored' });
    const wrong = { ...pushOf(journal, 9, 12), previousHash: 'c'.repeat(64) };
    expect(plan(wrong, planned.cursor)).toMatchObject({ reason: 'broken-chain', atSeq: 9 });
  });

  it('[HO1] the same text again is a repeat, another text is a fork', () => {
    const push = spoil(pushOf(journal, 8, 8), 8, 'unreadable');
    const cursor = { durableSeq: 8, durableHash: null, epoch: 1 };
    const held = [{ seq: 8, hash: null, body: '"unreadable"' }];
    const rawItems = () => ['"unreadable"'];
    const again = planPush({ branch: BRANCH, cursor, push, rawItems, held }, sha256Hex);
    expect(again.verdict).toBe('repeat');
    const others = () => ['"other"'];
    const other = planPush({ branch: BRANCH, cursor, push, rawItems: others, held }, sha256Hex);
    expect(other).toMatchObject({ verdict: 'fork', reason: 'differs' });
  });

  it.each([
    ['data too deep', { ...journal[5], data: { deep: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) } }],
    ['a number JSON cannot write', { ...journal[5], data: { big: JSON.parse('1e999') } }],
    ['a text the database cannot keep', { ...journal[5], id: 'a\u0000b' }],
    ['half a surrogate pair', { ...journal[5], actor: '\ud800' }],
  ])('[HO1] %s is kept as text', (_what, item) => {
    expect(plan(spoil(pushOf(journal, 6, 6), 6, item), cursorAt(journal, 5))).toMatchObject({
      verdict: 'stored',
      raw: [{ seq: 6 }],
    });
  });
});

describe('sliceItems', () => {
  it('returns the very texts, whatever surrounds them', () => {
    const body =
      ' { "x" : [ 1 , {"events":[9]} ], "ev\\u0065nts" : [ 1e999 ,"a,]\\"b", {"k":[1,{}]} ,[]], "y":{}}';
    expect(sliceItems(body, 'events')).toEqual(['1e999', '"a,]\\"b"', '{"k":[1,{}]}', '[]']);
  });

  it('the last list of the name counts, as in JSON.parse', () => {
    expect(sliceItems('{"events":[1,2],"events":[3]}', 'events')).toEqual(['3']);
    expect(sliceItems('{"events":[1,2],"events":{"a":[3]}}', 'events')).toEqual([]);
    expect(sliceItems('{"events":[]}', 'events')).toEqual([]);
  });

  it(`slices parse to the items (seed ${seed})`, () => {
    const list = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 });
    const spaces = fc.constantFrom(0, 1, '\n', '\t ');
    fc.assert(
      fc.property(list, spaces, fc.jsonValue({ maxDepth: 2 }), (items, space, beside) => {
        const body = JSON.stringify({ beside, events: items, after: [beside] }, null, space);
        expect(sliceItems(body, 'events').map(slice => JSON.parse(slice))).toEqual(JSON.parse(body).events);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe('any body', () => {
  const push = pushOf(makeJournal(BRANCH, 4), 1, 4);
  const good = JSON.stringify(push);
  const mutated = fc
    .tuple(fc.nat(good.length - 1), fc.nat(8), fc.string({ unit: 'binary', maxLength: 6 }))
    .map(([at, cut, put]) => good.slice(0, at) + put + good.slice(at + cut));
  const odd = fc.constantFrom(null, -1, 1.5, 2 ** 60, '', 'x', [], {}, '__proto__', true);
  const reshaped = fc
    .tuple(fc.constantFrom('protocol', 'epoch', 'from', 'to', 'previousHash', 'events', 'more'), odd)
    .map(([field, value]) => JSON.stringify({ ...push, [field]: value }));
  const respoiled = fc
    .array(
      fc.oneof(
        fc.jsonValue(),
        fc.tuple(fc.nat(3), odd).map(([i, x]) => ({ ...(push.events[i] as object), data: x })),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map(events => JSON.stringify({ ...push, to: events.length, events }));

  it(`[HO1] is read or refused with a code, never thrown at, and loses nothing (20,000 bodies, seed ${seed})`, () => {
    let read = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(mutated, reshaped, respoiled, fc.json(), fc.string({ unit: 'binary' })), body => {
        const result = readPush(body);
        if (!result.ok) {
          refused++;
          expect(['M601', 'M604', 'U506']).toContain(result.error.code);
          return;
        }
        read++;
        const cursor = { durableSeq: 0, durableHash: GENESIS_HASH, epoch: 0 };
        const rawItems = () => sliceItems(body, 'events');
        const planned = planPush(
          { branch: BRANCH, cursor, push: result.value, rawItems, held: [] },
          sha256Hex,
        );
        if (planned.verdict !== 'stored') return;
        const places = [...planned.events, ...planned.raw].map(item => item.seq).sort((a, b) => a - b);
        expect(places).toEqual(result.value.events.map((_, index) => index + 1));
        for (const { seq, body: text } of planned.raw) {
          expect(JSON.parse(text)).toEqual(JSON.parse(body).events[seq - 1]);
        }
      }),
      { seed, numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(2000);
    expect(refused).toBeGreaterThan(2000);
  });
});
