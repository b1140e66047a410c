import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ReplicationMessage } from '#core/replication/station.ts';
import {
  type LinkBatch,
  LinkFrame,
  type LinkHello,
  type LinkMessage,
  type LinkReplication,
  MAX_LINK_FRAME_BYTES,
} from '#core/wire/link-messages.ts';
import type { JournalBatch } from '#main/journal/check-batches.ts';
import { createFrameReader, createFrameWriter } from '#main/link/link-frames.ts';
import { SEED } from '../../seed.ts';

const RUNS = process.env.FOYER_FUZZ ? 100_000 : 2_000;
const HASH = 'ab'.repeat(32);

const hello: LinkHello = {
  kind: 'hello',
  protocol: 1,
  programVersion: '1.0.0',
  branch: 'branch-1',
  station: 'counter-2',
};
const messages: readonly (LinkHello | LinkMessage)[] = [
  hello,
  { kind: 'safe', seq: 7 },
  { kind: 'replication', message: { kind: 'beat', epoch: 3, host: 'host-1', tip: { seq: 9, hash: HASH } } },
  { kind: 'window', part: 'message', window: 2, text: '{"kind":"hello","protocol":1,"window":"teller"}' },
  { kind: 'device-command', commandId: 'c1', deviceId: 'led-1', order: { text: '请A001' }, lifeMs: 1_000 },
  { kind: 'bye', code: null },
];

/** The frames of one connection, as bytes. */
function written(): Buffer[] {
  const writer = createFrameWriter();
  return messages.map(message => {
    const frame = writer.write(message);
    if (!frame.ok) throw new Error(frame.error.code);
    return Buffer.from(frame.value, 'utf8');
  });
}

/** What a reader takes from these frames before it stops. */
function taken(frames: readonly Uint8Array[]): unknown[] {
  const reader = createFrameReader();
  const read: unknown[] = [];
  for (const frame of frames) {
    const result = reader.read(frame);
    if (result.ok) read.push(result.value);
  }
  return read;
}

type Damage = readonly [
  what: 'flip' | 'cut' | 'repeat' | 'drop' | 'swap' | 'insert',
  frame: number,
  at: number,
];

/** @returns the damaged frames and the first one that is not what was written */
function damaged(frames: readonly Buffer[], [what, frame, at]: Damage): [Buffer[], number] {
  const all = frames.map(one => Buffer.from(one));
  const index = frame % all.length;
  const one = all[index] ?? Buffer.alloc(0);
  if (what === 'flip') one[at % one.length] = (one[at % one.length] ?? 0) ^ (1 << (at % 8));
  else if (what === 'cut') all[index] = one.subarray(0, at % one.length);
  else if (what === 'repeat') all.splice(index, 0, one);
  else if (what === 'drop') all.splice(index, 1);
  else if (what === 'swap') all.splice(index, 2, ...all.slice(index, index + 2).reverse());
  else all.splice(index, 0, Buffer.from([at % 256, ...one.subarray(0, at % 20)]));
  return [all, what === 'repeat' ? index + 1 : index];
}

describe('frames of a link', () => {
  it('are read as they were written', () => {
    expect(taken(written())).toEqual(messages);
  });

  it('are whole for the replication core and for the journal', () => {
    expectTypeOf<LinkReplication>().toExtend<ReplicationMessage>();
    expectTypeOf<LinkBatch>().toExtend<JournalBatch>();
    expectTypeOf<JournalBatch['events'][number]>().toEqualTypeOf<LinkBatch['events'][number]>();
  });

  it(`have no effect once one was damaged, lost, repeated or moved: ${RUNS} times (seed ${SEED})`, () => {
    const frames = written();
    const damage = fc.tuple(
      fc.constantFrom('flip', 'cut', 'repeat', 'drop', 'swap', 'insert'),
      fc.nat(messages.length - 1),
      fc.nat(10_000),
    ) as fc.Arbitrary<Damage>;
    const check = (one: Damage) => {
      const [all, first] = damaged(frames, one);
      const read = taken(all);
      expect(read.slice(0, first)).toEqual(messages.slice(0, Math.min(first, read.length)));
      // A flipped bit inside a text can leave a valid frame: TLS is what notices that. All else ends the reading.
      if (one[0] !== 'flip') {
        const isLast = one[0] === 'drop' || one[0] === 'swap';
        const most = isLast && first === messages.length - 1 ? messages.length : first;
        expect(read.length).toBeLessThanOrEqual(most);
      }
      for (const message of read) expect(LinkFrame.shape.m.safeParse(message).success).toBe(true);
    };
    fc.assert(fc.property(damage, check), { seed: SEED, numRuns: RUNS });
  });

  it(`any bytes at all are refused and never throw: ${RUNS} times (seed ${SEED})`, () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json({ maxDepth: 4 }).map(text => new TextEncoder().encode(text)),
      fc
        .record({ n: fc.integer({ min: -1, max: 3 }), m: fc.jsonValue({ maxDepth: 3 }) })
        .map(frame => new TextEncoder().encode(JSON.stringify(frame))),
    );
    const check = (one: Uint8Array) => {
      const result = createFrameReader().read(one);
      expect(result.ok ? 'ok' : result.error.code).toMatch(/^(M601|M602|U516)$/);
    };
    fc.assert(fc.property(bytes, check), { seed: SEED, numRuns: RUNS });
  });

  it('a frame too large is neither written nor read, and the next one has the right number', () => {
    const writer = createFrameWriter();
    const text = 'x'.repeat(MAX_LINK_FRAME_BYTES);
    const order = {
      kind: 'device-command',
      commandId: 'c',
      deviceId: 'd',
      order: { text },
      lifeMs: null,
    } as const;
    expect(writer.write(order)).toMatchObject({ ok: false, error: { code: 'M602' } });
    expect(writer.write(hello)).toMatchObject({ ok: true, value: expect.stringMatching(/^{"n":1,/) });
    expect(createFrameReader().read(Buffer.alloc(MAX_LINK_FRAME_BYTES + 1))).toMatchObject({
      error: { code: 'M602' },
    });
  });
});
