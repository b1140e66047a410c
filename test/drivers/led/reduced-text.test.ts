import { describe, expect, test } from 'vitest';
import { toAsciiText, toNumber, toTubeText } from '#drivers/led/reduced-text.ts';

describe('texts on boards without Chinese', () => {
  test.each([
    ['请A023号', 'A023', true],
    ['A023 → 3号窗口', 'A023 -> 3', true],
    ['请Ａ０２３号到３号窗口', 'A023 3', true],
    ['暂停服务', '', false],
    ['', '', true],
    ['请C108号到12号窗口', 'C108 1', false],
  ])('[HW3] letters: %s is shown as "%s"', (text, shown, complete) => {
    expect(toAsciiText(text, text.startsWith('请C') ? 6 : 40)).toEqual({ text: shown, complete });
  });

  test.each([
    ['请A023号', 6, 'A023', true],
    ['请A023号', 3, '023', false],
    ['请B017号', 4, 'b017', true],
    ['请V015号', 6, '015', false],
    ['A023 → 3号窗口', 6, 'A023', false],
    ['暂停服务', 6, '', false],
    ['', 6, '', true],
  ])('[HW3] tubes: %s on %d places is "%s"', (text, places, shown, complete) => {
    expect(toTubeText(text, places)).toEqual({ text: shown, complete });
  });

  test.each([
    ['请A023号', 0xffff, 23, false],
    ['请023号', 0xffff, 23, true],
    ['1010', 999, null, false],
    ['暂停服务', 999, null, false],
    ['', 999, null, true],
  ])('[HW3] numbers: %s up to %d is %s', (text, max, value, complete) => {
    expect(toNumber(text, max)).toEqual({ value, complete });
  });
});
