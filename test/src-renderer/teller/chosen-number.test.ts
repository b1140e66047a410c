import { describe, expect, it } from 'vitest';
import { chosenNumber } from '#renderer/teller/chosen-number.ts';

describe('the number a teller types', () => {
  it.each([
    ['A023', 'A023'],
    [' a23 ', 'A023'],
    ['Ａ０２３', 'A023'],
    ['v 7', 'V007'],
    ['A1234', null],
    ['A', null],
    ['023', null],
    ['甲023', null],
    ['A０２３😀', null],
    ['', null],
    ['A'.repeat(10_000), null],
  ])('[CS4] %j is %j', (typed, number) => {
    expect(chosenNumber(typed)).toBe(number);
  });
});
