import { expect, test } from 'vitest';
import { BenchView } from '#core/wire/views.ts';
import { CommandReader } from '#drivers/printer/simulator/command-reader.ts';
import type { PrintedItem, PrintedTicket } from '#drivers/printer/simulator/paper.ts';
import { PrintHead } from '#drivers/printer/simulator/print-head.ts';
import { benchPapers } from '#main/devices/bench-paper.ts';

function ticket(number: number, ...items: PrintedItem[]): PrintedTicket {
  return { number, items, cut: 'partial' };
}

function raster(widthDots: number, heightDots: number, black = 0xff): PrintedItem {
  const dots = new Uint8Array(Math.ceil(widthDots / 8) * heightDots).fill(black);
  return { kind: 'raster', widthDots, heightDots, dots, align: 'centre' };
}

function expectView(papers: ReturnType<typeof benchPapers>) {
  const printers = [{ deviceId: 'printer-1', fault: null, papers }];
  const faults = { printer: [], board: [], keypad: [], reader: [] };
  BenchView.parse({ printers, boards: [], keypads: [], readers: [], faults });
}

test('[HW1] a picture on the line comes to the bench window dot for dot, between the lines around it', () => {
  const reader = new CommandReader();
  reader.push(Buffer.from(`410a${'1d763000020002008001c003'}420a`, 'hex'));
  const head = new PrintHead(48);
  const items: PrintedItem[] = [];
  for (let command = reader.next(); command; command = reader.next()) items.push(...head.execute(command));

  const papers = benchPapers([ticket(1, ...items)]);

  expect(papers[0]?.lines).toMatchObject([
    { kind: 'text', text: 'A' },
    { kind: 'picture', widthDots: 16, heightDots: 2, dots: 'gAHAAw==', align: 'left' },
    { kind: 'text', text: 'B' },
  ]);
  expectView(papers);
});

test('[HW1] what a picture has beyond the edge of the paper is not sent', () => {
  const [paper] = benchPapers([ticket(1, raster(65_535, 3))]);
  const [line] = paper?.lines ?? [];
  expect(line).toMatchObject({ widthDots: 576, heightDots: 3 });
  expect(line?.kind === 'picture' && Buffer.from(line.dots, 'base64').length).toBe(72 * 3);
  expectView(benchPapers([ticket(1, raster(576, 60_000), raster(0, 9))]));
});

test('[HW1] when pictures are many, the newest keep their dots and every one its size', () => {
  const papers = benchPapers([1, 2, 3, 4].map(number => ticket(number, raster(576, 900))));
  const dotsOf = papers.map(({ lines: [line] }) => line?.kind === 'picture' && line.dots.length > 0);
  expect(papers.map(({ key }) => key)).toEqual(['4', '3', '2', '1']);
  expect(dotsOf).toEqual([true, true, true, false]);
  expect(papers[3]?.lines).toMatchObject([{ widthDots: 576, heightDots: 900, dots: '' }]);
  expectView(papers);
});
