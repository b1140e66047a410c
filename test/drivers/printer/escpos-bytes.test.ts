import { describe, expect, it } from 'vitest';
import {
  ASK_QUEUED_STATUS,
  askProcessId,
  askStatus,
  CLEAR_BUFFERS,
  chineseDoubleSize,
  ENABLE_AUTOMATIC_STATUS,
  FEED_AND_CUT,
  INITIALISE,
  processIdOf,
  qrCode,
  setOfflineResponse,
} from '#drivers/printer/escpos-bytes.ts';
import { gbkBytesOf } from '#drivers/printer/gbk-text.ts';
import { defuseRealTimeBytes, rasterStrips, storedGraphics } from '#drivers/printer/raster.ts';
import { bytesOf, hexOf } from './set-up.ts';

const ascii = (text: string) => Buffer.from(text, 'latin1');
const QR_MODEL_2 = '1D 28 6B 04 00 31 41 32 00';
const QR_PRINT = '1D 28 6B 03 00 31 51 30';

describe('own command bytes (vectors of hardware-protocols 1.4 and 2)', () => {
  it('[HW2] 1: initialise and Chinese mode', () => expect(hexOf(INITIALISE)).toBe('1B 40 1C 26'));

  it('[HW2] 5: 窗口 double size through FS !', () => {
    const text = [...'窗口'].flatMap(character => [...(gbkBytesOf(character) ?? [])]);
    const bytes = Uint8Array.of(...chineseDoubleSize(true), ...text, ...chineseDoubleSize(false));
    expect(hexOf(bytes)).toBe('1C 21 0C B4 B0 BF DA 1C 21 00');
  });

  it.each([
    [
      6,
      ascii('1234'),
      3,
      'L',
      '1D 28 6B 03 00 31 43 03',
      '1D 28 6B 03 00 31 45 30',
      '1D 28 6B 07 00 31 50 30 31 32 33 34',
    ],
    [
      7,
      ascii('A001'),
      6,
      'M',
      '1D 28 6B 03 00 31 43 06',
      '1D 28 6B 03 00 31 45 31',
      '1D 28 6B 07 00 31 50 30 41 30 30 31',
    ],
    [
      8,
      ascii('https://q.example/t?n=A001&d=20250102'),
      5,
      'Q',
      '1D 28 6B 03 00 31 43 05',
      '1D 28 6B 03 00 31 45 32',
      '1D 28 6B 28 00 31 50 30 68 74 74 70 73 3A 2F 2F 71 2E 65 78 61 6D 70 6C 65 2F 74 3F 6E 3D 41 30 30 31 26 64 3D 32 30 32 35 30 31 30 32',
    ],
    [
      9,
      Buffer.from('号1'),
      8,
      'H',
      '1D 28 6B 03 00 31 43 08',
      '1D 28 6B 03 00 31 45 33',
      '1D 28 6B 07 00 31 50 30 E5 8F B7 31',
    ],
  ] as const)('[HW2] %i: QR code', (_vector, payload, moduleDots, level, size, correction, store) => {
    expect(hexOf(qrCode(payload, moduleDots, level))).toBe(
      [QR_MODEL_2, size, correction, store, QR_PRINT].join(' '),
    );
  });

  it('[HW2] 10: a QR length counts bytes, low byte first', () => {
    expect(hexOf(qrCode(new Uint8Array(300), 6, 'M'))).toContain('1D 28 6B 2F 01 31 50 30 00');
  });

  it('[HW2] 15: feed and cut', () => expect(hexOf(FEED_AND_CUT)).toBe('1D 56 42 00'));

  it('[HW2] status and confirmation requests', () => {
    expect(hexOf(ENABLE_AUTOMATIC_STATUS)).toBe('1D 61 0E');
    expect(hexOf(ASK_QUEUED_STATUS)).toBe('1D 72 01');
    expect(hexOf(askProcessId('0001'))).toBe('1D 28 48 06 00 30 30 30 30 30 31');
    expect(hexOf(askProcessId('7Zk9'))).toBe('1D 28 48 06 00 30 30 37 5A 6B 39');
    expect(hexOf(CLEAR_BUFFERS)).toBe('10 14 08 01 03 14 01 06 02 08');
    expect(hexOf(setOfflineResponse('with-cause'))).toBe('1D 28 48 03 00 31 30 02');
    expect(([1, 2, 3, 4] as const).map(number => hexOf(askStatus(number)))).toEqual([
      '10 04 01',
      '10 04 02',
      '10 04 03',
      '10 04 04',
    ]);
  });

  it('[HW2] process ids run in base 36 and stay four characters', () => {
    expect([1, 35, 36, 1_679_615, 1_679_616].map(processIdOf)).toEqual([
      '0001',
      '000Z',
      '0010',
      'ZZZZ',
      '0000',
    ]);
  });
});

describe('raster images', () => {
  const wide = { widthDots: 16, rows: [bytesOf('FF FF'), bytesOf('80 01')] };

  it('[HW2] 11: 16 by 2 dots', () => {
    expect(rasterStrips(wide).map(hexOf)).toEqual(['1D 76 30 00 02 00 02 00 FF FF 80 01']);
  });

  it('[HW2] 12: 20 by 1 dots, padding white', () => {
    const image = { widthDots: 20, rows: [bytesOf('FF FF F0')] };
    expect(rasterStrips(image).map(hexOf)).toEqual(['1D 76 30 00 03 00 01 00 FF FF F0']);
  });

  it('[HW2] 13: strips of at most 255 rows, each with its header', () => {
    const rows = Array.from({ length: 300 }, () => new Uint8Array(48));
    const strips = rasterStrips({ widthDots: 384, rows });
    expect(strips.map(strip => hexOf(strip.subarray(0, 8)))).toEqual([
      '1D 76 30 00 30 00 FF 00',
      '1D 76 30 00 30 00 2D 00',
    ]);
  });

  it('[HW2] 14: the same through GS ( L', () => {
    expect(hexOf(storedGraphics(wide))).toBe(
      '1D 28 4C 0E 00 30 70 30 01 01 31 10 00 02 00 FF FF 80 01 1D 28 4C 02 00 30 32',
    );
  });

  it('[HW2] picture data cannot be taken for a real-time command', () => {
    expect(hexOf(defuseRealTimeBytes(bytesOf('10 04 10 05 10 14 10 10 04 10')))).toBe(
      '11 04 11 05 11 14 10 11 04 10',
    );
  });
});
