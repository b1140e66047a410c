import { describe, expect, test } from 'vitest';
import type { LedAnswer } from '#drivers/led/led-protocol.ts';
import { encodeFrame, HOST_ADDRESS } from '#drivers/led/onbon-frame.ts';
import { onbonProtocol } from '#drivers/led/onbon-protocol.ts';
import { fuzzRuns } from '../random.ts';
import { hex, windowBoard } from './led-bench.ts';
import { chooseSeed, createRandom } from './random.ts';

const BOARD = windowBoard(3);
const PING = { kind: 'ping' } as const;
/** Vectors 17 of hardware-protocols 4.4. */
const ACK = hex('A5*8 00 80 03 00 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 C5 BC 5A');
const BUSY = hex('A5*8 00 80 03 00 00 00 00 00 00 00 FE 02 05 00 A0 01 03 00 00 34 40 5A');

function readerOf() {
  const reader = onbonProtocol.createAnswerReader();
  const request = onbonProtocol.encode(BOARD, PING)?.bytes ?? new Uint8Array();
  reader.expect(BOARD, PING, request);
  return { reader, request };
}

describe('Onbon answers', () => {
  test.each([
    ['ACK', ACK, { kind: 'ack' }],
    ['NACK busy', BUSY, { kind: 'nack', error: 3, passing: true }],
  ])('[HW3] %s cut in two at every byte is one answer', (_, frame, answer) => {
    for (let at = 0; at <= frame.length; at += 1) {
      const { reader } = readerOf();
      const answers = [...reader.push(frame.subarray(0, at)), ...reader.push(frame.subarray(at))];
      expect(answers, `cut at ${at}`).toEqual([answer]);
    }
  });

  test('[HW3] the echo, two answers and rubbish in one piece are two answers', () => {
    const { reader, request } = readerOf();
    const stream = Buffer.concat([request, Uint8Array.of(0, 0x5a, 7), ACK, BUSY]);
    expect(reader.push(stream)).toEqual([{ kind: 'ack' }, { kind: 'nack', error: 3, passing: true }]);
  });

  test('[HW3] an answer of which a part is missing is damaged, and costs the next one nothing', () => {
    for (let cut = 9; cut < ACK.length - 1; cut += 1) {
      const { reader } = readerOf();
      const stream = Buffer.concat([ACK.subarray(0, cut), ACK.subarray(cut + 1), ACK]);
      expect(reader.push(stream).toSorted(byKind), `without byte ${cut}`).toEqual([
        { kind: 'ack' },
        { kind: 'damaged' },
      ]);
    }
  });

  test('[HW3] another board’s answer, a refusal for good, and what is no answer', () => {
    const answerOf = (source: number, ...data: number[]) => {
      const frame = encodeFrame({ destination: HOST_ADDRESS, source, data: Uint8Array.from(data) });
      return readerOf().reader.push(frame);
    };
    expect(answerOf(4, 0xa0, 0, 0, 0, 0)).toEqual([]);
    expect(answerOf(3, 0xa0, 1, 4, 0, 0)).toEqual([{ kind: 'nack', error: 4, passing: false }]);
    expect(answerOf(3, 0xa2, 0, 0, 0, 0)).toEqual([]);
  });

  test('[HW3] noise is never an answer, and the answer after it is heard', () => {
    const seed = chooseSeed();
    const runs = fuzzRuns();
    console.info(`FOYER_SEED=${seed}, ${runs} inputs`);
    const random = createRandom(seed);
    const marks = [0xa5, 0xa6, 0x5a, 0x5b, 0x80, 0xa0, 3, 2, 1, 0];
    const { reader, request } = readerOf();
    for (let round = 0; round < runs; round += 1) {
      const noise = Uint8Array.from({ length: random.below(60) }, () =>
        random.below(2) === 0 ? (marks[random.below(marks.length)] ?? 0) : random.below(256),
      );
      const damaged = Uint8Array.from(ACK);
      const at = 8 + random.below(ACK.length - 9);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8));
      const stream = random.below(2) === 0 ? noise : damaged;
      const heard = (answers: readonly LedAnswer[]) => answers.filter(({ kind }) => kind !== 'damaged');
      expect(heard(reader.push(stream)), `seed ${seed}, round ${round}`).toEqual([]);
      if (random.below(3) === 0) reader.expect(BOARD, PING, request);
      expect(heard(reader.push(ACK)), `seed ${seed}, round ${round}`).toEqual([{ kind: 'ack' }]);
    }
  }, 120_000);
});

function byKind(a: LedAnswer, b: LedAnswer): number {
  return a.kind.localeCompare(b.kind);
}
