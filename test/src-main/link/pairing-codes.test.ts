import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginTry,
  codeOf,
  codesAt,
  endTry,
  NO_CODES,
  openCode,
  PAIRING_ALPHABET,
  PAIRING_LIFE_MS,
  PAIRING_TRIES,
  type PairingCodes,
  readTypedCode,
} from '#main/link/pairing-codes.ts';
import { SEED } from '../../seed.ts';

const BY = { madeBy: '1001', replaces: null };
const opened = openCode('ABCD2345', BY, 0);

function tryOnce(codes: PairingCodes, fits: boolean, nowMs: number) {
  const begun = beginTry(codes, nowMs);
  if (!begun.tried.ok) return { codes: begun.codes, code: begun.tried.error.code };
  const ended = endTry(begun.codes, begun.tried.value, fits, nowMs);
  return { codes: ended.codes, code: ended.result.ok ? 'paired' : ended.result.error.code };
}

describe('[BR2] pairing codes', () => {
  it('have eight characters that nobody mistakes, and are read however they are typed', () => {
    expect(PAIRING_ALPHABET).toMatch(/^[2-9A-HJ-NP-Z]{32}$/);
    expect(new Set(PAIRING_ALPHABET).size).toBe(32);
    const code = codeOf(Uint8Array.from([0, 31, 32, 63, 8, 7, 255, 128, 99]));
    expect(code).toBe('2Z2ZA9Z2');
    expect([' 2z2z-a9z2 ', '2Z2Z A9Z2', '2Z2ZA9Z', '2Z2ZA9Z0', '2Z2ZA9Z22', ''].map(readTypedCode)).toEqual([
      code,
      code,
      null,
      null,
      null,
      null,
    ]);
  });

  it('work once', () => {
    const used = tryOnce(opened, true, 1);
    expect(used.code).toBe('paired');
    expect(tryOnce(used.codes, true, 2).code).toBe('U520');
  });

  it('work for five minutes and not a millisecond longer', () => {
    expect(tryOnce(opened, true, PAIRING_LIFE_MS - 1).code).toBe('paired');
    expect(tryOnce(opened, true, PAIRING_LIFE_MS).code).toBe('U521');
    const begun = beginTry(opened, PAIRING_LIFE_MS - 1);
    if (!begun.tried.ok) throw new Error(begun.tried.error.code);
    const late = endTry(begun.codes, begun.tried.value, true, PAIRING_LIFE_MS);
    expect(late.result).toMatchObject({ ok: false, error: { code: 'U521' } });
    expect(codesAt(late.codes, PAIRING_LIFE_MS)).toEqual({ open: null, ended: 'expired' });
  });

  it('are gone after five wrong tries, also for who knows it then', () => {
    let codes: PairingCodes = opened;
    const said: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const tried = tryOnce(codes, n === 5, n);
      codes = tried.codes;
      said.push(tried.code);
    }
    expect(said).toEqual(['U519', 'U519', 'U519', 'U519', 'U522', 'U522']);
  });

  it('count tries that run at the same time one by one', () => {
    let codes: PairingCodes = opened;
    const begun = Array.from({ length: 20 }, () => {
      const step = beginTry(codes, 1);
      codes = step.codes;
      return step.tried;
    });
    expect(begun.filter(tried => tried.ok)).toHaveLength(PAIRING_TRIES);
    // The last of them may still be the right one.
    const last = begun[PAIRING_TRIES - 1];
    if (!last?.ok) throw new Error('no fifth try');
    expect(endTry(codes, last.value, true, 2).result.ok).toBe(true);
  });

  it('a try for an older code does not touch the newer one', () => {
    const begun = beginTry(opened, 1);
    if (!begun.tried.ok) throw new Error(begun.tried.error.code);
    const newer = openCode('WXYZ6789', BY, 2);
    const ended = endTry(newer, begun.tried.value, true, 3);
    expect(ended).toEqual({ codes: newer, result: { ok: false, error: { code: 'U523' } } });
  });

  it(`let in at most one PC a code, and never more than five tries, in any order (seed ${SEED})`, () => {
    const step = fc.record({
      what: fc.constantFrom('begin', 'right', 'wrong', 'wait'),
      which: fc.nat(9),
    });
    const check = (steps: readonly { what: string; which: number }[]) => {
      let codes: PairingCodes = opened;
      let nowMs = 0;
      let paired = 0;
      const open: Parameters<typeof endTry>[1][] = [];
      let begunTries = 0;
      for (const { what, which } of steps) {
        if (what === 'wait') nowMs += which * 20_000;
        else if (what === 'begin') {
          const begun = beginTry(codes, nowMs);
          codes = begun.codes;
          if (begun.tried.ok) {
            open.push(begun.tried.value);
            begunTries += 1;
          }
        } else {
          const [tried] = open.splice(which % Math.max(1, open.length), 1);
          if (tried === undefined) continue;
          const ended = endTry(codes, tried, what === 'right', nowMs);
          codes = ended.codes;
          if (ended.result.ok) {
            paired += 1;
            expect(nowMs).toBeLessThan(PAIRING_LIFE_MS);
          }
        }
      }
      expect(paired).toBeLessThanOrEqual(1);
      expect(begunTries).toBeLessThanOrEqual(PAIRING_TRIES);
    };
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), check), { seed: SEED, numRuns: 500 });
  });

  it('none is open at the start', () => {
    expect(tryOnce(NO_CODES, true, 0).code).toBe('U523');
  });
});
