import QRCode from 'qrcode';
import { describe, expect, it } from 'vitest';
import type { PaperLine } from '#core/wire/ticket-paper.ts';
import type { DrawLine, DrawnLine } from '#drivers/contract.ts';
import {
  composeTicket,
  NO_PICTURES,
  type PaperFormat,
  STANDARD_FORMAT,
  type TicketPictures,
} from '#drivers/printer/compose-ticket.ts';
import type { PrintedItem } from '#drivers/printer/simulator/paper.ts';
import { SimulatedPrinter } from '#drivers/printer/simulator/simulated-printer.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { hexOf } from './set-up.ts';

const NOTHING = { processId: null, queuedStatus: false };

function text(value: string, size = 1, bold = false): PaperLine {
  return { kind: 'text', text: value, align: 'left', size, bold };
}

function compose(
  lines: PaperLine[],
  format: Partial<PaperFormat> = {},
  pictures: TicketPictures = NO_PICTURES,
) {
  const composed = composeTicket({ lines }, { ...STANDARD_FORMAT, ...format }, NOTHING, pictures);
  if (!composed.ok) throw new Error(composed.error.code);
  return composed.value;
}

function itemsOf(bytes: Uint8Array, columns = 48): readonly PrintedItem[] {
  const printer = new SimulatedPrinter({ clock: REAL_CLOCK, columns });
  printer.receive(bytes);
  return printer.paper()[0]?.items ?? [];
}

/** A black box of the width the text takes. */
const drawBox: DrawLine = (line, heightDots) => {
  const widthDots = [...line].length * heightDots;
  return {
    widthDots,
    rows: Array.from({ length: heightDots }, () => new Uint8Array(widthDots / 8).fill(0xff)),
  };
};

function box(widthDots: number, height: number): DrawnLine {
  return { widthDots, rows: Array.from({ length: height }, () => new Uint8Array(widthDots / 8).fill(0x10)) };
}

describe('lines that no Chinese printer can write', () => {
  const withPen: TicketPictures = { drawLine: drawBox, logo: null };

  it('[HW2] a rare name is printed as a picture of its line, the other lines as text', () => {
    const { bytes, replaced } = compose([text('前面'), text('张𠮷先生', 2), text('后面')], {}, withPen);
    expect(replaced).toEqual([]);
    expect(itemsOf(bytes).map(item => (item.kind === 'text' ? item.text : item.kind))).toEqual([
      '前面',
      'raster',
      '后面',
    ]);
    expect(itemsOf(bytes)[1]).toMatchObject({ kind: 'raster', widthDots: 4 * 48, heightDots: 48 });
  });

  it('[HW2] only the line with the rare character is drawn when a text needs several', () => {
    const { bytes } = compose([text(`${'一'.repeat(24)}𠮷${'二'.repeat(24)}`)], {}, withPen);
    const kinds = itemsOf(bytes).map(item => item.kind);
    expect(kinds).toEqual(['text', 'raster', 'text']);
  });

  it('[HW2] what has a text form is written, not drawn', () => {
    const { bytes, replaced } = compose([text('€5 ✓ ¥')], {}, withPen);
    expect(replaced).toEqual(['€', '✓']);
    expect(itemsOf(bytes)[0]).toMatchObject({ kind: 'text', text: 'EUR5 √ ￥' });
  });

  it('[HW2] without a font for it, or wider than the paper, it is replaced and said so', () => {
    const pens: DrawLine[] = [() => null, () => box(584, 24)];
    for (const drawLine of pens) {
      const { bytes, replaced } = compose([text('张𠮷')], {}, { drawLine, logo: null });
      expect(replaced).toEqual(['𠮷']);
      expect(itemsOf(bytes)[0]).toMatchObject({ kind: 'text', text: '张□' });
    }
  });

  it('[HW2] through GS ( L where the model wants that', () => {
    const { bytes } = compose([text('𠮷')], { pictures: 'graphics' }, withPen);
    expect(hexOf(bytes)).toContain('1D 28 4C 52 00 30 70 30 01 01 31 18 00 18 00 FF');
    expect(hexOf(bytes)).toContain('1D 28 4C 02 00 30 32 1D 56 42 00');
  });
});

describe('the logo', () => {
  it('[HW2] stands at the head of the ticket in strips, and cannot be taken for real-time commands', () => {
    const rows = Array.from({ length: 300 }, () => Uint8Array.of(0x10, 0x04, 0x10, 0x14));
    const { bytes } = compose([text('A001')], {}, { drawLine: null, logo: { widthDots: 32, rows } });
    const [first, second, third] = itemsOf(bytes);
    expect(first).toMatchObject({ kind: 'raster', heightDots: 255, align: 'centre' });
    expect(second).toMatchObject({ kind: 'raster', heightDots: 45 });
    expect(third).toMatchObject({ kind: 'text', text: 'A001', align: 'left' });
    expect(hexOf(bytes)).not.toMatch(/10 (04|05|14)/);
  });

  it('[HW2] is left out where it is wider than the paper', () => {
    const pictures = { drawLine: null, logo: box(576, 10) };
    expect(itemsOf(compose([text('A')], { columns: 48 }, pictures).bytes)).toHaveLength(2);
    expect(itemsOf(compose([text('A')], { columns: 42 }, pictures).bytes, 42)).toHaveLength(1);
  });

  it('[HW2] a ticket with a large picture keeps its bytes when the next one is composed', () => {
    const logo = box(576, 2_000);
    const first = compose([text('第一张')], {}, { drawLine: null, logo });
    const before = hexOf(first.bytes);
    compose([text('另一张')], {}, { drawLine: null, logo: box(576, 100) });
    expect(hexOf(first.bytes)).toBe(before);
  });
});

describe('QR code as a picture', () => {
  it.each([48, 42, 32] as const)(
    '[HW2] at %i columns it has the modules of the code and fits the paper',
    columns => {
      const payload = 'https://q.example/t?n=A001&d=20250102';
      const { bytes } = compose([{ kind: 'qr', payload }], { columns, qr: 'raster' });
      const rasters = itemsOf(bytes, columns).filter(item => item.kind === 'raster');
      const { modules } = QRCode.create([{ data: Buffer.from(payload), mode: 'byte' }], {
        errorCorrectionLevel: 'M',
      });
      const [first] = rasters;
      if (first === undefined) throw new Error('no picture');
      const moduleDots = 6;
      expect(first.widthDots).toBe(Math.ceil((modules.size * moduleDots) / 8) * 8);
      expect(first.widthDots).toBeLessThanOrEqual(columns * 12);
      const dots = Buffer.concat(rasters.map(item => item.dots));
      const widthBytes = first.widthDots / 8;
      for (let row = 0; row < modules.size; row += 1) {
        for (let column = 0; column < modules.size; column += 1) {
          const x = column * moduleDots;
          const byte = dots[row * moduleDots * widthBytes + (x >> 3)] ?? 0;
          // Real-time bytes in the picture are defused by turning one dot of the lowest bit on.
          const isBlack = (byte & (0x80 >> (x & 7))) !== 0;
          if ((x & 7) !== 7) expect(isBlack).toBe(modules.get(row, column) === 1);
        }
      }
      expect(hexOf(bytes)).not.toContain('1D 28 6B');
    },
  );
});

describe('cut forms', () => {
  it.each([
    ['partial', '1D 56 42 00'],
    ['full', '1D 56 41 00'],
    ['none', '1B 64 06'],
  ] as const)('[HW2] %s: %s', (cut, bytes) => {
    expect(hexOf(compose([text('A')], { cut }).bytes)).toBe(`1B 40 1C 26 41 0A ${bytes}`);
  });
});

describe('large type', () => {
  it.each([48, 42, 32] as const)('[HW2] on %i columns a number is never torn apart', columns => {
    for (const number of ['A001', 'VIP023', 'AB1234567890']) {
      for (let size = 1; size <= 8; size += 1) {
        const [line, ...others] = itemsOf(compose([text(number, size)], { columns }).bytes, columns);
        expect(others).toEqual([]);
        expect(line).toMatchObject({ kind: 'text', text: number });
        if (line?.kind !== 'text') throw new Error('no text');
        expect(line.width).toBe(Math.min(size, Math.floor(columns / number.length)));
        expect(line.width * number.length).toBeLessThanOrEqual(columns);
      }
    }
  });

  it('[HW2] Chinese in large type is broken into lines, at the size that was asked for', () => {
    const { bytes } = compose([text('个人业务办理取号凭证请妥善保管', 4)], { columns: 32 });
    const items = itemsOf(bytes, 32);
    expect(items.length).toBeGreaterThan(1);
    for (const item of items) expect(item).toMatchObject({ kind: 'text', width: 4, height: 4 });
  });
});
