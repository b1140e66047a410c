import { describe, expect, test } from 'vitest';
import { crc16Arc } from '#drivers/led/checksum.ts';
import { encodeBoardText } from '#drivers/led/led-text.ts';
import {
  brightnessData,
  clearData,
  type DynamicArea,
  deleteAllAreasData,
  deleteAreaData,
  pingData,
  powerData,
  readAnswer,
  setTimeData,
  speakData,
  updateAreasData,
} from '#drivers/led/onbon-commands.ts';
import { BROADCAST_SILENT, encodeRequest, HOST_ADDRESS, OnbonFrameParser } from '#drivers/led/onbon-frame.ts';
import { CardReceiver } from '#drivers/led/simulator/card-frames.ts';
import { hex, toHex } from './led-bench.ts';

/** The area of vectors 5 to 10: 64×16 at the origin, still, for ever. */
function area(text: string | Uint8Array, changes: Partial<DynamicArea> = {}): DynamicArea {
  return {
    id: 0,
    x: 0,
    y: 0,
    width: 64,
    height: 16,
    runMode: 'loop',
    timeoutS: 0,
    speech: null,
    horizontal: 'left',
    vertical: 'top',
    multiLine: false,
    autoWrap: false,
    entrance: 'still',
    speed: 0,
    stayHalfSeconds: 0,
    text: typeof text === 'string' ? gbk(text) : text,
    ...changes,
  };
}

function gbk(text: string): Uint8Array {
  return encodeBoardText(text, 512).bytes;
}

const VOICE = { voice: 0, repeats: 1, volume: 5, speed: 5 };
const CALL = '请A001号到3号窗口';

const REQUESTS: readonly (readonly [string, number, Uint8Array, string])[] = [
  ['1 ping', 1, pingData(), 'A5*8 01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A2 00 01 00 00 68 F8 5A'],
  ['2 clear', 1, clearData(), 'A5*8 01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A3 10 01 00 00 51 F8 5A'],
  [
    '3 published welcome',
    0xfffe,
    updateAreasData([
      area('欢迎光临', {
        width: 128,
        height: 32,
        multiLine: true,
        speed: 2,
        stayHalfSeconds: 10,
        timeoutS: 10,
      }),
    ]),
    'A5*8 FE FF 00 80 00 00 00 00 00 00 FE 02 2C 00 A3 06 01 00 00 00 01 23 00 00 00 80 00 00 80 80 20 00 00 00 00 0A 00 00 00 00 02 01 01 00 02 0A 08 00 00 00 BB B6 D3 AD B9 E2 C1 D9 3C 49 5A',
  ],
  [
    '5 A001',
    3,
    updateAreasData([area('A001')]),
    'A5*8 03 00 00 80 00 00 00 00 00 00 FE 02 28 00 A3 06 01 00 00 00 01 1F 00 00 00 80 00 00 40 80 10 00 00 00 00 00 00 00 00 00 01 01 01 00 00 00 04 00 00 00 41 30 30 31 92 72 5A',
  ],
  [
    '6 Z001, stuffed text',
    3,
    updateAreasData([area('Z001')]),
    'A5*8 03 00 00 80 00 00 00 00 00 00 FE 02 28 00 A3 06 01 00 00 00 01 1F 00 00 00 80 00 00 40 80 10 00 00 00 00 00 00 00 00 00 01 01 01 00 00 00 04 00 00 00 5B 02 30 30 31 94 96 5A',
  ],
  [
    '7 A384, stuffed checksum',
    3,
    updateAreasData([area('A384')]),
    'A5*8 03 00 00 80 00 00 00 00 00 00 FE 02 28 00 A3 06 01 00 00 00 01 1F 00 00 00 80 00 00 40 80 10 00 00 00 00 00 00 00 00 00 01 01 01 00 00 00 04 00 00 00 41 33 38 34 A6 02 B1 5A',
  ],
  [
    '8 red and centred',
    3,
    updateAreasData([
      area(Buffer.concat([Buffer.from('\\C1', 'ascii'), gbk('A001号')]), { horizontal: 'centre' }),
    ]),
    'A5*8 03 00 00 80 00 00 00 00 00 00 FE 02 2D 00 A3 06 01 00 00 00 01 24 00 00 00 80 00 00 40 80 10 00 00 00 00 00 00 00 00 02 01 01 01 00 00 00 09 00 00 00 5C 43 31 41 30 30 31 BA C5 41 83 5A',
  ],
  [
    '9 two areas',
    3,
    updateAreasData([area('A001'), area('3号窗口', { id: 1, x: 64 })]),
    'A5*8 03 00 00 80 00 00 00 00 00 00 FE 02 4C 00 A3 06 01 00 00 00 02 1F 00 00 00 80 00 00 40 80 10 00 00 00 00 00 00 00 00 00 01 01 01 00 00 00 04 00 00 00 41 30 30 31 22 00 00 40 80 00 00 40 80 10 00 01 00 00 00 00 00 00 00 01 01 01 00 00 00 07 00 00 00 33 BA C5 B4 B0 BF DA 20 8A 5A',
  ],
  [
    '10 delete area 0',
    3,
    deleteAreaData(0),
    'A5*8 03 00 00 80 00 00 00 00 00 00 FE 02 08 00 A3 06 01 00 00 01 00 00 06 33 5A',
  ],
  [
    '11 stuffed address',
    0x5a,
    pingData(),
    'A5*8 5B 02 00 00 80 00 00 00 00 00 00 FE 02 05 00 A2 00 01 00 00 1F D1 5A',
  ],
  [
    '12 power off',
    1,
    powerData(false),
    'A5*8 01 00 00 80 00 00 00 00 00 00 FE 02 06 00 A3 00 01 00 00 02 39 EB 5A',
  ],
  [
    '12 power on',
    1,
    powerData(true),
    'A5*8 01 00 00 80 00 00 00 00 00 00 FE 02 06 00 A3 00 01 00 00 01 79 EA 5A',
  ],
  [
    '13 brightness',
    1,
    brightnessData(10),
    'A5*8 01 00 00 80 00 00 00 00 00 00 FE 02 07 00 A3 02 01 00 00 01 0A A7 97 5A',
  ],
  [
    '14 time for everybody',
    BROADCAST_SILENT,
    setTimeData({ year: 2025, month: 1, day: 2, hour: 9, minute: 30, second: 0, weekday: 4 }),
    'A5*8 FF FF 00 80 00 00 00 00 00 00 FE 02 0D 00 A2 03 01 00 00 25 20 01 02 09 30 00 04 72 8C 5A',
  ],
  [
    '15 speak',
    3,
    speakData(gbk(CALL), VOICE, 1000),
    'A5*8 03 00 00 80 00 00 00 00 00 00 FE 02 2E 00 A2 0E 01 00 00 00 00 00 00 00 00 00 00 05 05 00 01 00 00 00 64 00 00 00 00 11 00 00 00 C7 EB 41 30 30 31 BA C5 B5 BD 33 BA C5 B4 B0 BF DA 98 DA 5A',
  ],
  [
    '16 scrolling and spoken',
    3,
    updateAreasData([
      area(CALL, {
        width: 128,
        entrance: 'left',
        speed: 4,
        speech: { ...VOICE, repeats: 2 },
      }),
    ]),
    'A5*8 03 00 00 80 00 00 00 00 00 00 FE 02 38 00 A3 06 01 00 00 00 01 2F 00 00 00 80 00 00 80 80 10 00 00 00 00 00 00 01 20 05 05 00 00 01 01 03 00 04 00 11 00 00 00 C7 EB 41 30 30 31 BA C5 B5 BD 33 BA C5 B4 B0 BF DA 73 FE 5A',
  ],
];

const ANSWERS: readonly (readonly [string, number, object, string])[] = [
  [
    '4 ACK with nine heads',
    0xfffe,
    { kind: 'ack' },
    'A5*9 00 80 FE FF 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 14 AC 5A',
  ],
  [
    '4 NACK checksum',
    0xfffe,
    { kind: 'nack', error: 5 },
    'A5*9 00 80 FE FF 00 00 00 00 00 00 FE 02 05 00 A0 01 05 00 00 05 51 5A',
  ],
  ['17 ACK', 3, { kind: 'ack' }, 'A5*8 00 80 03 00 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 C5 BC 5A'],
  [
    '17 NACK busy',
    3,
    { kind: 'nack', error: 3 },
    'A5*8 00 80 03 00 00 00 00 00 00 00 FE 02 05 00 A0 01 03 00 00 34 40 5A',
  ],
];

describe('Onbon vectors of hardware-protocols 4.4', () => {
  test('[HW3] the checksum is CRC-16/ARC', () => {
    expect(crc16Arc(Buffer.from('123456789', 'ascii'))).toBe(0xbb3d);
  });

  test.each(REQUESTS)('[HW3] request %s is written byte for byte', (_title, address, data, vector) => {
    expect(toHex(encodeRequest(address, data))).toBe(toHex(hex(vector)));
  });

  test.each(REQUESTS)(
    '[HW3] request %s is understood by the simulated card',
    (_title, address, data, vector) => {
      const [request, ...others] = new CardReceiver().take(hex(vector));
      expect(others).toEqual([]);
      expect(request?.screenAddress).toBe(address);
      expect(toHex(request?.command ?? new Uint8Array())).toBe(toHex(data));
    },
  );

  test.each(ANSWERS)('[HW3] answer %s is read', (_title, source, answer, vector) => {
    const frames = new OnbonFrameParser(HOST_ADDRESS).push(hex(vector));
    expect(frames.map(frame => [frame.source, readAnswer(frame.data)])).toEqual([[source, answer]]);
  });

  test('[HW3] deleting all areas lists none', () => {
    expect(toHex(deleteAllAreasData())).toBe('A3 06 01 00 00 FF 00');
  });
});
