import { expect, test } from 'vitest';
import { LedBus } from '#drivers/led/led-bus.ts';
import { LED_BUS_DEFAULTS } from '#drivers/led/led-settings.ts';
import { type BoardFault, createLedSimulator } from '#drivers/led/simulator/led-simulator.ts';
import { createHandClock } from '../hand-clock.ts';
import { benchLine, boardText, windowBoard } from './led-bench.ts';
import { chooseSeed, createRandom } from './random.ts';

const ADDRESSES = [1, 2, 3, 4, 5, 6];
const FAULTS: readonly BoardFault[] = ['dead', 'silent', 'busy', 'spoilt', 'split', 'late'];
const LIVES = 15;

test(`[HW3] ${LIVES} lives full of faults: boards, plugs and power fail; in the end every board shows its newest text`, async () => {
  const seed = chooseSeed();
  console.info(`FOYER_SEED=${seed}`);
  const random = createRandom(seed);
  for (let life = 0; life < LIVES; life += 1) {
    const where = `seed ${seed}, life ${life}`;
    const clock = createHandClock();
    const simulator = createLedSimulator({ addresses: ADDRESSES, clock, lateMs: 500 + random.below(4000) });
    const line = benchLine(simulator, clock, 9600);
    const boards = ADDRESSES.map(address => ({ ...windowBoard(address), brightness: 8 }));
    const time = { year: 2025, month: 1, day: 2, hour: 9, minute: 30, second: 0, weekday: 4 };
    const bus = new LedBus(line, clock, { ...LED_BUS_DEFAULTS, boards }, { boardTime: () => time });
    const codes = new Map<string, string | null>();
    bus.onHealth((boardId, { code }) => codes.set(boardId, code));
    const newest = new Map<number, string>();
    bus.start();
    for (let change = 0; change < 60; change += 1) {
      const address = 1 + random.below(ADDRESSES.length);
      const kind = random.below(12);
      if (kind < 5) {
        const isCall = random.below(3) > 0;
        newest.set(address, `A${change}`);
        const effect = isCall ? 'flash' : 'still';
        bus.show(boardText(address, `A${change}`, isCall ? 'call' : 'idle', effect));
      } else if (kind < 8) {
        simulator.setFault(address, FAULTS[random.below(FAULTS.length)] ?? 'dead', random.below(2) === 0);
      } else if (kind === 8) simulator.cutPower(address);
      else if (kind === 9) line.unplug();
      else if (kind === 10) line.plugIn();
      else simulator.setEcho(random.below(2) === 0);
      await clock.advance(random.below(4000));
    }
    line.plugIn();
    for (const address of ADDRESSES) for (const fault of FAULTS) simulator.setFault(address, fault, false);
    // The longest wait before the port is opened again, a poll of a board that was down, and a refresh.
    await clock.advance(150_000);
    const shown = simulator.boards().map(({ address, areas }) => [address, areas[0]?.text]);
    expect(shown, where).toEqual(ADDRESSES.map(address => [address, newest.get(address)]));
    expect([...codes.values()], where).toEqual(ADDRESSES.map(() => null));
    await bus.stop();
    simulator.stop();
  }
}, 60_000);
