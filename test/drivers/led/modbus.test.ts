import { describe, expect, test } from 'vitest';
import type { LedRequest } from '#drivers/led/led-protocol.ts';
import {
  answerBytesOf,
  modbusFrame,
  modbusFrameHolds,
  modbusSilenceMs,
  readHolding,
  readModbusAnswer,
  writeOne,
  writeSeveral,
} from '#drivers/led/modbus-frame.ts';
import { armflyValueRegister, dmValueRegisters, modbusMap, textRegisters } from '#drivers/led/modbus-maps.ts';
import { createModbusProtocol } from '#drivers/led/modbus-protocol.ts';
import { fuzzRuns, SEED } from '../random.ts';
import { hex, toHex, windowBoard } from './led-bench.ts';
import { createRandom } from './random.ts';

const DM = modbusMap('dm36');
const dmValue = (value: number) => {
  const { first, values } = dmValueRegisters(value, 0);
  return writeSeveral(1, first, values);
};
const armflyValue = armflyValueRegister(1234);

describe('Modbus vectors (hardware-protocols 6.3)', () => {
  test.each([
    ['1 register 7 = 123', writeOne(1, 7, 123), '01 06 00 07 00 7B 78 28'],
    [
      '2 digits A001',
      writeSeveral(3, 0, textRegisters(DM, 'A001', 4)),
      '03 10 00 00 00 04 08 00 41 00 30 00 30 00 31 E4 A0',
    ],
    ['3 read register 7', readHolding(1, 7, 1), '01 03 00 07 00 01 35 CB'],
    ['5 broadcast', writeOne(0, 7, 0), '00 06 00 07 00 00 39 DA'],
    ['6 −42', dmValue(-42), '01 10 00 06 00 02 04 10 00 00 2A F6 9A'],
    ['7 100000', dmValue(100_000), '01 10 00 06 00 02 04 00 01 86 A0 40 5D'],
    ['7 read back', readHolding(1, 6, 2), '01 03 00 06 00 02 24 0A'],
    ['8 Armfly value', writeOne(1, armflyValue.register, armflyValue.value), '01 06 00 88 04 D2 8B 7D'],
    [
      '9 Armfly text',
      writeSeveral(1, 0x70, textRegisters(modbusMap('armfly'), '8.8.8.8.', 8)),
      '01 10 00 70 00 04 08 38 2E 38 2E 38 2E 38 2E 29 BE',
    ],
    [
      '10 EmbeddedArt line 1',
      writeSeveral(1, 1000, textRegisters(modbusMap('embedded-art'), 'A001', 4)),
      '01 10 03 E8 00 02 04 41 30 30 31 29 56',
    ],
  ])('[HW3] request %s', (_title, frame, vector) => {
    expect(toHex(frame)).toBe(vector);
  });

  test.each([
    ['1 echoed', '01 06 00 07 00 7B 78 28', '01 06 00 07 00 7B 78 28', { kind: 'written' }],
    [
      '2 written',
      '03 10 00 00 00 04 08 00 41 00 30 00 30 00 31 E4 A0',
      '03 10 00 00 00 04 C0 28',
      { kind: 'written' },
    ],
    ['3 value', '01 03 00 07 00 01 35 CB', '01 03 02 00 7B F8 67', { kind: 'registers', values: [123] }],
    [
      '4 exception',
      '03 10 00 00 00 04 08 00 41 00 30 00 30 00 31 E4 A0',
      '03 90 02 6C 01',
      { kind: 'exception', code: 2 },
    ],
    [
      '7 value',
      '01 03 00 06 00 02 24 0A',
      '01 03 04 00 01 86 A0 C9 EB',
      { kind: 'registers', values: [1, 0x86a0] },
    ],
  ])('[HW3] answer %s', (_title, request, answer, meaning) => {
    expect(readModbusAnswer(hex(request), hex(answer))).toEqual(meaning);
    expect(modbusFrameHolds(hex(answer))).toBe(true);
  });

  test('[HW3] silence between frames', () => {
    expect(modbusSilenceMs(9600)).toBeCloseTo(4.01, 2);
    expect(modbusSilenceMs(57_600)).toBe(1.75);
  });
});

const update = (text: string, area = 0, visible = true): LedRequest => ({
  kind: 'update',
  parts: [{ area, text, effect: 'still', visible }],
  removeAfterS: 60,
});
/** The characters an update writes, read back from its registers. */
const charactersOf = (frame: Uint8Array | undefined): string =>
  String.fromCharCode(...(frame ?? []).slice(7, -2).filter(byte => byte !== 0));

describe('Modbus displays', () => {
  test.each([
    ['dm36', '请A023号', 'A023  ', true],
    ['dm56', '请A023号', 'A023', true],
    ['dm56', '请V023号', '023 ', false],
    ['dm56', '暂停服务', '    ', false],
    ['armfly', '请A023号', 'A023            ', true],
    ['embedded-art', '请A023号到3号窗口', 'A023 3          ', true],
  ] as const)('[HW3] %s shows %s as "%s"', (map, text, shown, complete) => {
    const frame = createModbusProtocol(map).encode(windowBoard(3), update(text));
    expect(charactersOf(frame?.bytes)).toBe(shown);
    expect(frame).toMatchObject({ answered: true, complete });
  });

  test('[HW3] the dark half of a flash is all spaces', () => {
    const frame = createModbusProtocol('dm36').encode(windowBoard(3), update('A023', 0, false));
    expect(charactersOf(frame?.bytes)).toBe('      ');
  });

  test('[HW3] a second line has its own registers; a line the display does not have is not written', () => {
    const board = { ...windowBoard(3), areas: [0, 1, 2].map(id => ({ ...area(), id })) };
    const second = createModbusProtocol('embedded-art').encode(board, update('A1', 1));
    expect(toHex((second?.bytes ?? new Uint8Array()).subarray(2, 4))).toBe('07 D0');
    expect(createModbusProtocol('embedded-art').encode(board, update('A1', 2))).toBeNull();
    expect(createModbusProtocol('dm36').encode(board, update('A1', 1))).toBeNull();
  });

  test('[HW3] a broadcast is not answered and needs its rest; there is no broadcast ping', () => {
    const protocol = createModbusProtocol('dm36');
    const everybody = { ...windowBoard(3), address: 0 };
    expect(protocol.encode(everybody, update('A1'))).toMatchObject({ answered: false, quietAfterMs: 150 });
    expect(protocol.encode(everybody, { kind: 'ping' })).toBeNull();
    expect(protocol.encode({ ...everybody, address: 248 }, { kind: 'ping' })).toBeNull();
  });

  test('[HW3] no whole answer can look like the beginning of an echo', () => {
    for (const map of ['dm36', 'dm56', 'armfly', 'embedded-art'] as const) {
      for (let address = 1; address <= 247; address += 1) {
        const board = { ...windowBoard(address), boardId: 'board' };
        const frame = createModbusProtocol(map).encode(board, update('A001'))?.bytes ?? new Uint8Array();
        const answer = modbusFrame([...frame.subarray(0, 6)]);
        expect(toHex(frame.subarray(0, 8)), `${map} ${address}`).not.toBe(toHex(answer));
      }
    }
  });
});

function area() {
  return { id: 0, x: 0, y: 0, width: 128, height: 16, fontHeight: 16 as const, colour: null };
}

describe('Modbus answers on the line', () => {
  const board = windowBoard(3);
  const protocol = createModbusProtocol('dm56');
  const frame = protocol.encode(board, update('A001'))?.bytes ?? new Uint8Array();
  const answer = hex('03 10 00 00 00 04 C0 28');
  const reader = () => {
    const made = protocol.createAnswerReader();
    made.expect(board, update('A001'), frame);
    return made;
  };

  test('[HW3] byte by byte, behind an echo, and behind a stray byte', () => {
    const split = reader();
    expect([...answer].flatMap(byte => split.push(Uint8Array.of(byte)))).toEqual([{ kind: 'ack' }]);
    const echoed = reader();
    const stream = [...frame, ...answer];
    expect(stream.flatMap(byte => echoed.push(Uint8Array.of(byte)))).toEqual([{ kind: 'ack' }]);
    expect(reader().push(Uint8Array.of(0, ...answer))).toEqual([{ kind: 'ack' }]);
    expect(reader().push(Uint8Array.of(...frame))).toEqual([]);
  });

  test('[HW3] busy passes, a refusal does not', () => {
    const busy = modbusFrame([3, 0x90, 6]);
    expect(reader().push(busy)).toEqual([{ kind: 'nack', error: 6, passing: true }]);
    expect(reader().push(hex('03 90 02 6C 01'))).toEqual([{ kind: 'nack', error: 2, passing: false }]);
  });

  test('[HW3] another slave, a wrong CRC and another register are damaged, once; a good answer still counts', () => {
    const others = [
      modbusFrame([4, 0x10, 0, 0, 0, 4]),
      modbusFrame([3, 0x10, 0, 1, 0, 4]),
      answer.map(b => b ^ 1),
    ];
    for (const bytes of others) {
      const made = reader();
      expect(made.push(bytes)).toEqual([{ kind: 'damaged' }]);
      expect(made.push(bytes)).toEqual([]);
      expect(made.push(answer)).toEqual([{ kind: 'ack' }]);
      expect(made.push(answer)).toEqual([]);
    }
  });

  test(`[HW3] whatever arrives, only an undamaged answer counts (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    let accepted = 0;
    for (let run = 0; run < fuzzRuns(); run += 1) {
      const made = reader();
      const stream = random.below(3) === 0 ? [...random.bytes(random.below(60))] : [...answer];
      const isWhole = stream.length === answer.length && random.below(4) === 0;
      const damagedAt = random.below(8);
      if (!isWhole && stream.length > 0) stream[damagedAt % stream.length] = random.below(256);
      const told = made.push(Uint8Array.from(stream));
      const holds = Buffer.from(stream).includes(Buffer.from(answer));
      const good = told.some(one => one.kind === 'ack');
      if (holds) accepted += 1;
      expect(good, `run ${run}`).toBe(holds);
      expect(answerBytesOf(frame)).toBe(8);
    }
    expect(accepted).toBeGreaterThan(fuzzRuns() / 20);
  });
});
