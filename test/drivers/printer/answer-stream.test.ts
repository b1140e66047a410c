import { describe, expect, it } from 'vitest';
import { AnswerStream, type PrinterAnswer } from '#drivers/printer/answer-stream.ts';
import { fuzzRuns } from '../random.ts';
import { bytesOf, createRandom, randomSeed } from './set-up.ts';

const status = (byte: number): PrinterAnswer => ({ kind: 'real-time-status', byte });
const automatic = (...bytes: [number, number, number, number]): PrinterAnswer => ({
  kind: 'automatic-status',
  bytes,
});

const VECTORS: [string, PrinterAnswer[]][] = [
  ['16 10 00 03 00 12', [status(0x16), automatic(0x10, 0, 3, 0), status(0x12)]],
  ['37 22 30 30 30 31 00 1E', [{ kind: 'process-id', processId: '0001' }, status(0x1e)]],
  ['37 22 37 5A 6B 39 00', [{ kind: 'process-id', processId: '7Zk9' }]],
  [
    '18 00 13 0F 00 00 37 25 00 7E',
    [
      { kind: 'flow', on: false },
      automatic(0x18, 0, 0x0f, 0),
      { kind: 'queued-status', byte: 0 },
      { kind: 'buffers-cleared' },
      status(0x7e),
    ],
  ],
  ['38 00 00 00 12', [automatic(0x38, 0, 0, 0), status(0x12)]],
  [
    '00 03',
    [
      { kind: 'queued-status', byte: 0 },
      { kind: 'queued-status', byte: 3 },
    ],
  ],
  [
    '11 13',
    [
      { kind: 'flow', on: true },
      { kind: 'flow', on: false },
    ],
  ],
  ['5F 41 42 00 12', [{ kind: 'other-block', lead: 0x5f, content: [0x41, 0x42] }, status(0x12)]],
];

function answersOf(...pieces: Uint8Array[]): PrinterAnswer[] {
  const stream = new AnswerStream();
  return pieces.flatMap(piece => stream.push(piece));
}

describe('taking the answers apart (hardware-protocols 2.5)', () => {
  it.each(VECTORS)('[HW2] %s', (hex, answers) => {
    expect(answersOf(bytesOf(hex))).toEqual(answers);
  });

  it('[HW2] answers cut at every byte and answers merged parse the same', () => {
    const merged = bytesOf(VECTORS.map(([hex]) => hex).join(' '));
    const expected = VECTORS.flatMap(([, answers]) => answers);
    expect(answersOf(merged)).toEqual(expected);
    expect(answersOf(...[...merged].map(byte => Uint8Array.of(byte)))).toEqual(expected);
    for (let cut = 0; cut <= merged.length; cut++) {
      expect(answersOf(merged.subarray(0, cut), merged.subarray(cut))).toEqual(expected);
    }
  });

  it('[HW2] 93 is noise; 10 alone waits for the rest of a status', () => {
    expect(answersOf(bytesOf('93'))).toEqual([{ kind: 'line-error', byte: 0x93 }]);
    expect(answersOf(bytesOf('10'))).toEqual([]);
  });

  it('[HW2] a broken automatic status costs only its first byte', () => {
    expect(answersOf(bytesOf('10 00 12'))).toEqual([
      { kind: 'line-error', byte: 0x10 },
      { kind: 'queued-status', byte: 0 },
      status(0x12),
    ]);
  });

  it('[HW2] noise that looks like the beginning of a block does not swallow the answers behind it', () => {
    const answers = answersOf(Uint8Array.of(0x37, ...Array.from({ length: 100 }, () => 0x12)));
    expect(answers[0]).toEqual({ kind: 'line-error', byte: 0x37 });
    expect(answers.slice(1)).toEqual(Array.from({ length: 100 }, () => status(0x12)));
  });

  it('[HW2] random streams: never a crash, and any cutting gives the same answers', {
    timeout: 600_000,
  }, () => {
    const seed = randomSeed('random answers');
    const random = createRandom(seed);
    const leads = [0x37, 0x5f, 0x10, 0x18, 0x00, 0x22, 0x13, 0x12];
    const nextByte = () =>
      random() < 0.5 ? Math.floor(random() * 256) : (leads[Math.floor(random() * leads.length)] ?? 0);
    for (let run = 0; run < fuzzRuns(); run++) {
      const bytes = Uint8Array.from({ length: Math.floor(random() * 120) }, nextByte);
      const cut = Math.floor(random() * (bytes.length + 1));
      const whole = JSON.stringify(answersOf(bytes));
      const inTwo = JSON.stringify(answersOf(bytes.subarray(0, cut), bytes.subarray(cut)));
      if (whole !== inTwo) throw new Error(`run ${run} of seed ${seed}: ${bytes} cut at ${cut}`);
    }
  });
});

describe('noise and answers together', () => {
  it.each([
    ['37 37 22 30 30 30 31 00', '0001'],
    ['37 12 37 22 30 30 30 31 00', '0001'],
    ['5F 90 37 22 37 37 37 37 00', '7777'],
    ['93 FF 37 22 37 5A 6B 39 00', '7Zk9'],
    ['10 37 22 30 30 30 31 00', '0001'],
  ])('[HW2] %s: the confirmation behind the noise is found', (hex, processId) => {
    const found = answersOf(bytesOf(hex)).filter(answer => answer.kind === 'process-id');
    expect(found).toEqual([{ kind: 'process-id', processId }]);
  });
});
