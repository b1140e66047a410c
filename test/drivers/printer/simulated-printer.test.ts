import { describe, expect, it } from 'vitest';
import type { PrinterFault } from '#drivers/printer/simulator/fault.ts';
import { SimulatedPrinter } from '#drivers/printer/simulator/simulated-printer.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { fuzzRuns } from '../random.ts';
import { bytesOf, createRandom, hexOf, randomSeed } from './set-up.ts';

function setUpPrinter() {
  const printer = new SimulatedPrinter({ clock: REAL_CLOCK });
  const answers: number[] = [];
  printer.onAnswer(bytes => answers.push(...bytes));
  const ask = (hex: string) => {
    answers.length = 0;
    printer.receive(bytesOf(hex));
    return hexOf(Uint8Array.from(answers));
  };
  return { printer, ask };
}

const STATUS_ROUND = '10 04 01 10 04 02 10 04 03 10 04 04';

describe('the simulated printer answers as the manuals say (HW1)', () => {
  it.each<[PrinterFault | null, string, string]>([
    [null, '12 12 12 12', '10 00 00 00'],
    [{ kind: 'paper-out', afterLines: 0 }, '1A 32 12 7E', '18 00 0F 00'],
    [{ kind: 'paper-near-end' }, '12 12 12 1E', '10 00 03 00'],
    [{ kind: 'cover-open' }, '1A 16 12 12', '38 00 00 00'],
    [{ kind: 'offline' }, '1A 12 12 12', '18 00 00 00'],
    [{ kind: 'cutter-error' }, '1A 52 1A 12', '18 08 00 00'],
    [{ kind: 'unrecoverable-error' }, '1A 52 32 12', '18 20 00 00'],
    [{ kind: 'head-hot' }, '1A 52 52 12', '18 40 00 00'],
  ])('[HW1] %j', (fault, realTime, automatic) => {
    const { printer, ask } = setUpPrinter();
    ask('1D 61 0E');
    printer.setFault(fault);
    expect(ask(STATUS_ROUND)).toBe(realTime);
    printer.setFault(null);
    expect(ask('1D 61 0E')).toBe('10 00 00 00');
    if (fault === null) return;
    ask('');
    printer.setFault(fault);
    expect(ask('')).toBe('');
    const told: number[] = [];
    printer.setFault(null);
    printer.onAnswer(bytes => told.push(...bytes));
    printer.setFault(fault);
    expect(hexOf(Uint8Array.from(told))).toBe(automatic);
  });

  it('[HW1] confirmations come in the order of the data', () => {
    const { ask } = setUpPrinter();
    expect(ask('41 0A 1D 28 48 06 00 30 30 30 30 30 31 1D 72 01')).toBe('37 22 30 30 30 31 00 00');
  });

  it('[HW1] real-time status is answered in the middle of a picture', () => {
    const { printer, ask } = setUpPrinter();
    expect(ask('1D 76 30 00 03 00 01 00 10 04')).toBe('');
    expect(ask('01')).toBe('12');
    expect(printer.paper()[0]?.items).toMatchObject([{ kind: 'raster', widthDots: 24, heightDots: 1 }]);
  });

  it('[HW1] a silent printer prints and answers nothing', () => {
    const { printer, ask } = setUpPrinter();
    printer.setFault({ kind: 'silent' });
    expect(ask(`41 0A 1D 72 01 ${STATUS_ROUND}`)).toBe('');
    expect(printer.paper()[0]?.items).toHaveLength(1);
  });

  it('[HW1] out of paper it keeps the rest, and clear-buffers forgets it', () => {
    const { printer, ask } = setUpPrinter();
    printer.setFault({ kind: 'paper-out', afterLines: 1 });
    ask('41 0A 42 0A 43 0A 1D 56 42 00 1D 72 01');
    expect(printer.paper()).toMatchObject([{ items: [{ text: 'A' }], cut: 'none' }]);
    printer.setFault({ kind: 'paper-out', afterLines: 1 });
    expect(printer.paper()).toMatchObject([{ items: [{ text: 'A' }, { text: 'B' }], cut: 'none' }]);
    expect(ask('10 14 08 01 03 14 01 06 02 08')).toBe('37 25 00');
    printer.setFault(null);
    expect(printer.paper()).toMatchObject([{ items: [{ text: 'A' }, { text: 'B' }], cut: 'none' }]);
  });
});

describe('the simulated printer reads as the strictest real one', () => {
  const itemsOf = (hex: string) => {
    const { printer } = setUpPrinter();
    printer.receive(bytesOf(hex));
    return printer.paper().flatMap(ticket => ticket.items);
  };

  it('[HW1] initialise leaves Chinese mode', () => {
    expect(itemsOf('1C 26 D6 D0 0A')).toMatchObject([{ text: '中' }]);
    expect(itemsOf('1C 26 1B 40 D6 D0 0A')).not.toMatchObject([{ text: '中' }]);
  });

  it('[HW1] alignment and cut count only at the beginning of a line', () => {
    expect(itemsOf('41 1B 61 01 0A 42 0A')).toMatchObject([{ align: 'left' }, { align: 'left' }]);
    const { printer } = setUpPrinter();
    printer.receive(bytesOf('41 1D 56 42 00 0A'));
    expect(printer.paper()[0]?.cut).toBe('none');
  });

  it('[HW1] a full line breaks by itself', () => {
    const { printer } = setUpPrinter();
    printer.receive(Buffer.from(`${'x'.repeat(50)}\n`));
    expect(printer.paper()[0]?.items).toMatchObject([{ text: 'x'.repeat(48) }, { text: 'xx' }]);
  });

  it('[HW1] commands cut at every byte print the same', () => {
    const bytes = bytesOf(
      '1B 40 1C 26 1B 61 01 1D 21 11 D6 D0 0A 1D 28 6B 04 00 31 50 30 41 1D 28 6B 03 00 31 51 30 1D 56 42 00',
    );
    const inPieces = (cut: number) => {
      const { printer } = setUpPrinter();
      printer.receive(bytes.subarray(0, cut));
      printer.receive(bytes.subarray(cut));
      return printer.paper();
    };
    expect(inPieces(0)).toMatchObject([
      {
        items: [
          { kind: 'text', text: '中', width: 2, height: 2, align: 'centre' },
          { kind: 'qr', payload: 'A' },
        ],
        cut: 'partial',
      },
    ]);
    for (let cut = 1; cut < bytes.length; cut++) expect(inPieces(cut)).toEqual(inPieces(0));
  });

  it('[HW1] random streams: never a crash, and any cutting prints the same', { timeout: 600_000 }, () => {
    const seed = randomSeed('random printer data');
    const random = createRandom(seed);
    const frequent = [0x1b, 0x1c, 0x1d, 0x10, 0x28, 0x6b, 0x30, 0x31, 0x76, 0x56, 0x00, 0x01, 0x0a, 0xd6];
    const nextByte = () =>
      random() < 0.6 ? (frequent[Math.floor(random() * frequent.length)] ?? 0) : Math.floor(random() * 256);
    for (let run = 0; run < fuzzRuns(); run++) {
      const bytes = Uint8Array.from({ length: Math.floor(random() * 100) }, nextByte);
      const cut = Math.floor(random() * (bytes.length + 1));
      const results = [[bytes], [bytes.subarray(0, cut), bytes.subarray(cut)]].map(pieces => {
        const { printer } = setUpPrinter();
        for (const piece of pieces) printer.receive(piece);
        return JSON.stringify(printer.paper());
      });
      if (results[0] !== results[1])
        throw new Error(`run ${run} of seed ${seed}: ${hexOf(bytes)} cut at ${cut}`);
    }
  });
});
