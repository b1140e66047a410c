import { describe, expect, test } from 'vitest';
import type { LedArea } from '#drivers/led/led-settings.ts';
import { canFlash, composeArea, encodeBoardText } from '#drivers/led/led-text.ts';
import { toHex } from './led-bench.ts';

const NARROW: LedArea = { id: 0, x: 0, y: 0, width: 64, height: 16, fontHeight: 16, colour: null };
const TALL: LedArea = { ...NARROW, height: 32 };

describe('texts for boards', () => {
  test.each([
    ['中', 'D6 D0'],
    ['请号', 'C7 EB BA C5'],
    ['￥', 'A3 A4'],
    ['¥', 'A3 A4'],
    ['①', 'A2 D9'],
    ['A\u00a0\t1', '41 20 20 31'],
    ['A023?', '41 30 32 33 3F'],
  ])('[HW3] %s is GBK', (text, bytes) => {
    expect(encodeBoardText(text, 512)).toEqual({ bytes: expect.anything(), complete: true });
    expect(toHex(encodeBoardText(text, 512).bytes)).toBe(bytes);
  });

  test.each(['€', '㐀', '𠮷', '✓', '\u0007'])('[HW3] %j, which a board does not have, becomes 〓', text => {
    const encoded = encodeBoardText(text, 512);
    expect(toHex(encoded.bytes)).toBe('A1 FE');
    expect(encoded.complete).toBe(false);
  });

  test('[HW3] a backslash in a text is never taken for an escape', () => {
    expect(toHex(encodeBoardText('\\C1', 512).bytes)).toBe('A3 DC 43 31');
  });

  test('[HW3] a line break is the card’s own', () => {
    expect(toHex(encodeBoardText('A\r\nB', 512).bytes)).toBe('41 5C 6E 42');
  });

  test('[HW3] a text too long for the card ends at a whole character', () => {
    expect(encodeBoardText('中中中', 5)).toEqual({ bytes: expect.anything(), complete: false });
    expect(toHex(encodeBoardText('中中中', 5).bytes)).toBe('D6 D0 D6 D0');
  });

  test('[DV1] a text that fits stands still in the middle; a longer one scrolls and does not flash', () => {
    const shown = (text: string) =>
      composeArea(NARROW, { text, visible: true, effect: 'flash' }, 60, 512).area;
    expect(shown('A023').entrance).toBe('still');
    expect(shown('A023').horizontal).toBe('centre');
    expect(shown('请 A023 号').entrance).toBe('left');
    expect(canFlash(NARROW, '请A023号')).toBe(true);
    expect(canFlash(NARROW, '请 A023 号')).toBe(false);
  });

  test('[DV1] a tall area takes two lines before it scrolls', () => {
    const { area } = composeArea(TALL, { text: '热情为您服务', visible: true, effect: 'still' }, 60, 512);
    expect([area.entrance, area.multiLine, area.autoWrap]).toEqual(['still', true, true]);
  });

  test('[DV1] between two flashes the area is there and empty', () => {
    const { area } = composeArea(NARROW, { text: 'A023', visible: false, effect: 'flash' }, 60, 512);
    expect(toHex(area.text)).toBe('20');
  });

  test('[DV5] every text removes itself unless it is refreshed', () => {
    const { area } = composeArea(NARROW, { text: 'A023', visible: true, effect: 'still' }, 60, 512);
    expect([area.runMode, area.timeoutS]).toEqual(['loop-then-remove', 60]);
  });

  test('[DV1] colour and font are written in front of the text', () => {
    const area: LedArea = { ...NARROW, height: 32, width: 128, fontHeight: 32, colour: 'red' };
    const composed = composeArea(area, { text: 'A1', visible: true, effect: 'still' }, 60, 512);
    expect(Buffer.from(composed.area.text).toString('latin1')).toBe('\\FO002\\FE002\\C1A1');
  });
});
