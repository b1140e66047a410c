import { describe, expect, it } from 'vitest';
import type { PaperLine } from '#core/wire/ticket-paper.ts';
import type { DrawLine } from '#drivers/contract.ts';
import { composeTicket, type PaperFormat } from '#drivers/printer/compose-ticket.ts';
import { processIdOf } from '#drivers/printer/escpos-bytes.ts';
import type { PrintedTicket } from '#drivers/printer/simulator/paper.ts';
import { SimulatedPrinter } from '#drivers/printer/simulator/simulated-printer.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { fuzzRuns, randomOf, SEED } from '../random.ts';
import { type DecodedItem, decodeJob } from './second-decoder.ts';
import { bytesOf } from './set-up.ts';

/**
 * Three readings of the same ticket: what was meant, what the simulator printed, and what an independent decoder
 * makes of the bytes. A mistake in one of them shows in the other two.
 */

/** Draws no shapes but writes the text itself into the dots, two characters a row, so that it can be read back. */
const legibleDots: DrawLine = (text, heightDots) => {
  const rows = Array.from({ length: heightDots }, () => new Uint8Array(8).fill(0xaf));
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const row = rows[index >> 1];
    // A nibble a byte, marked, so that none looks like the beginning of a real-time command.
    for (let nibble = 0; nibble < 4; nibble += 1)
      row?.fill(
        0xb0 | ((unit >> (12 - 4 * nibble)) & 15),
        (index & 1) * 4 + nibble,
        (index & 1) * 4 + nibble + 1,
      );
  }
  return { widthDots: 64, rows };
};

function textOfDots(rows: readonly string[]): string {
  const bytes = bytesOf(rows.join(''));
  let text = '';
  for (let at = 0; at + 4 <= bytes.length && bytes[at] !== 0xaf; at += 4) {
    const nibbles = bytes.subarray(at, at + 4);
    text += String.fromCharCode(nibbles.reduce((unit, byte) => unit * 16 + (byte & 15), 0));
  }
  return text;
}

/** The simulator's paper in the words of the second decoder. */
function asDecoded({ items }: PrintedTicket): DecodedItem[] {
  return items.map(item => {
    if (item.kind === 'qr') return { kind: 'qr', payload: item.payload, align: item.align };
    if (item.kind !== 'raster') return item;
    const rowDigits = Math.ceil(item.widthDots / 8) * 2;
    const hex = Buffer.from(item.dots).toString('hex');
    const rows = Array.from({ length: item.heightDots }, (_, row) =>
      hex.slice(row * rowDigits, (row + 1) * rowDigits),
    );
    return { kind: 'picture', rows, align: item.align };
  });
}

const RARE = ['𠮷', '𬭚', '㐀', '𰻞'];
const HAN = [...'某银行个人业务前面等候请备好身份证原件现金存取挂失补打窗口预约中文号'];
const MARKS = ['，', '。', '：', '（', '）', '·', '￥', '√'];

interface Made {
  readonly lines: PaperLine[];
  readonly format: PaperFormat;
  readonly processId: string | null;
  readonly queuedStatus: boolean;
  readonly canDraw: boolean;
}

function makeTicket(random: () => number): Made {
  const below = (end: number) => Math.floor(random() * end);
  const pick = <T>(values: readonly [T, ...T[]]): T => values[below(values.length)] ?? values[0];
  const from = (values: readonly string[]) => values[below(values.length)] ?? '';
  const word = () => {
    const kind = below(10);
    if (kind < 3)
      return Array.from({ length: 1 + below(12) }, () => String.fromCharCode(0x21 + below(94))).join('');
    const rareShare = kind === 9 ? 0.3 : 0;
    return Array.from({ length: 1 + below(20) }, () =>
      random() < rareShare ? from(RARE) : random() < 0.1 ? from(MARKS) : from(HAN),
    ).join('');
  };
  const paragraph = () => Array.from({ length: 1 + below(5) }, word).join(' ');
  const line = (): PaperLine => {
    switch (below(8)) {
      case 0:
        return { kind: 'rule' };
      case 1:
        return { kind: 'feed', lines: 1 + below(4) };
      case 2:
        return { kind: 'qr', payload: `https://q.example/${'x'.repeat(below(150))}` };
      default:
        return {
          kind: 'text',
          text: Array.from({ length: 1 + below(2) }, paragraph).join('\n'),
          align: pick(['left', 'centre', 'right']),
          size: 1 + below(8),
          bold: random() < 0.4,
        };
    }
  };
  return {
    lines: Array.from({ length: 1 + below(8) }, line),
    format: {
      columns: pick([48, 42, 32]),
      chineseSize: pick(['gs', 'fs']),
      qr: pick(['native', 'native', 'raster']),
      pictures: pick(['raster', 'graphics']),
      cut: pick(['partial', 'full', 'none']),
    },
    processId: random() < 0.5 ? processIdOf(below(36 ** 4)) : null,
    queuedStatus: random() < 0.5,
    canDraw: random() < 0.5,
  };
}

const withoutSpaces = (text: string) => text.replaceAll(/\s/g, '');

/** Holds what was printed against what was meant, line by line; throws at the first difference. */
function checkMeaning({ lines, format, canDraw }: Made, printed: readonly DecodedItem[]): void {
  const left = [...printed];
  const next = () => left.shift() ?? null;
  for (const line of lines) {
    switch (line.kind) {
      case 'rule':
        expect(next()).toMatchObject({ kind: 'text', text: '-'.repeat(format.columns), align: 'left' });
        break;
      case 'feed':
        for (let count = 0; count < line.lines; count += 1)
          expect(next()).toMatchObject({ kind: 'text', text: '' });
        break;
      case 'qr':
        if (format.qr === 'native')
          expect(next()).toEqual({ kind: 'qr', payload: line.payload, align: 'centre' });
        else
          do expect(next()).toMatchObject({ kind: 'picture', align: 'centre' });
          while (left[0]?.kind === 'picture');
        expect(next()).toMatchObject({ kind: 'text', text: '' });
        break;
      case 'text': {
        const longestWord = Math.max(1, ...(line.text.match(/[!-~]+/g) ?? []).map(word => word.length));
        const size = Math.max(1, Math.min(line.size, Math.floor(format.columns / longestWord)));
        const wanted = withoutSpaces(line.text).replaceAll(/[𠮷𬭚㐀𰻞]/gu, rare => (canDraw ? rare : '□'));
        let seen = '';
        while (seen.length < wanted.length) {
          const item = next();
          if (item?.kind === 'picture') {
            expect(canDraw).toBe(true);
            expect(item).toMatchObject({ align: line.align });
            expect(item.rows).toHaveLength(24 * size);
            seen += withoutSpaces(textOfDots(item.rows));
            continue;
          }
          if (item?.kind !== 'text') throw new Error(`text wanted, found ${item?.kind}`);
          expect(item).toMatchObject({ align: line.align, bold: line.bold });
          const isHan = (item.text.codePointAt(0) ?? 0) >= 0x80;
          expect(item.width).toBe(isHan && format.chineseSize === 'fs' ? Math.min(2, size) : size);
          seen += withoutSpaces(item.text);
        }
        expect(seen).toBe(wanted);
      }
    }
  }
  if (format.cut === 'none') expect(next()).toMatchObject({ kind: 'feed' });
  expect(left).toEqual([]);
}

describe('three readings of a ticket', () => {
  it(`[HW2] meant, simulated and decoded by a second reader agree for random tickets (seed ${SEED})`, {
    timeout: 600_000,
  }, () => {
    const random = randomOf(SEED);
    const runs = Math.ceil(fuzzRuns() / 4);
    for (let run = 0; run < runs; run += 1) {
      const made = makeTicket(random);
      try {
        checkTicket(made);
      } catch (error) {
        const where = `run ${run} of FOYER_SEED=${SEED}: ${JSON.stringify(made)}`;
        throw new Error(`${where}\n${error instanceof Error ? error.message : error}`);
      }
    }
  });
});

function checkTicket(made: Made): void {
  const { lines, format, processId, queuedStatus, canDraw } = made;
  const composed = composeTicket(
    { lines },
    format,
    { processId, queuedStatus },
    {
      drawLine: canDraw ? legibleDots : null,
      logo: null,
    },
  );
  if (!composed.ok) throw new Error(composed.error.code);
  const decoded = decodeJob(composed.value.bytes);
  const answers: number[] = [];
  const printer = new SimulatedPrinter({ clock: REAL_CLOCK, columns: format.columns });
  printer.onAnswer(bytes => answers.push(...bytes));
  printer.receive(composed.value.bytes);
  const [paper, ...more] = printer.paper();
  const [piece, ...others] = decoded.pieces;
  if (paper === undefined || piece === undefined) throw new Error('no paper');
  expect([more, others]).toEqual([[], []]);
  expect(piece.cut).toBe(format.cut);
  expect(paper.cut).toBe(format.cut);
  expect(asDecoded(paper)).toEqual(piece.items);
  expect(decoded.processIds).toEqual(processId === null ? [] : [processId]);
  expect(decoded.queuedStatusQuestions).toBe(queuedStatus ? 1 : 0);
  const answered = processId === null ? [] : [0x37, 0x22, ...Buffer.from(processId), 0x00];
  expect(answers).toEqual(queuedStatus ? [...answered, 0x00] : answered);
  checkMeaning(made, piece.items);
}
