import { describe, expect, it } from 'vitest';
import { columnsOf, gbkBytesOf, toPrintableText } from '#drivers/printer/gbk-text.ts';
import { wrapText } from '#drivers/printer/wrap-text.ts';
import { hexOf } from './set-up.ts';

describe('GBK filter (hardware-protocols 1.2)', () => {
  it.each([
    ['中', 'D6 D0'],
    ['请', 'C7 EB'],
    ['号', 'BA C5'],
    ['窗', 'B4 B0'],
    ['口', 'BF DA'],
    ['￥', 'A3 A4'],
    ['①', 'A2 D9'],
    ['　', 'A1 A1'],
    ['A', '41'],
    ['?', '3F'],
  ])('[HW2] %s becomes %s', (character, hex) => {
    expect(hexOf(gbkBytesOf(character) ?? new Uint8Array())).toBe(hex);
  });

  it.each(['¥', '€', '㐀', '𠮷', '✓', '\ue000', '\ud800'])('[HW2] %j does not pass', character => {
    expect(gbkBytesOf(character)).toBeNull();
  });

  it('[HW2] passes nothing but one byte below 80 or a proper pair, for every character there is', () => {
    for (let codePoint = 0; codePoint < 0x110000; codePoint++) {
      const bytes = gbkBytesOf(String.fromCodePoint(codePoint));
      if (bytes === null) continue;
      const [lead = 0, trail = 0] = bytes;
      const isOne = bytes.length === 1 && lead < 0x80 && lead === codePoint;
      const isPair = bytes.length === 2 && lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail !== 0x7f;
      if (!isOne && !isPair) throw new Error(`U+${codePoint.toString(16)} became ${hexOf(bytes)}`);
    }
  });

  it('[HW2] replaces what the printer lacks and says what', () => {
    expect(toPrintableText('¥100 €5 𠮷𠮷✓😀')).toEqual({
      text: '￥100 EUR5 □□√□',
      replaced: ['€', '𠮷', '✓', '😀'],
    });
  });

  it('[HW2] drops control characters, which would be printer commands', () => {
    expect(toPrintableText('A\u001b@\u001dV\u0000\u0010\u0004B\u200d\ufe0f').text).toBe('A@VB');
  });
});

describe('line breaking', () => {
  it('counts two columns for a Chinese character', () => {
    expect(columnsOf('取号A001')).toBe(8);
  });

  it.each([
    ['一二三四五', 6, ['一二三', '四五']],
    ['一二三，四', 6, ['一二', '三，四']],
    ['open at nine', 8, ['open at', 'nine']],
    ['办理ABC业务', 6, ['办理', 'ABC业', '务']],
    ['ABCDEFGHIJ', 4, ['ABCD', 'EFGH', 'IJ']],
    ['', 6, ['']],
    ['   ', 2, ['']],
  ])('breaks %j at %i columns', (text, columns, lines) => {
    expect(wrapText(text, columns)).toEqual(lines);
  });
});
