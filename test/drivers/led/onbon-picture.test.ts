import { describe, expect, test } from 'vitest';
import type { DrawLine, DrawnLine } from '#drivers/contract.ts';
import type { LedRequest } from '#drivers/led/led-protocol.ts';
import { encodeBoardText } from '#drivers/led/led-text.ts';
import {
  type PictureArea,
  pictureBrightnessData,
  pictureDeleteData,
  picturePingData,
  pictureSpeakData,
  pictureUpdateData,
} from '#drivers/led/onbon-picture-commands.ts';
import { encodeDots, fieldOfLine } from '#drivers/led/onbon-picture-dots.ts';
import { encodePictureRequest, PICTURE_CARD, PictureFrameParser } from '#drivers/led/onbon-picture-frame.ts';
import { createOnbonPictureProtocol } from '#drivers/led/onbon-picture-protocol.ts';
import { fuzzRuns, SEED } from '../random.ts';
import { hex, toHex, windowBoard } from './led-bench.ts';
import { createRandom } from './random.ts';

const SPEECH = {
  text: encodeBoardText('请A001号到3号窗口', 100).bytes,
  ...{ voice: 0, volume: 5, speed: 5, extraRepeats: 1, gapMs: 1000 },
};
const ACK = 'A5*8 00 80 01 00 F0 00 74 01 00 00 00 00 09 00 00 00 00 A0 00 00 00 00 00 00 00 A3 3B 5A';
const BUSY = 'A5*8 00 80 01 00 F0 00 74 01 00 00 00 00 09 00 00 00 00 A0 01 01 00 03 00 00 00 B2 6E 5A';

describe('Onbon picture card vectors (hardware-protocols 5)', () => {
  test.each([
    [
      '1 published ping',
      encodePictureRequest(0xfffe, PICTURE_CARD.any, picturePingData()),
      'A5*8 FE FF 00 80 F0 00 FE FF 00 00 00 00 05 00 00 00 01 A2 00 00 00 C6 86 5A',
    ],
    [
      '2 delete all',
      encodePictureRequest(1, PICTURE_CARD['6E1'], pictureDeleteData('all')),
      'A5*8 01 00 00 80 F0 00 74 01 00 00 00 00 06 00 00 00 01 A7 01 00 00 FF B9 AD 5A',
    ],
    [
      '3 delete area 0',
      encodePictureRequest(1, PICTURE_CARD['6E1'], pictureDeleteData([0])),
      'A5*8 01 00 00 80 F0 00 74 01 00 00 00 00 07 00 00 00 01 A7 01 00 00 01 00 28 2E 5A',
    ],
    [
      '4 speak',
      encodePictureRequest(1, PICTURE_CARD['6E1'], pictureSpeakData(SPEECH)),
      'A5*8 01 00 00 80 F0 00 74 01 00 00 00 00 36 00 00 00 01 A7 07 00 00 00 02 00 00 00 28 00 00 00 00 05 05 00 01 00 00 00 64 00 00 00 03 00 00 00 01 01 00 11 00 00 00 C7 EB 41 30 30 31 BA C5 B5 BD 33 BA C5 B4 B0 BF DA 25 59 5A',
    ],
  ])('[HW3] %s', (_title, frame, vector) => {
    expect(toHex(frame)).toBe(toHex(hex(vector)));
  });

  test('[HW3] 5 answers', () => {
    const board = windowBoard(1);
    const reader = createOnbonPictureProtocol('6e', () => null).createAnswerReader();
    const ping: LedRequest = { kind: 'ping' };
    const frame = encodePictureRequest(1, PICTURE_CARD.any, picturePingData());
    reader.expect(board, ping, frame);
    const stream = [...frame, ...hex(ACK)];
    expect(stream.flatMap(byte => reader.push(Uint8Array.of(byte)))).toEqual([{ kind: 'ack' }]);
    reader.expect(board, ping, frame);
    expect(reader.push(hex(BUSY))).toEqual([{ kind: 'nack', error: 3, passing: true }]);
    reader.expect(windowBoard(2), ping, frame);
    expect(reader.push(hex(ACK))).toEqual([]);
    const spoilt = hex(ACK);
    spoilt[14] = 0x75;
    expect(reader.push(spoilt)).toEqual([{ kind: 'damaged' }]);
  });

  test('[HW3] brightness is one level in all 48 half hours', () => {
    const data = pictureBrightnessData(10);
    expect(toHex(data.subarray(0, 7))).toBe('01 A2 07 31 00 00 0A');
    expect(data).toHaveLength(5 + 1 + 48);
  });
});

/** Two rows of ten dots: `##########` and `#.........`. */
const LINE: DrawnLine = { widthDots: 10, rows: [Uint8Array.of(0xff, 0xc0), Uint8Array.of(0x80, 0x00)] };
const field = (x: number, width: number) => fieldOfLine({ x, width, height: 2 }, LINE, 0);

describe('dots', () => {
  test('[HW3] generation 5: lit is 0, edges beside the area are filled with 1', () => {
    expect(toHex(encodeDots('5e', field(0, 10), null))).toBe('00 3F 7F FF');
    // The manual's example: an area from column 35 on begins with 111.
    expect(toHex(encodeDots('5e', field(35, 10), null))).toBe('E0 07 EF FF');
  });

  test('[HW3] generation 5 with two colours: a red byte, then its green one', () => {
    expect(toHex(encodeDots('5e', field(0, 10), 'red'))).toBe('00 FF 3F FF 7F FF FF FF');
    expect(toHex(encodeDots('5e', field(0, 10), 'green'))).toBe('FF 00 FF 3F FF 7F FF FF');
    expect(toHex(encodeDots('5e', field(0, 10), 'yellow'))).toBe('00 00 3F 3F 7F 7F FF FF');
  });

  test('[HW3] generation 6: words of 32 dots, low byte first, all red before all green', () => {
    expect(toHex(encodeDots('6e', field(0, 10), null))).toBe('FF FF 3F 00 FF FF FF 7F');
    expect(toHex(encodeDots('6e', field(35, 10), null))).toBe('FF FF 07 E0 FF FF FF EF');
    expect(toHex(encodeDots('6e', field(0, 10), 'green'))).toBe(
      'FF FF FF FF FF FF FF FF FF FF 3F 00 FF FF FF 7F',
    );
  });

  test('[HW3] a line with room stands in the middle', () => {
    const wide = fieldOfLine({ x: 0, width: 16, height: 4 }, LINE, 0);
    expect(toHex(encodeDots('5e', wide, null))).toBe('FF FF E0 07 EF FF FF FF');
    expect(toHex(encodeDots('5e', fieldOfLine({ x: 0, width: 8, height: 2 }, null, 0), null))).toBe('FF FF');
  });

  test(`[HW3] dots read back one by one are the dots drawn (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    for (let run = 0; run < Math.min(fuzzRuns(), 5000) / 10; run += 1) {
      const [x, width, height] = [random.below(80), 1 + random.below(70), 1 + random.below(5)];
      const lit = new Set<string>();
      for (let dot = 0; dot < 40; dot += 1) lit.add(`${random.below(width)},${random.below(height)}`);
      const made = { x, width, height, isLit: (column: number, row: number) => lit.has(`${column},${row}`) };
      const [five, six] = [encodeDots('5e', made, null), encodeDots('6e', made, null)];
      for (const [bytes, unit] of [
        [five, 8],
        [six, 32],
      ] as const) {
        const perRow = bytes.length / height;
        let litCount = 0;
        for (let row = 0; row < height; row += 1) {
          const words = Buffer.from(bytes.subarray(row * perRow, (row + 1) * perRow));
          for (let column = 0; column < perRow * 8; column += 1) {
            const at = Math.floor(column / unit);
            const word = unit === 8 ? (words[at] ?? 0) : words.readUInt32LE(4 * at);
            const isDark = Math.floor(word / 2 ** (unit - 1 - (column % unit))) % 2 === 1;
            if (!isDark) litCount += 1;
            expect(!isDark, `run ${run}`).toBe(lit.has(`${column - (x % unit)},${row}`));
          }
        }
        expect(litCount).toBe(lit.size);
      }
    }
  });
});

const AREA: PictureArea = {
  ...{ id: 1, x: 8, y: 16, width: 16, height: 1, timeoutS: 60, entrance: 'still' },
  pages: [Uint8Array.of(0xaa, 0xbb)],
};

describe('areas', () => {
  test('[HW3] generation 5, field by field', () => {
    expect(toHex(pictureUpdateData('5e', [AREA]))).toBe(
      [
        '01 A7 00 00 00',
        '2B 00 00 00',
        '01 02 3C 00 00 00 00 01 00 00 00 00 10 08 00 10 00 10 00 01 00 00',
        '01 00',
        '0F 00 00 00',
        '00 01 00 05 2C 01 01 10 00 00 00 00 00 AA BB',
      ].join(' '),
    );
    expect(() => pictureUpdateData('5e', [AREA, AREA])).toThrow(RangeError);
  });

  test('[HW3] generation 6: dots stand behind all areas, each page names their place', () => {
    const data = pictureUpdateData('6e', [AREA, { ...AREA, id: 2 }]);
    expect(toHex(data.subarray(0, 7))).toBe('01 A7 00 00 00 02 00');
    expect(toHex(data.subarray(-4))).toBe('AA BB AA BB');
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const recordBytes = view.getUint32(7, true);
    const second = 7 + 4 + recordBytes;
    expect(data[second + 4]).toBe(2);
    expect(second + 4 + view.getUint32(second, true)).toBe(data.length - 4);
    const lastPage = data.length - 4;
    expect([view.getUint32(lastPage - 8, true), view.getUint32(lastPage - 4, true)]).toEqual([2, 2]);
  });
});

/** Eight dots for each character, all lit; 〇 is in no font. */
const draw: DrawLine = (text, heightDots) =>
  text.includes('〇')
    ? null
    : {
        widthDots: text.length * 8,
        rows: Array.from({ length: heightDots }, () => new Uint8Array(text.length).fill(0xff)),
      };

describe('the picture card protocol', () => {
  const update = (text: string, visible = true): LedRequest => ({
    kind: 'update',
    parts: [{ area: 0, text, effect: 'still', visible }],
    removeAfterS: 60,
  });
  const board = windowBoard(1);
  const [area] = board.areas;
  const protocol = createOnbonPictureProtocol('5e', draw);
  const dataOf = (request: LedRequest): Uint8Array => {
    const [frame] = new PictureFrameParser(null).push(
      protocol.encode(board, request)?.bytes ?? new Uint8Array(),
    );
    return frame?.data ?? new Uint8Array();
  };

  test('[HW3] a text with room is one still page, a long one several that scroll', () => {
    const still = dataOf(update('A001'));
    expect(still[5 + 4 + 22]).toBe(1);
    expect(still.subarray(-256).filter(byte => byte === 0)).toHaveLength(4 * 16);
    const long = dataOf(update('请A001号到3号窗口办理业务多谢'.repeat(2)));
    expect(long[5 + 4 + 22]).toBe(3);
    expect(area && protocol.standsStill?.(area, 'A001')).toBe(true);
    expect(area && protocol.standsStill?.(area, 'A001'.repeat(5))).toBe(false);
  });

  test('[HW3] dark is all ones, and what no font has is told', () => {
    expect(
      dataOf(update('A001', false))
        .subarray(-256)
        .every(byte => byte === 0xff),
    ).toBe(true);
    expect(protocol.encode(board, update('A001'))).toMatchObject({ answered: true, complete: true });
    expect(protocol.encode(board, update('〇'))).toMatchObject({ complete: false });
    expect(protocol.encode(board, update(''))).toMatchObject({ complete: true });
  });

  test('[HW3] brightness goes to everybody in silence; power and clock do not exist', () => {
    const level: LedRequest = { kind: 'brightness', level: 3 };
    expect(protocol.encodeForAll?.(level)).toMatchObject({ answered: false, quietAfterMs: 150 });
    expect(protocol.encode(board, { kind: 'power', on: true })).toBeNull();
    expect(protocol.encodeForAll?.({ kind: 'ping' })).toBeNull();
  });

  test(`[HW3] damaged frames are not frames, and cost no later one (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    const parser = new PictureFrameParser(null);
    for (let run = 0; run < fuzzRuns(); run += 1) {
      const data = random.bytes(random.below(30));
      const frame = encodePictureRequest(1 + random.below(0x7fff), random.below(0x10000), data);
      const damaged = Uint8Array.from(frame);
      const at = 8 + random.below(frame.length - 9);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8));
      expect(parser.push(damaged), `run ${run}`).toEqual([]);
      expect(
        parser.push(frame).map(good => [...good.data]),
        `run ${run}`,
      ).toEqual([[...data]]);
    }
  });
});
