import { describe, expect, test } from 'vitest';
import { type FrameTemplate, parseLedTemplate } from '#drivers/led/frame-template.ts';
import { encodeTemplatePing, encodeTemplateUpdate } from '#drivers/led/frame-template-encode.ts';
import { createTemplateProtocol } from '#drivers/led/frame-template-protocol.ts';
import { serialFormatOf } from '#drivers/led/frame-template-rules.ts';
import type { LedRequest } from '#drivers/led/led-protocol.ts';
import { SHIPPED_LED_TEMPLATES } from '#drivers/led/shipped-templates.ts';
import { hex, toHex, windowBoard } from './led-bench.ts';

function accepted(json: unknown): FrameTemplate {
  const parsed = parseLedTemplate(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}
const shipped = (id: string): FrameTemplate => accepted(SHIPPED_LED_TEMPLATES[id]);
const frameOf = (id: string, address: number, text: string): string =>
  toHex(encodeTemplateUpdate(shipped(id), address, text) ?? new Uint8Array());

describe('the published small frames (hardware-protocols 7)', () => {
  test.each([
    ['7.1 #1', 'numeric-4-byte', 5, '999', '05 03 E7 EF'],
    ['7.1 #2', 'numeric-4-byte', 3, '1', '03 00 01 04'],
    ['7.1 #3', 'numeric-4-byte', 12, '345', '0C 01 59 66'],
    ['7.2 #1', 'armfly-ascii', 1, '8.8.8.8.', '24 30 30 31 2C 38 2E 38 2E 38 2E 38 2E 23'],
    ['7.2 #3', 'armfly-ascii', 1, '123', '24 30 30 31 2C 31 32 33 23'],
    ['7.3 #1', 'aa-bb-strip', 1, 'A001', 'AA 01 BB 51 54 38 01 00 00 02 63 41 30 30 31 FF'],
    ['7.3 #2', 'aa-bb-strip', 1, '你好', 'AA 01 BB 51 54 8A 01 00 00 02 63 C4 E3 BA C3 FF'],
    [
      '7.3 #3',
      'aa-bb-strip',
      1,
      '请A001到3号窗口',
      'AA 01 BB 51 54 0B 01 00 00 02 63 C7 EB 41 30 30 31 B5 BD 33 BA C5 B4 B0 BF DA FF',
    ],
  ])('[HW3] %s', (_title, id, address, text, vector) => {
    expect(frameOf(id, address, text)).toBe(vector);
  });

  test('[HW3] 7.2 #2 asks the model', () => {
    expect(toHex(encodeTemplatePing(shipped('armfly-ascii'), 1) ?? new Uint8Array())).toBe(
      '24 30 30 31 2C 30 32 26',
    );
  });

  test('[HW3] every shipped template is valid, named as its file, and its line can be set', () => {
    for (const [id, json] of Object.entries(SHIPPED_LED_TEMPLATES)) {
      const template = accepted(json);
      expect(template.id).toBe(id);
      expect(serialFormatOf(template)).toBe('8N1');
    }
  });
});

const PLAIN = { id: 'plain', title: 'Plain', parts: [{ hex: '02' }, { text: 'gbk' }, { hex: '03' }] };

describe('templates that cannot be', () => {
  const parts = (...list: unknown[]) => ({ ...PLAIN, parts: list });
  const text = { text: 'ascii', width: 4 };
  test.each<[string, unknown, string, string]>([
    ['nothing', null, 'template', 'invalid_type'],
    ['an unknown key', { ...PLAIN, colour: 1 }, 'colour', 'unrecognized_keys'],
    ['a bad id', { ...PLAIN, id: 'Not This' }, 'id', 'invalid_format'],
    ['no parts', { ...PLAIN, parts: [] }, 'parts', 'too_small'],
    ['a part of no kind', parts({ what: 1 }), 'parts.0', 'invalid_union'],
    ['nothing to show', parts({ hex: '02' }), 'parts', 'no-text'],
    ['two texts', parts(text, text), 'parts', 'two-texts'],
    ['two addresses', parts({ addr: 'u8' }, { addr: 'u8' }, text), 'parts', 'two-addresses'],
    ['a text without an end', parts({ hex: '02' }, { text: 'ascii' }), 'parts.1.width', 'no-end'],
    [
      'filling without a width',
      parts({ text: 'ascii', pad: '20' }, { hex: '03' }),
      'parts.0.pad',
      'needs-width',
    ],
    ['digits without a width', parts({ text: 'bcd' }, { hex: '03' }), 'parts.0.width', 'missing'],
    ['a binary number with digits', parts({ num: 'u16be', digits: 3 }), 'parts.0.digits', 'only-ascii'],
    [
      'a number too great for its blank',
      parts({ num: 'ascii', digits: 2, blank: 100 }),
      'parts.0.blank',
      'too_big',
    ],
    ['a check of itself', parts(text, { check: 'sum8', of: [0, 1] }), 'parts.1.of', 'covers-a-check'],
    [
      'checks of each other',
      parts({ check: 'sum8', of: [1, 2] }, { check: 'xor8', of: [0, 0] }, text),
      'parts.0.of',
      'covers-a-check',
    ],
    [
      'a check of parts that are not there',
      parts(text, { check: 'sum8', of: [0, 7] }),
      'parts.1.of',
      'beyond-parts',
    ],
    ['a range backwards', parts(text, { check: 'sum8', of: [1, 0] }), 'parts.1.of', 'beyond-parts'],
    [
      'a length that does not fit its byte',
      { ...parts({ len: 'u8', of: [1, 1] }, { text: 'gbk' }), limits: { maxChars: 200 } },
      'parts.0.len',
      'too-small',
    ],
    [
      'a line no port has',
      { ...PLAIN, serial: { dataBits: 7, parity: 'none', stopBits: 2 } },
      'serial',
      'no-such-format',
    ],
    ['an acknowledgement of wildcards', { ...PLAIN, ack: { hex: '?? ??' } }, 'ack.hex', 'no-fixed-byte'],
    [
      'letters in digits',
      { ...parts({ text: 'bcd', width: 2 }), limits: { charset: 'ascii' } },
      'limits.charset',
      'beyond-text',
    ],
    ['Chinese in ASCII', { ...parts(text), limits: { charset: 'gbk' } }, 'limits.charset', 'beyond-text'],
    [
      'a question without the address',
      { ...parts({ addr: 'u8' }, text), ping: { parts: [{ hex: '05' }], ack: { hex: '06' } } },
      'ping.parts',
      'address-differs',
    ],
    [
      'stuffing nobody can undo',
      { ...PLAIN, stuffing: [{ byte: '03', as: '10 03' }] },
      'stuffing.0.as',
      'ambiguous',
    ],
    [
      'stuffing that stuffs one byte twice',
      {
        ...PLAIN,
        stuffing: [
          { byte: '03', as: '03 01' },
          { byte: '03', as: '03 02' },
        ],
      },
      'stuffing',
      'duplicate',
    ],
    [
      'stuffing whose tail can occur inside',
      { ...PLAIN, stuffing: [{ byte: '10', as: '10 10' }] },
      'stuffing',
      'needs-tail',
    ],
  ])('[HW3] %s', (_title, json, field, reason) => {
    expect(parseLedTemplate(json)).toEqual({ ok: false, error: { code: 'L208', facts: { field, reason } } });
  });
});

const update = (text: string, area = 0, visible = true): LedRequest => ({
  kind: 'update',
  parts: [{ area, text, effect: 'still', visible }],
  removeAfterS: 60,
});

describe('fields of a template', () => {
  const shownBy = (parts: unknown[], text: string, more: object = {}, address = 3): string =>
    toHex(encodeTemplateUpdate(accepted({ ...PLAIN, parts, ...more }), address, text) ?? new Uint8Array());

  test.each([
    ['u8', '03'],
    ['u16le', '03 00'],
    ['u16be', '00 03'],
    ['ascii2', '30 33'],
    ['ascii3', '30 30 33'],
  ])('[HW3] address as %s', (addr, bytes) => {
    expect(shownBy([{ addr }, { num: 'ascii', digits: 1 }], '7')).toBe(`${bytes} 37`);
  });

  test.each([
    [{ num: 'u16le' }, '258', '02 01'],
    [{ num: 'bcd2' }, '258', '02 58'],
    [{ num: 'ascii', digits: 4 }, '258', '30 32 35 38'],
    [{ num: 'ascii', digits: 4 }, '', '20 20 20 20'],
    [{ num: 'u16be', blank: 0xffff }, '', 'FF FF'],
    [{ num: 'u16be' }, '', '00 00'],
    [{ text: 'ascii', width: 6, pad: '2E' }, 'A1', '41 31 2E 2E 2E 2E'],
    [{ text: 'ascii', width: 4, align: 'right' }, 'A1', '20 20 41 31'],
    [{ text: 'gbk', width: 3 }, '请号', 'C7 EB 20'],
    [{ text: 'bcd', width: 3, pad: 'FF' }, '123', 'FF 01 23'],
    [{ text: 'bcd', width: 2, pad: 'AA' }, '', 'AA AA'],
  ])('[HW3] %j of "%s"', (part, text, bytes) => {
    expect(shownBy([part], text)).toBe(bytes);
  });

  test.each([
    ['sum8', 'le', 'DD'],
    ['neg8', 'le', '23'],
    ['xor8', 'ascii', '33 31'],
    ['sum16le', 'le', 'DD 01'],
    ['crc16-arc', 'be', 'BB 3D'],
    ['crc16-modbus', 'le', '37 4B'],
    ['crc16-ccitt-false', 'ascii', '32 39 42 31'],
  ])('[HW3] check %s, order %s', (check, order, bytes) => {
    const digits = '31 32 33 34 35 36 37 38 39';
    expect(
      shownBy(
        [
          { text: 'ascii', width: 9 },
          { check, of: [0, 0], order },
        ],
        '123456789',
      ),
    ).toBe(`${digits} ${bytes}`);
  });

  test('[HW3] length, check over it, and stuffing of everything between head and tail', () => {
    const stuffing = [
      { byte: 'A5', as: 'A6 02' },
      { byte: 'A6', as: 'A6 01' },
      { byte: '5A', as: '5B 02' },
      { byte: '5B', as: '5B 01' },
    ];
    const parts = [
      { hex: 'A5' },
      { addr: 'u8' },
      { len: 'u16le', of: [3, 3], add: 0x58 },
      { text: 'ascii' },
      { check: 'sum8', of: [1, 3] },
      { hex: '5A' },
    ];
    // Address 5A, length 2 + 58 = 5A, text "Z[", sum 5A+5A+00+5A+5B = 169.
    expect(shownBy(parts, 'Z[', { stuffing }, 0x5a)).toBe('A5 5B 02 5B 02 00 5B 02 5B 01 69 5A');
  });

  test('[HW3] an address the template cannot say gives no frame', () => {
    const numeric = createTemplateProtocol(shipped('numeric-4-byte'));
    expect(numeric.addresses).toEqual({ min: 1, max: 255 });
    expect(numeric.encode(windowBoard(256), update('1'))).toBeNull();
    expect(createTemplateProtocol(shipped('aa-bb-strip')).addresses).toEqual({ min: 1, max: 1 });
  });
});

describe('texts on template boards', () => {
  const sent = (json: unknown, text: string, visible = true) =>
    createTemplateProtocol(accepted(json)).encode(windowBoard(1), update(text, 0, visible));

  test.each([
    ['numeric-4-byte', '请A023号', '01 00 17 18', false],
    ['numeric-4-byte', '请023号', '01 00 17 18', true],
    ['armfly-ascii', '请A023号', '24 30 30 31 2C 41 30 32 33 23', true],
    ['armfly-ascii', '暂停服务', '24 30 30 31 2C 20 23', false],
    ['aa-bb-strip', '✓', 'AA 01 BB 51 54 05 01 00 00 02 63 A1 FE FF', false],
  ])('[HW3] %s shows %s', (id, text, bytes, complete) => {
    const frame = sent(SHIPPED_LED_TEMPLATES[id], text);
    expect(toHex(frame?.bytes ?? new Uint8Array())).toBe(bytes);
    expect(frame).toMatchObject({ answered: false, complete });
    expect(frame?.quietAfterMs).toBeGreaterThan(0);
  });

  test('[HW3] too many characters and a byte that would end the frame are told as incomplete', () => {
    const short = { ...PLAIN, limits: { maxChars: 3 } };
    expect(sent(short, '请A023号')).toMatchObject({ bytes: hex('02 C7 EB 41 30 03'), complete: false });
    const hash = { ...PLAIN, parts: [{ text: 'ascii' }, { hex: '23' }] };
    expect(sent(hash, 'A#1')).toMatchObject({ bytes: hex('41 20 31 23'), complete: false });
  });

  test('[HW3] dark is a space, zero or the blank of the template', () => {
    expect(toHex(sent(PLAIN, 'A023', false)?.bytes ?? hex('00'))).toBe('02 20 03');
    expect(toHex(sent(SHIPPED_LED_TEMPLATES['numeric-4-byte'], '23', false)?.bytes ?? hex('00'))).toBe(
      '01 00 00 01',
    );
  });
});

describe('acknowledgements', () => {
  const protocol = createTemplateProtocol(accepted({ ...PLAIN, ack: { hex: '06 ?? 0D', timeoutMs: 450 } }));
  const board = windowBoard(1);
  const frame = protocol.encode(board, update('A1'))?.bytes ?? new Uint8Array();
  const reader = () => {
    const made = protocol.createAnswerReader();
    made.expect(board, update('A1'), frame);
    return made;
  };

  test('[HW3] wildcards take any byte, pieces and echoes are put together', () => {
    expect(protocol).toMatchObject({ answerTimeoutMs: 450 });
    expect(protocol.encode(board, { kind: 'ping' })).toBeNull();
    const stream = [...frame, 0x06, 0x77, 0x0d];
    const echoed = reader();
    expect(stream.flatMap(byte => echoed.push(Uint8Array.of(byte)))).toEqual([{ kind: 'ack' }]);
  });

  test('[HW3] other bytes are damaged, once', () => {
    const made = reader();
    expect(made.push(hex('06 77'))).toEqual([]);
    expect(made.push(hex('0E 00'))).toEqual([{ kind: 'damaged' }]);
    expect(made.push(hex('06 01 0D'))).toEqual([{ kind: 'ack' }]);
  });

  test('[HW3] a board that says nothing is not listened to', () => {
    const mute = createTemplateProtocol(accepted(PLAIN)).createAnswerReader();
    mute.expect(board, update('A1'), frame);
    expect(mute.push(hex('06'))).toEqual([]);
  });
});
