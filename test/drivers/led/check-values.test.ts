import { describe, expect, test } from 'vitest';
import { type CheckKind, checkBytes, checkValue } from '#drivers/led/check-values.ts';

const NINE_DIGITS = Buffer.from('123456789', 'ascii');

describe('check values', () => {
  // The CRCs are the published check values of their names; the sum of 31…39 is 1DD.
  test.each<[CheckKind, number, number]>([
    ['sum8', 0xdd, 1],
    ['neg8', 0x23, 1],
    ['xor8', 0x31, 1],
    ['sum16le', 0x01dd, 2],
    ['crc16-arc', 0xbb3d, 2],
    ['crc16-modbus', 0x4b37, 2],
    ['crc16-ccitt-false', 0x29b1, 2],
  ])('[HW3] %s of 123456789', (kind, value, bytes) => {
    expect(checkValue(kind, NINE_DIGITS)).toBe(value);
    expect(checkBytes(kind)).toBe(bytes);
  });

  test.each<[CheckKind, number]>([
    ['sum8', 0],
    ['neg8', 0],
    ['xor8', 0],
    ['sum16le', 0],
    ['crc16-arc', 0],
    ['crc16-modbus', 0xffff],
    ['crc16-ccitt-false', 0xffff],
  ])('[HW3] %s of nothing is its initial value', (kind, value) => {
    expect(checkValue(kind, new Uint8Array())).toBe(value);
  });

  test('[HW3] sums wrap round', () => {
    const bytes = new Uint8Array(300).fill(0xff);
    expect(checkValue('sum8', bytes)).toBe((300 * 0xff) & 0xff);
    expect(checkValue('sum16le', bytes)).toBe((300 * 0xff) & 0xffff);
    expect((checkValue('neg8', bytes) + checkValue('sum8', bytes)) & 0xff).toBe(0);
  });
});
