import { expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { findBusinesses } from '../../../src-renderer/lobby/business-search.ts';
import { NOTE_LIMIT, plainNote, withPhrase } from '../../../src-renderer/lobby/plain-note.ts';

const found = (search: string) => findBusinesses(SAMPLE_BANK.businesses, search).map(({ id }) => id);

it('[LB2] a business is found by words of either language, in any case and order', () => {
  expect(found('挂失')).toEqual(['loss-and-password']);
  expect(found('PASSWORD loss')).toEqual(['loss-and-password']);
  expect(found('  ')).toHaveLength(SAMPLE_BANK.businesses.length);
  expect(found('🏦'.repeat(10_000))).toEqual([]);
  expect(found('(')).toEqual([]);
});

it('[LB2] a note is one line without control characters', () => {
  expect(plainNote(' 客人\n说\u0000：👵\t好 ')).toBe('客人 说 ：👵 好');
  expect(plainNote('\n\n')).toBe('');
});

it('[LB2] a phrase is added once and never cut', () => {
  expect(withPhrase('', '等候时间长', '；')).toBe('等候时间长');
  expect(withPhrase('等候时间长', '等候时间长', '；')).toBe('等候时间长');
  expect(withPhrase('甲', '乙', '；')).toBe('甲；乙');
  const full = '长'.repeat(NOTE_LIMIT);
  expect(withPhrase(full, '乙', '；')).toBe(full);
});
