import { describe, expect, it } from 'vitest';
import { qrPath } from '#renderer/bench/qr-path.ts';

describe('the QR code of a simulated ticket', () => {
  it('[TK11] is a real one: three finder patterns in the corners', () => {
    const code = qrPath('https://branch.example/t/0123456789abcdef');
    if (!code) throw new Error('does not fit');
    const isDark = (column: number, row: number) => code.path.includes(`M${column} ${row}h`);
    const finder = (left: number, top: number) =>
      [0, 1, 2, 3, 4, 5, 6].map(at => isDark(left + at, top + 3)).join();
    const expected = [true, false, true, true, true, false, true].join();
    const far = code.size - 7;
    expect([finder(0, 0), finder(far, 0), finder(0, far)]).toEqual([expected, expected, expected]);
    expect(finder(far, far)).not.toBe(expected);
  });

  it('says when a payload fits into no QR code', () => {
    expect(qrPath('x'.repeat(5000))).toBeNull();
    expect(qrPath('')).toBeNull();
  });
});
