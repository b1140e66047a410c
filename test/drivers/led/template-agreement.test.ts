import { describe, expect, test } from 'vitest';
import { CHECK_KINDS } from '#drivers/led/check-values.ts';
import { type FrameTemplate, parseLedTemplate } from '#drivers/led/frame-template.ts';
import { addressesOf, encodeTemplateUpdate } from '#drivers/led/frame-template-encode.ts';
import { createTemplateProtocol, reduceForTemplate } from '#drivers/led/frame-template-protocol.ts';
import { createModbusProtocol } from '#drivers/led/modbus-protocol.ts';
import { toAsciiText } from '#drivers/led/reduced-text.ts';
import { BoardMemory } from '#drivers/led/simulator/board-family.ts';
import { createModbusReceiver } from '#drivers/led/simulator/modbus-boards.ts';
import { createTemplateReceiver } from '#drivers/led/simulator/template-boards.ts';
import { decodeByTemplate } from '#drivers/led/simulator/template-decoder.ts';
import { fuzzRuns, SEED } from '../random.ts';
import { windowBoard } from './led-bench.ts';
import { createRandom, type Random } from './random.ts';

const CHARACTERS = [...'ABCXYZ0123456789 →请号到窗口办理业务暂停服务ＡＢ１'];

function pick<T>(random: Random, from: readonly T[]): T {
  const found = from[random.below(from.length)];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

function textOf(random: Random, longest: number): string {
  return Array.from({ length: random.below(longest + 1) }, () => pick(random, CHARACTERS)).join('');
}

/** A template as a maker's page could describe it; now and then one that cannot be. */
function randomTemplate(random: Random): unknown {
  const isTextual = random.below(3) > 0;
  const fixedWidth = random.below(2) === 0;
  const content = isTextual
    ? {
        text: pick(random, ['gbk', 'ascii']),
        ...(fixedWidth ? { width: 4 + random.below(12), pad: '20' } : {}),
      }
    : pick(random, [
        { num: 'u16be' },
        { num: 'u16le' },
        { num: 'bcd2' },
        { num: 'ascii', digits: 5 },
        { text: 'bcd', width: 3, pad: 'FF' },
      ]);
  const check = { check: pick(random, CHECK_KINDS), of: [1, 3], order: pick(random, ['le', 'be', 'ascii']) };
  const parts = [
    { hex: '02' },
    { addr: pick(random, ['u8', 'u16le', 'u16be', 'ascii2', 'ascii3']) },
    { len: pick(random, ['u8', 'u16le', 'u16be']), of: [3, 3], add: random.below(5) },
    content,
    ...(random.below(4) > 0 ? [check] : []),
    { hex: '03' },
  ];
  const stuffing = [
    { byte: '02', as: '1B 12' },
    { byte: '03', as: '1B 13' },
    { byte: '1B', as: '1B 1B' },
  ];
  return {
    id: 'random',
    title: 'Random',
    parts,
    ...(random.below(2) === 0 ? { stuffing } : {}),
    limits: { maxChars: 12 },
  };
}

describe('what the encoders write, read by code written apart', () => {
  test(`[HW3] random templates: address and text arrive as meant (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    for (let run = 0; run < fuzzRuns(); run += 1) {
      const parsed = parseLedTemplate(randomTemplate(random));
      if (!parsed.ok) throw new Error(`run ${run}: ${JSON.stringify(parsed.error)}`);
      const template: FrameTemplate = parsed.value;
      const address = 1 + random.below(Math.min(addressesOf(template).max, 999));
      const { text } = reduceForTemplate(template, textOf(random, 14));
      const frame = encodeTemplateUpdate(template, address, text);
      const decoded = decodeByTemplate(template, template.parts, [...(frame ?? [])]);
      const where = `run ${run}: ${JSON.stringify(template.parts)} "${text}"`;
      expect(decoded, where).toMatchObject({ kind: 'frame', bytes: frame?.length, address });
      const read = decoded.kind === 'frame' ? decoded.text : '';
      expect(meaningOf(template, read), where).toBe(meaningOf(template, text));
    }
  });

  test(`[HW3] one flipped bit is never another text where a CRC guards the frame (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    const parsed = parseLedTemplate({
      id: 'guarded',
      title: 'Guarded',
      parts: [
        { hex: '02' },
        { addr: 'u8' },
        { len: 'u8', of: [3, 3] },
        { text: 'gbk' },
        { check: 'crc16-ccitt-false', of: [0, 3] },
        { hex: '03' },
      ],
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    const template = parsed.value;
    for (let run = 0; run < fuzzRuns(); run += 1) {
      const frame = [...(encodeTemplateUpdate(template, 3, `A${run}`) ?? [])];
      const memory = new BoardMemory(3);
      const receiver = createTemplateReceiver(template);
      const at = random.below(frame.length);
      frame[at] = (frame[at] ?? 0) ^ (1 << random.below(8));
      serve(receiver.take(Uint8Array.from(frame), 0), memory);
      expect(memory.updates, `run ${run}`).toBe(0);
      // Once the line has been still, the next frame is heard.
      serve(receiver.take(encodeTemplateUpdate(template, 3, 'A001') ?? new Uint8Array(), 1000), memory);
      expect(memory.texts.get(0), `run ${run}`).toBe('A001');
    }
  });

  test(`[HW3] Modbus lines: registers hold what was meant; damaged requests change nothing (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    const protocol = createModbusProtocol('embedded-art');
    for (let run = 0; run < fuzzRuns(); run += 1) {
      const receiver = createModbusReceiver('embedded-art');
      const memory = new BoardMemory(3);
      const text = textOf(random, 20);
      const parts = [{ area: 0, text, effect: 'still' as const, visible: true }];
      const frame = protocol.encode(windowBoard(3), { kind: 'update', parts, removeAfterS: 60 });
      const bytes = Uint8Array.from(frame?.bytes ?? []);
      const damaged = Uint8Array.from(bytes);
      const at = random.below(bytes.length);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8));
      serve(receiver.take(damaged, 0), memory);
      serve(receiver.take(random.bytes(random.below(7)), 1000), memory);
      expect(memory.updates, `run ${run}`).toBe(0);
      serve(receiver.take(bytes.subarray(0, at), 2000), memory);
      serve(receiver.take(bytes.subarray(at), 2000), memory);
      expect(memory.texts.get(0) ?? '', `run ${run}`).toBe(toAsciiText(text, 16).text);
    }
  });

  test(`[HW3] noise is no request and no answer, and costs no later frame (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    for (let run = 0; run < fuzzRuns(); run += 1) {
      const parsed = parseLedTemplate(randomTemplate(random));
      if (!parsed.ok) continue;
      const template = { ...parsed.value, ack: { hex: [6, null, 3], timeoutMs: 200 } };
      const receiver = createTemplateReceiver(template);
      const marks = [0x02, 0x03, 0x1b, 0x12, 0x13, 0x30, 0x31, 0x00, 0xff];
      const noise = Uint8Array.from({ length: random.below(60) }, () => pick(random, marks));
      const memory = new BoardMemory(3);
      serve(receiver.take(noise, 0), memory);
      const frame = encodeTemplateUpdate(template, 3, '7') ?? new Uint8Array();
      memory.updates = 0;
      serve(receiver.take(frame, 1000), memory);
      expect(memory.updates, `run ${run}`).toBe(1);

      const reader = createTemplateProtocol(template).createAnswerReader();
      const request = { kind: 'update', parts: [], removeAfterS: 60 } as const;
      reader.expect(windowBoard(3), request, frame);
      const told = reader.push(noise.filter(byte => byte !== 0x06));
      expect(
        told.every(one => one.kind === 'damaged'),
        `run ${run}`,
      ).toBe(true);
    }
  });
});

function serve(
  requests: readonly {
    isFor(address: number): boolean;
    serve(memory: BoardMemory, busy: boolean): unknown;
  }[],
  memory: BoardMemory,
): void {
  for (const request of requests) if (request.isFor(memory.address)) request.serve(memory, false);
}

/** Numbers have no leading zeros of their own, and "nothing" is zero on boards that only have numbers. */
function meaningOf(template: FrameTemplate, text: string): string {
  const isNumber = template.parts.some(part => 'num' in part || ('text' in part && part.text === 'bcd'));
  return isNumber ? String(Number(text)) : text.trim();
}
