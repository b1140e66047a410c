import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PushAnswer } from '#core/wire/upload.ts';
import { stepUpload, UPLOAD_OFF, type UploadInput, type UploadState } from '#main/upload/upload-machine.ts';

const HASH = 'a'.repeat(64);
const patience = { startJitterMs: 1000, backOffBaseMs: 100, backOffMaxMs: 1600, slowRetryMs: 9000 };
const seed = Number(process.env.FOYER_SEED ?? 20_260_303);

function answer(
  verdict: PushAnswer['verdict'],
  durableSeq: number,
  more: Partial<PushAnswer> = {},
): PushAnswer {
  return { verdict, durableSeq, durableHash: HASH, credit: 500, retryAfterMs: 0, ...more };
}

function step(state: UploadState, input: UploadInput, random = 0.5) {
  return stepUpload(state, input, random, patience);
}

const sending: UploadState = { ...UPLOAD_OFF, phase: 'sending', asked: true, durableSeq: 10, lastSeq: 30 };

describe('stepUpload', () => {
  it('[HO2] waits a random moment at the start, asks where to continue, then sends', () => {
    const started = step(
      UPLOAD_OFF,
      { type: 'started', cursor: { durableSeq: 3, durableHash: HASH }, lastSeq: 9 },
      0.25,
    );
    expect(started.action).toEqual({ type: 'wait', waitMs: 250 });
    const asking = step(started.state, { type: 'waited' });
    expect(asking.action).toEqual({ type: 'ask' });
    const cursor = { durableSeq: 5, durableHash: HASH, epoch: 1 };
    const next = step(asking.state, { type: 'cursor', answer: cursor, lastSeq: 9, ownHash: HASH });
    expect(next.action).toEqual({ type: 'send', from: 6, limit: 500 });
  });

  it('[HO1] goes on behind what is durable until everything is, then rests until an append', () => {
    const more = step(sending, { type: 'answered', answer: answer('stored', 20), lastSeq: 30 });
    expect(more.action).toEqual({ type: 'send', from: 21, limit: 500 });
    const all = step(more.state, { type: 'answered', answer: answer('stored', 30), lastSeq: 30 });
    expect([all.state.phase, all.action]).toEqual(['idle', { type: 'none' }]);
    const grown = step(all.state, { type: 'appended', lastSeq: 31 });
    expect(grown.action).toEqual({ type: 'send', from: 31, limit: 500 });
  });

  it('an append that is told before the answer is not forgotten', () => {
    const grown = step(sending, { type: 'appended', lastSeq: 31 });
    expect(grown.action).toEqual({ type: 'none' });
    const answered = step(grown.state, { type: 'answered', answer: answer('stored', 30), lastSeq: 30 });
    expect(answered.action).toEqual({ type: 'send', from: 31, limit: 500 });
  });

  it('[HO1] a gap is filled at once from where head office stands; a second one in a row with patience', () => {
    const gap = step(sending, { type: 'answered', answer: answer('gap', 4), lastSeq: 30 });
    expect(gap.action).toEqual({ type: 'send', from: 5, limit: 500 });
    const again = step(gap.state, { type: 'answered', answer: answer('gap', 2), lastSeq: 30 });
    expect(again.action.type).toBe('wait');
    expect(step(again.state, { type: 'waited' }).action).toEqual({ type: 'send', from: 3, limit: 500 });
  });

  it('[HO1] a fork stops the stream with U503 until the next start', () => {
    const forked = step(sending, {
      type: 'answered',
      answer: answer('fork', 10, { credit: 0 }),
      lastSeq: 30,
    });
    expect([forked.state.phase, forked.state.code, forked.action.type]).toEqual(['stopped', 'U503', 'none']);
    const grown = step(forked.state, { type: 'appended', lastSeq: 31 });
    expect([grown.state.code, grown.action.type]).toEqual(['U503', 'none']);
  });

  it('a journal that is behind or unlike head office is shown to it, never taken for up to date', () => {
    const asking: UploadState = { ...UPLOAD_OFF, phase: 'asking' };
    const at8 = { durableSeq: 8, durableHash: HASH, epoch: 1 };
    const behind = step(asking, { type: 'cursor', answer: at8, lastSeq: 5, ownHash: null });
    expect(behind.action).toEqual({ type: 'send', from: 5, limit: 500 });
    const stopped = step(behind.state, { type: 'answered', answer: answer('repeat', 8), lastSeq: 5 });
    expect([stopped.state.phase, stopped.state.code]).toEqual(['stopped', 'U503']);
    const unlike = step(asking, { type: 'cursor', answer: at8, lastSeq: 8, ownHash: 'b'.repeat(64) });
    expect(unlike.action).toEqual({ type: 'send', from: 8, limit: 500 });
    const empty = step(asking, { type: 'cursor', answer: at8, lastSeq: 0, ownHash: null });
    expect([empty.state.phase, empty.state.code]).toEqual(['stopped', 'U503']);
    const same = step(asking, { type: 'cursor', answer: at8, lastSeq: 8, ownHash: HASH });
    expect(same.state.phase).toBe('idle');
  });

  it('[HO2] backs off twice as long each time, up to a limit, with jitter, and starts over after a success', () => {
    let state = sending;
    const waits: number[] = [];
    for (let failure = 0; failure < 6; failure++) {
      const failed = step(state, { type: 'failed', code: 'U501', retryAfterMs: 0 }, 0.5);
      if (failed.action.type === 'wait') waits.push(failed.action.waitMs);
      state = step(failed.state, { type: 'waited' }).state;
    }
    expect(waits).toEqual([100, 200, 400, 800, 1600, 1600]);
    expect(step(sending, { type: 'failed', code: 'U501', retryAfterMs: 0 }, 0).action).toMatchObject({
      waitMs: 50,
    });
    const well = step(state, { type: 'answered', answer: answer('stored', 20), lastSeq: 30 }).state;
    expect(well).toMatchObject({ failures: 0, code: null });
  });

  it.each(['U504', 'U505', 'U506', 'U507', 'M604'] as const)('%s is tried again slowly', code => {
    const failed = step(sending, { type: 'failed', code, retryAfterMs: 0 });
    expect([failed.state.code, failed.action]).toEqual([code, { type: 'wait', waitMs: 9000 }]);
  });

  it('a lower epoch waits slowly with U505; asked-for waits and credit are kept', () => {
    const lower = step(sending, { type: 'answered', answer: answer('lower-epoch', 10), lastSeq: 30 });
    expect([lower.state.code, lower.action]).toEqual(['U505', { type: 'wait', waitMs: 9000 }]);
    const slow = step(sending, {
      type: 'answered',
      answer: answer('stored', 20, { retryAfterMs: 400, credit: 7 }),
      lastSeq: 30,
    });
    expect(slow.action).toEqual({ type: 'wait', waitMs: 600 });
    expect(step(slow.state, { type: 'waited' }).action).toEqual({ type: 'send', from: 21, limit: 7 });
    const busy = step(sending, { type: 'failed', code: 'U508', retryAfterMs: 5000 });
    expect(busy.action).toEqual({ type: 'wait', waitMs: 5000 });
  });

  it('stop ends whatever it was doing', () => {
    expect(step(sending, { type: 'stopped' })).toMatchObject({
      state: { phase: 'off' },
      action: { type: 'none' },
    });
  });

  it(`never rests while head office lacks something, whatever it answers (seed ${seed})`, () => {
    const verdict = fc.constantFrom('stored', 'repeat', 'gap', 'lower-epoch', 'fork' as const);
    const seqs = { durableSeq: fc.nat(40), lastSeq: fc.nat(40) };
    const inputs = fc.oneof(
      fc.record({ ...seqs, verdict }).map(({ durableSeq, lastSeq, verdict }): UploadInput => {
        return { type: 'answered', answer: answer(verdict, durableSeq), lastSeq };
      }),
      fc.record(seqs).map(({ durableSeq, lastSeq }): UploadInput => {
        const cursor = { durableSeq, durableHash: HASH, epoch: 1 };
        return { type: 'cursor', answer: cursor, lastSeq, ownHash: HASH };
      }),
      fc.nat(40).map((lastSeq): UploadInput => ({ type: 'appended', lastSeq })),
      fc.constant<UploadInput>({ type: 'failed', code: 'U501', retryAfterMs: 0 }),
      fc.constant<UploadInput>({ type: 'waited' }),
    );
    fc.assert(
      fc.property(
        fc.array(inputs, { maxLength: 30 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (all, random) => {
          let state = sending;
          for (const input of all) {
            const busy = state.phase !== 'idle' && state.phase !== 'stopped';
            // A client gives only inputs that its last action leads to, or appends.
            if (!busy && input.type !== 'appended') continue;
            const next = step(state, input, random);
            state = next.state;
            if (state.phase === 'idle')
              expect(state.durableSeq).toBe(Math.max(state.durableSeq, state.lastSeq));
            if (state.phase === 'stopped') expect(state.code).toBe('U503');
            if (next.action.type === 'send') expect(next.action.from).toBeGreaterThan(0);
          }
        },
      ),
      { seed, numRuns: 2000 },
    );
  });
});

describe('[BR4] what may still be set aside after a take-over stays in the branch', () => {
  const at = (allowedSeq: number, more: Partial<UploadState> = {}): UploadState => ({
    ...{ ...sending, phase: 'asking', durableSeq: 0, lastSeq: 30, allowedSeq },
    ...more,
  });
  const cursor = (durableSeq: number) => ({ durableSeq, durableHash: HASH, epoch: 1 });
  const ask = (state: UploadState, durableSeq: number, lastSeq = 30) =>
    step(state, { type: 'cursor', answer: cursor(durableSeq), lastSeq, ownHash: null });

  it('nothing is sent beyond it, and the rest as soon as it is allowed', () => {
    expect(ask(at(20), 10).action).toEqual({ type: 'send', from: 11, limit: 500 });
    const resting = step(
      { ...sending, allowedSeq: 20 },
      { type: 'answered', answer: answer('stored', 20), lastSeq: 30 },
    );
    expect([resting.state.phase, resting.action.type]).toEqual(['idle', 'none']);
    const more = step({ ...resting.state, allowedSeq: 25 }, { type: 'appended', lastSeq: 30 });
    expect(more.action).toEqual({ type: 'send', from: 21, limit: 500 });
  });

  it('a copy, or a host whose standby has not spoken, shows nothing, whatever head office holds', () => {
    for (const [durableSeq, lastSeq] of [
      [0, 30],
      [10, 30],
      [30, 30],
      [40, 30],
      [40, 0],
    ] as const) {
      const asked = ask(at(0, { lastSeq }), durableSeq, lastSeq);
      expect([asked.state.phase, asked.state.code, asked.action.type]).toEqual(['idle', null, 'none']);
    }
  });

  it('a host that may show all of it still proves that it is the same journal', () => {
    expect(ask(at(30), 40).action).toEqual({ type: 'send', from: 30, limit: 500 });
  });
});
