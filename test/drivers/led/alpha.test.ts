import { describe, expect, test } from 'vitest';
import {
  alphaFrame,
  colourMark,
  endPriorityText,
  memoryTable,
  readAlphaAnswer,
  setAnswers,
  setTime,
  stringReference,
  writeString,
  writeText,
} from '#drivers/led/alpha-frame.ts';
import { createAlphaProtocol } from '#drivers/led/alpha-protocol.ts';
import type { LedRequest } from '#drivers/led/led-protocol.ts';
import { createAlphaReceiver } from '#drivers/led/simulator/alpha-signs.ts';
import { createFamilySimulator } from '#drivers/led/simulator/board-family.ts';
import { createHandClock } from '../hand-clock.ts';
import { fuzzRuns, SEED } from '../random.ts';
import { hex, toHex, windowBoard } from './led-bench.ts';
import { createRandom } from './random.ts';

describe('Alpha vectors (hardware-protocols 8)', () => {
  test.each([
    [
      '1 priority text',
      alphaFrame(0, [writeText('0', 'hold', 'A001 -> 3')]),
      '00 00 00 00 00 01 5A 30 30 02 41 30 1B 20 62 41 30 30 31 20 2D 3E 20 33 03 30 32 43 33 04',
    ],
    [
      '2 end priority text',
      alphaFrame(0, [endPriorityText()]),
      '00 00 00 00 00 01 5A 30 30 02 41 30 03 30 30 37 36 04',
    ],
    [
      '3 string file',
      alphaFrame(3, [writeString('1', 'A001')]),
      '00 00 00 00 00 01 5A 30 33 02 47 31 41 30 30 31 03 30 31 34 46 04',
    ],
    [
      '4 memory',
      alphaFrame(0, [
        memoryTable([
          { kind: 'text', label: 'A', bytes: 256 },
          { kind: 'string', label: '1', bytes: 32 },
        ]),
      ]),
      '00 00 00 00 00 01 5A 30 30 02 45 24 41 41 55 30 31 30 30 46 46 30 30 31 42 4C 30 30 32 30 30 30 30 30 03 30 35 33 33 04',
    ],
    [
      '6 time',
      alphaFrame(0, [setTime(9, 30)]),
      '00 00 00 00 00 01 5A 30 30 02 45 20 30 39 33 30 03 30 31 33 36 04',
    ],
    [
      '7 two strings',
      alphaFrame(0, [writeString('1', 'A001'), writeString('2', '3')]),
      '00 00 00 00 00 01 5A 30 30 02 47 31 41 30 30 31 03 30 31 34 46 02 47 32 33 03 30 30 42 31 04',
    ],
    [
      '8 ACK/NAK on',
      alphaFrame(0, [setAnswers(true)]),
      '00 00 00 00 00 01 5A 30 30 02 45 73 31 03 30 30 45 45 04',
    ],
  ])('[HW3] %s', (_title, frame, vector) => {
    expect(toHex(frame)).toBe(vector);
  });

  test('[HW3] 5 the published memory table, which has no checksum, is obeyed by the simulated sign', () => {
    const published = hex('00 00 00 00 00 01 5A 30 30 02 45 24 41 41 55 30 31 30 30 46 46 30 30 04');
    const table = memoryTable([{ kind: 'text', label: 'A', bytes: 256 }]);
    // The same bytes but for ETX and checksum.
    expect(toHex(alphaFrame(0, [table])).startsWith(toHex(published.subarray(0, -1)))).toBe(true);
    const { simulator } = sign();
    simulator.receive(published);
    simulator.receive(alphaFrame(3, [writeText('A', 'hold', 'hello')]));
    expect(textOn(simulator)).toBe('hello');
  });

  test('[HW3] answers', () => {
    expect(readAlphaAnswer(hex('06'))).toEqual({ kind: 'ack' });
    expect(readAlphaAnswer(hex('15 50'))).toEqual({ kind: 'nak', status: 0x10 });
    expect(readAlphaAnswer(hex('15'))).toBeNull();
    expect(readAlphaAnswer(hex('15 10'))).toBeNull();
    expect(readAlphaAnswer(hex('41'))).toBeNull();
    expect(readAlphaAnswer(new Uint8Array())).toBeNull();
  });
});

function sign() {
  const clock = createHandClock();
  const simulator = createFamilySimulator({ addresses: [3, 4], clock, receiver: createAlphaReceiver() });
  const answers: number[] = [];
  simulator.onBytes(bytes => answers.push(...bytes));
  return { clock, simulator, answers };
}

function textOn(simulator: ReturnType<typeof sign>['simulator'], address = 3): string | null {
  const board = simulator.boards().find(candidate => candidate.address === address);
  return board?.areas[0]?.text ?? null;
}

describe('a simulated Alpha sign', () => {
  test('[HW3] priority text hides the files and gives them back; strings follow their text', () => {
    const { simulator } = sign();
    simulator.receive(
      alphaFrame(3, [
        memoryTable([
          { kind: 'text', label: 'A', bytes: 64 },
          { kind: 'string', label: '1', bytes: 8 },
        ]),
        writeText('A', 'hold', `${colourMark('red')}Now ${stringReference('1')}`),
        writeString('1', 'A001'),
      ]),
    );
    expect(textOn(simulator)).toBe('Now A001');
    simulator.receive(alphaFrame(3, [writeText('0', 'hold', 'A002')]));
    expect(textOn(simulator)).toBe('A002');
    simulator.receive(alphaFrame(3, [writeString('1', 'A003'), endPriorityText()]));
    expect(textOn(simulator)).toBe('Now A003');
    expect(textOn(simulator, 4)).toBeNull();
  });

  test('[HW3] a frame that pauses for more than a second is given up, a shorter pause is borne', async () => {
    const frame = alphaFrame(3, [writeText('0', 'hold', 'A001')]);
    for (const [pauseMs, shown] of [
      [900, 'A001'],
      [1100, null],
    ] as const) {
      const { clock, simulator } = sign();
      simulator.receive(frame.subarray(0, 15));
      await clock.advance(pauseMs);
      simulator.receive(frame.subarray(15));
      expect(textOn(simulator), `${pauseMs} ms`).toBe(shown);
    }
  });

  test('[HW3] a wrong checksum is refused, and a file without memory too; answers come only when asked for', () => {
    const { simulator, answers } = sign();
    const spoilt = alphaFrame(3, [writeText('0', 'hold', 'A001')]);
    spoilt[16] = 0x42;
    simulator.receive(spoilt);
    expect(answers).toEqual([]);
    simulator.receive(alphaFrame(3, [setAnswers(true)]));
    simulator.receive(spoilt);
    simulator.receive(alphaFrame(3, [writeString('1', 'A001')]));
    simulator.receive(alphaFrame(0, [writeText('0', 'hold', 'B')]));
    expect(toHex(Uint8Array.from(answers))).toBe('06 15 50 15 60');
    expect(textOn(simulator)).toBe('B');
  });

  test('[HW3] a wildcard reaches the signs it matches, and parity bits do no harm', () => {
    const { simulator } = sign();
    const frame = alphaFrame(3, [writeText('0', 'hold', 'A001')]);
    frame[7] = 0x3f;
    frame[8] = 0x34;
    simulator.receive(frame.map(byte => byte | 0x80));
    expect([textOn(simulator, 3), textOn(simulator, 4)]).toEqual([null, 'A001']);
  });
});

const update = (text: string, area = 0, visible = true): LedRequest => ({
  kind: 'update',
  parts: [{ area, text, effect: 'still', visible }],
  removeAfterS: 60,
});

describe('the Alpha protocol', () => {
  const protocol = createAlphaProtocol({ answers: true });
  const board = windowBoard(3);

  test('[HW3] a call is shown as far as a sign has letters', () => {
    for (const [text, shown, complete] of [
      ['A001 → 3号窗口', 'A001 -> 3', true],
      ['请A001号', 'A001', true],
      ['暂停服务', null, false],
    ] as const) {
      const { simulator } = sign();
      const frame = protocol.encode(board, update(text));
      simulator.receive(frame?.bytes ?? new Uint8Array());
      expect(textOn(simulator)).toBe(shown);
      expect(frame).toMatchObject({ answered: true, complete });
    }
    expect(protocol.encode(board, update('A001', 1))).toBeNull();
  });

  test('[HW3] a text with room stands still, a longer one and one that is to scroll move', () => {
    const modeOf = (text: string, effect: 'still' | 'scroll') => {
      const parts = [{ area: 0, text, effect, visible: true }];
      return protocol.encode(board, { kind: 'update', parts, removeAfterS: 60 })?.bytes[14];
    };
    const [hold, rotate] = [0x62, 0x61];
    const [area] = board.areas;
    expect([modeOf('A001', 'still'), modeOf('A001', 'scroll')]).toEqual([hold, rotate]);
    expect(modeOf('A001 please come to window 3', 'still')).toBe(rotate);
    expect(area && protocol.standsStill?.(area, 'A001')).toBe(true);
    expect(area && protocol.standsStill?.(area, 'A001 please come to window 3')).toBe(false);
  });

  test('[HW3] without answers nothing is asked and a rest is kept', () => {
    const mute = createAlphaProtocol({ answers: false });
    expect(mute.encode(board, { kind: 'ping' })).toBeNull();
    expect(mute.encode(board, update('A001'))).toMatchObject({ answered: false, quietAfterMs: 100 });
  });

  test('[HW3] the time goes to all signs; other requests do not exist', () => {
    const time = { year: 2025, month: 1, day: 2, hour: 9, minute: 30, second: 0, weekday: 4 };
    expect(toHex(protocol.encodeForAll?.({ kind: 'time', time })?.bytes ?? new Uint8Array())).toBe(
      '00 00 00 00 00 01 5A 30 30 02 45 20 30 39 33 30 03 30 31 33 36 04',
    );
    expect(protocol.encode(board, { kind: 'power', on: true })).toBeNull();
    expect(protocol.encode({ ...board, address: 256 }, { kind: 'ping' })).toBeNull();
  });

  test('[HW3] a refusal in two pieces is one refusal; a damaged checksum is worth another try', () => {
    const reader = protocol.createAnswerReader();
    const frame = protocol.encode(board, update('A001'))?.bytes ?? new Uint8Array();
    reader.expect(board, update('A001'), frame);
    expect(reader.push(hex('15'))).toEqual([]);
    expect(reader.push(hex('50'))).toEqual([{ kind: 'nack', error: 0x10, passing: true }]);
    reader.expect(board, update('A001'), frame);
    expect(reader.push(Uint8Array.from([...frame, 0x15, 0x60]))).toEqual([
      { kind: 'nack', error: 0x20, passing: false },
    ]);
  });

  test(`[HW3] the sign reads what was meant, and damage changes nothing (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    const { simulator } = sign();
    let taken = 0;
    for (let run = 0; run < fuzzRuns(); run += 1) {
      const text = Array.from({ length: 1 + random.below(30) }, () =>
        String.fromCharCode(0x21 + random.below(0x5e)),
      ).join('');
      const frame = alphaFrame(3, [writeText('0', 'hold', text)]);
      simulator.receive(frame);
      expect(textOn(simulator), `run ${run}`).toBe(text);
      const damaged = Uint8Array.from(frame);
      // From STX to ETX: what the checksum covers. Marks may end or cut the frame, which is damage too.
      const at = 10 + random.below(frame.length - 16);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(7));
      const updates = simulator.updatesOf(3);
      simulator.receive(damaged);
      simulator.receive(random.bytes(random.below(20)).map(byte => (byte === 0x01 ? 0 : byte)));
      if (simulator.updatesOf(3) !== updates) taken += 1;
      expect(simulator.updatesOf(4)).toBe(0);
    }
    // A flipped bit that makes an end mark leaves a frame without checksum, which the protocol allows.
    expect(taken).toBeLessThan(fuzzRuns() / 20);
  });
});
