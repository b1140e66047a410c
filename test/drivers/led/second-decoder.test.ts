import { describe, expect, test } from 'vitest';
import { LedBus } from '#drivers/led/led-bus.ts';
import { LED_BUS_DEFAULTS, type LedBoard } from '#drivers/led/led-settings.ts';
import { createLedSimulator } from '#drivers/led/simulator/led-simulator.ts';
import { createHandClock } from '../hand-clock.ts';
import { benchLine, hex, windowBoard } from './led-bench.ts';
import { chooseSeed, createRandom, type Random } from './random.ts';
import { type ReadArea, readRequest } from './second-decoder.ts';

const MAIN_LINES = 5;
/** The Greek and the kana have A5 and A6 in their GBK bytes, Z and [ are 5A and 5B: all of them are stuffed. */
const WORDS = [
  '请',
  'Z',
  '[',
  'ア',
  'Α',
  '号',
  '到',
  '3',
  '窗口',
  'A384',
  '办理中',
  '暂停服务',
  'VIP',
  '￥',
  ' ',
];

function mainBoard(): LedBoard {
  const line = { x: 0, width: 256, height: 16, fontHeight: 16, colour: null } as const;
  const areas = Array.from({ length: MAIN_LINES }, (_, id) => ({ ...line, id, y: 16 * id }));
  return { boardId: 'main', address: 0x5a, areas, maxTextBytes: 512 };
}

function randomText(random: Random): string {
  const length = 1 + random.below(random.below(6) === 0 ? 30 : 6);
  return (
    Array.from({ length }, () => WORDS[random.below(WORDS.length)])
      .join('')
      .trim() || 'A001'
  );
}

describe('a second decoder', () => {
  test('[HW3] reads a published frame', () => {
    const frame =
      'A5*8 03 00 00 80 00 00 00 00 00 00 FE 02 28 00 A3 06 01 00 00 00 01 1F 00 00 00 80 00 00 40 80 10 00 00 00 00 00 00 00 00 00 01 01 01 00 00 00 04 00 00 00 5B 02 30 30 31 94 96 5A';
    expect(readRequest(hex(frame))).toEqual({
      address: 3,
      command: 'A3 06',
      areas: [
        { area: 0, x: 0, y: 0, width: 64, height: 16, text: 'Z001', scrolls: false, removedAfterS: null },
      ],
    });
  });

  test('[HW3] and the driver agree on whole sets of boards: every place ends on the text that was meant', async () => {
    const seed = chooseSeed();
    console.info(`FOYER_SEED=${seed}`);
    const random = createRandom(seed);
    for (let round = 0; round < 20; round += 1) {
      const where = `seed ${seed}, round ${round}`;
      const clock = createHandClock();
      const boards = [1, 0xa5, 0x15a, 0x7fff].map(windowBoard).concat(mainBoard());
      const simulator = createLedSimulator({ addresses: boards.map(({ address }) => address), clock });
      const line = benchLine(simulator, clock, 57_600);
      const bus = new LedBus(line, clock, { ...LED_BUS_DEFAULTS, boards, baudRate: 57_600 });
      const meant = new Map<string, string>();
      bus.start();
      for (let change = 0; change < 25; change += 1) {
        const board = boards[random.below(boards.length)];
        const area = board?.areas[random.below(board.areas.length)];
        if (board === undefined || area === undefined) continue;
        const text = randomText(random);
        const isCall = random.below(2) === 0;
        meant.set(`${board.address}/${area.id}`, text);
        const kind = isCall ? ({ priority: 'call', effect: 'flash' } as const) : STILL;
        bus.show({ boardId: board.boardId, area: area.id, text, ...kind });
        await clock.advance(random.below(1500));
      }
      // Five lines that flash out of step share one frame a second.
      await clock.advance(90_000);
      const read = new Map<string, ReadArea>();
      for (const { bytes } of line.written) {
        const { address, areas } = readRequest(bytes);
        for (const area of areas) read.set(`${address}/${area.area}`, area);
      }
      const texts = [...read].map(([place, { text }]) => [place, text] as const);
      expect(new Map(texts.sort()), where).toEqual(new Map([...meant].sort()));
      for (const [place, area] of read) {
        const board = boards.find(({ address }) => address === Number(place.split('/')[0]));
        expect(board?.areas, where).toContainEqual(
          expect.objectContaining({ id: area.area, x: area.x, y: area.y, width: area.width }),
        );
        expect(area.removedAfterS, where).toBe(LED_BUS_DEFAULTS.removeAfterS);
      }
      await bus.stop();
      simulator.stop();
    }
  });
});

const STILL = { priority: 'idle', effect: 'still' } as const;
