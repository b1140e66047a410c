import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageOn, maskNumber, readMedium } from '#core/arrival/medium.ts';
import { SAMPLE_CUSTOMERS } from '#core/sample/sample-customers.ts';
import { SEED } from '../../seed.ts';

const codeOf = (text: string, source: 'reader' | 'typed' = 'typed') => {
  const read = readMedium(text, source);
  return read.ok ? read.value.kind : read.error.code;
};

describe('what a reader or a person types', () => {
  it('[TK2] tells cards, IDs and passbooks apart', () => {
    expect(readMedium('4111 1111 1111 1111', 'typed')).toEqual({
      ok: true,
      value: { kind: 'card', number: '4111111111111111', birthDate: null },
    });
    expect(readMedium('999999195003070014', 'typed')).toEqual({
      ok: true,
      value: { kind: 'id-card', number: '999999195003070014', birthDate: '1950-03-07' },
    });
    expect(codeOf('12345678901')).toBe('passbook');
    for (const { number } of SAMPLE_CUSTOMERS) expect(codeOf(number)).not.toBe('T843');
  });

  it('[TK2] reads the number from a magnetic stripe and leaves the rest', () => {
    const tracks = ['%B4111111111111111^LI/SI^2512101?', ';4111111111111111=25121010000000000000?'];
    for (const track of tracks)
      expect(readMedium(track, 'reader')).toMatchObject({
        value: { kind: 'card', number: '4111111111111111' },
      });
  });

  it('[TK2] notices a slip of the finger; a reader may bring a passbook number without a check digit', () => {
    expect(codeOf('4111111111111112')).toBe('T843');
    expect(codeOf('999999195003070015')).toBe('T843');
    expect(codeOf('4111111111111112', 'reader')).toBe('passbook');
  });

  it('[TK2] an ID with the letter X in either case; a date that does not exist is no ID', () => {
    expect(codeOf('11010519491231002x')).toBe('id-card');
    expect(codeOf('11010519491231002X')).toBe('id-card');
    expect(codeOf('110105194913310028', 'reader')).not.toBe('id-card');
  });

  it(`[TK2] anything else is refused, never thrown (seed ${SEED})`, () => {
    for (const bad of ['', '😀', '1234567', 'abc', 'ABCDEFGHIJ', '9'.repeat(10_000), '１２３４５６７８９０'])
      expect(codeOf(bad)).toBe('T843');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), text => {
        const read = readMedium(text, 'reader');
        if (read.ok) expect(read.value.number).toMatch(/^\d{8,22}$|^\d{17}X$/);
      }),
      { seed: SEED },
    );
  });

  it('[TK2] shows no more than the last four', () => {
    expect(maskNumber('4111111111111234')).toBe('**** 1234');
  });

  it('[TK9] ages change on the birthday', () => {
    expect([ageOn('1961-03-02', '2026-03-01'), ageOn('1961-03-02', '2026-03-02')]).toEqual([64, 65]);
    expect(ageOn('2004-02-29', '2026-02-28')).toBe(21);
  });
});
