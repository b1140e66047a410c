import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaperLine, TicketPaper } from '#core/wire/ticket-paper.ts';
import {
  type Confirmations,
  composeTicket,
  type PaperFormat,
  STANDARD_FORMAT,
} from '#drivers/printer/compose-ticket.ts';
import { toPrintableText } from '#drivers/printer/gbk-text.ts';
import { SimulatedPrinter } from '#drivers/printer/simulator/simulated-printer.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { fuzzRuns } from '../random.ts';
import { createRandom, hexOf, randomSeed, sampleTicket } from './set-up.ts';

const NOTHING: Confirmations = { processId: null, queuedStatus: false };
const CUT = '1D 56 42 00';

function text(value: string, size = 1, align: 'left' | 'centre' | 'right' = 'left', bold = false): PaperLine {
  return { kind: 'text', text: value, align, size, bold };
}

function compose(lines: PaperLine[], confirmations = NOTHING, format: PaperFormat = STANDARD_FORMAT) {
  const composed = composeTicket({ lines }, format, confirmations);
  if (!composed.ok) throw new Error(composed.error.code);
  return composed.value;
}

function printed(paper: TicketPaper, format: PaperFormat = STANDARD_FORMAT) {
  const printer = new SimulatedPrinter({ clock: REAL_CLOCK, columns: format.columns });
  printer.receive(compose([...paper.lines], NOTHING, format).bytes);
  return printer.paper();
}

describe('ticket bytes (vectors of hardware-protocols 1.4)', () => {
  it('[HW2] 2: a line of Chinese and digits', () => {
    expect(hexOf(compose([text('取号A001')]).bytes)).toBe(`1B 40 1C 26 C8 A1 BA C5 41 30 30 31 0A ${CUT}`);
  });

  it.each([
    [3, 2, '11'],
    [4, 4, '33'],
  ])('[HW2] %i: centred, %i times, back to normal left', (_vector, size, byte) => {
    expect(hexOf(compose([text('A001', size, 'centre')]).bytes)).toBe(
      `1B 40 1C 26 1B 61 01 1D 21 ${byte} 41 30 30 31 0A 1D 21 00 1B 61 00 ${CUT}`,
    );
  });

  it('[HW2] 16: a full ticket', () => {
    const lines = [
      text('某某银行', 1, 'centre'),
      text('A001', 2, 'centre'),
      text('个人业务 前面等候3人', 1, 'centre'),
      { kind: 'qr', payload: 'A001' } as const,
    ];
    const { bytes } = compose(lines, { processId: '0001', queuedStatus: false });
    expect(bytes.length).toBe(112);
    expect(hexOf(bytes)).toBe(
      '1B 40 1C 26 1B 61 01 C4 B3 C4 B3 D2 F8 D0 D0 0A 1D 21 11 41 30 30 31 0A 1D 21 00 B8 F6 C8 CB D2 B5 CE F1 ' +
        '20 C7 B0 C3 E6 B5 C8 BA F2 33 C8 CB 0A 1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 1D 28 6B 03 00 ' +
        '31 45 31 1D 28 6B 07 00 31 50 30 41 30 30 31 1D 28 6B 03 00 31 51 30 0A 1B 61 00 1D 28 48 06 00 30 30 30 ' +
        '30 30 31 1D 56 42 00',
    );
  });

  it('[HW2] queued status is asked after the cut', () => {
    const { bytes } = compose([text('A')], { processId: null, queuedStatus: true });
    expect(hexOf(bytes)).toBe(`1B 40 1C 26 41 0A ${CUT} 1D 72 01`);
  });

  it('[HW2] Chinese characters are doubled by FS ! on models that obey only that', () => {
    const { bytes } = compose([text('窗口', 4)], NOTHING, { ...STANDARD_FORMAT, chineseSize: 'fs' });
    expect(hexOf(bytes)).toBe(`1B 40 1C 26 1D 21 33 1C 21 0C B4 B0 BF DA 0A 1D 21 00 1C 21 00 ${CUT}`);
  });

  it('[HW2] one ticket leaves the bytes of the one before untouched', () => {
    const first = compose([text('第一张')]);
    const before = hexOf(first.bytes);
    compose([text('另一张完全不同的号票')]);
    expect(hexOf(first.bytes)).toBe(before);
  });

  it('[HW2] a QR payload with control bytes is refused with P109', () => {
    const paper: TicketPaper = { lines: [{ kind: 'qr', payload: 'A\u0010\u0004\u0001' }] };
    expect(composeTicket(paper, STANDARD_FORMAT, NOTHING)).toEqual({
      ok: false,
      error: { code: 'P109', facts: { field: 'qr' } },
    });
  });

  it('[HW2] says which characters the paper cannot show', () => {
    expect(compose([text('张𠮷'), text('€𠮷')]).replaced).toEqual(['𠮷', '€']);
  });
});

describe('what a printer makes of the bytes', () => {
  it('[HW2] the sample ticket comes out as it was meant', () => {
    const [ticket, ...others] = printed(sampleTicket('A023'));
    expect(others).toEqual([]);
    expect(ticket?.cut).toBe('partial');
    expect(ticket?.items.slice(0, 4)).toEqual([
      { kind: 'text', text: '示范银行 城中支行', width: 1, height: 1, align: 'centre', bold: false },
      { kind: 'text', text: 'A023', width: 4, height: 4, align: 'centre', bold: true },
      { kind: 'text', text: '个人业务', width: 2, height: 2, align: 'centre', bold: false },
      { kind: 'text', text: '-'.repeat(48), width: 1, height: 1, align: 'left', bold: false },
    ]);
    expect(ticket?.items.find(item => item.kind === 'qr')).toEqual({
      kind: 'qr',
      payload: 'https://q.example/t?n=A023',
      moduleDots: 6,
      level: 'M',
      align: 'centre',
    });
  });

  it('[HW2] long lines are broken before the printer breaks them', () => {
    const paper: TicketPaper = { lines: [text('请在休息区等候叫号，过号请联系大堂经理。'.repeat(4), 2)] };
    const [ticket] = printed(paper);
    const texts = (ticket?.items ?? []).flatMap(item => (item.kind === 'text' ? [item.text] : []));
    expect(texts.join('')).toBe('请在休息区等候叫号，过号请联系大堂经理。'.repeat(4));
    expect(Math.max(...texts.map(line => line.length))).toBeLessThanOrEqual(12);
    for (const line of texts) expect(line).not.toMatch(/^[，。]/);
  });

  it.each([48, 42, 32] as const)('[HW2] a QR code of any length fits %i columns', columns => {
    for (let length = 1; length <= 300; length++) {
      const [ticket] = printed(
        { lines: [{ kind: 'qr', payload: 'x'.repeat(length) }] },
        { ...STANDARD_FORMAT, columns },
      );
      const qr = ticket?.items[0];
      if (qr?.kind !== 'qr') throw new Error('no QR code');
      const version =
        [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331].findIndex(fits => fits >= length) + 1;
      expect((17 + 4 * version + 8) * qr.moduleDots).toBeLessThanOrEqual(columns * 12);
      expect(qr.moduleDots).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('any ticket', () => {
  it('[HW2] random tickets: one piece of paper each, nothing executed from the text', {
    timeout: 600_000,
  }, () => {
    const seed = randomSeed('random tickets');
    const random = createRandom(seed);
    const answers: number[] = [];
    for (let count = 1; count <= fuzzRuns(); count++) {
      const printer = new SimulatedPrinter({ clock: REAL_CLOCK });
      printer.onAnswer(bytes => answers.push(...bytes));
      const paper = randomPaper(random);
      printer.receive(compose([...paper.lines]).bytes);
      const pieces = printer.paper();
      if (pieces.length !== 1 || pieces.at(-1)?.cut !== 'partial') {
        throw new Error(`ticket ${count} of seed ${seed}: ${JSON.stringify(paper)}`);
      }
    }
    expect(answers).toEqual([]);
  });

  it('[HW2] what passed the filter is on the paper, character for character', () => {
    const seed = randomSeed('text on paper');
    const property = fastCheck.property(fastCheck.string({ unit: 'grapheme', maxLength: 60 }), value => {
      const [ticket] = printed({ lines: [text(value)] });
      const onPaper = (ticket?.items ?? []).map(item => (item.kind === 'text' ? item.text : '')).join('');
      // Spaces at a line break are dropped.
      const withoutSpaces = (value: string) => value.replaceAll(' ', '');
      expect(withoutSpaces(onPaper)).toBe(withoutSpaces(toPrintableText(value).text));
    });
    fastCheck.assert(property, { seed, numRuns: 1_000 });
  });
});

/** Any paper the schema allows, with every kind of character: control bytes, Chinese, rare ones, halves of pairs. */
function randomPaper(random: () => number): TicketPaper {
  const pick = <T>(values: readonly [T, ...T[]]): T =>
    values[Math.floor(random() * values.length)] ?? values[0];
  const character = () => {
    const top = pick([0x20, 0x7f, 0x100, 0xa000, 0xffff, 0x10ffff]);
    return String.fromCodePoint(Math.floor(random() * top));
  };
  const string = (longest: number) =>
    Array.from({ length: Math.floor(random() * longest) }, character).join('');
  const line = (): PaperLine => {
    switch (pick(['text', 'text', 'text', 'qr', 'rule', 'feed'])) {
      case 'text':
        return text(
          string(40),
          1 + Math.floor(random() * 8),
          pick(['left', 'centre', 'right']),
          random() < 0.5,
        );
      case 'qr':
        return { kind: 'qr', payload: `A${string(60).replace(/[^\x20-\x7e]/g, '')}` };
      case 'rule':
        return { kind: 'rule' };
      default:
        return { kind: 'feed', lines: 1 + Math.floor(random() * 10) };
    }
  };
  return { lines: Array.from({ length: 1 + Math.floor(random() * 6) }, line) };
}
