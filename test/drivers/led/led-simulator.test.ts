import { describe, expect, test } from 'vitest';
import { composeArea } from '#drivers/led/led-text.ts';
import {
  brightnessData,
  clearData,
  deleteAllAreasData,
  deleteAreaData,
  pingData,
  powerData,
  readAnswer,
  updateAreasData,
} from '#drivers/led/onbon-commands.ts';
import {
  BROADCAST_ANSWERED,
  BROADCAST_SILENT,
  encodeFrame,
  encodeRequest,
  HOST_ADDRESS,
  OnbonFrameParser,
} from '#drivers/led/onbon-frame.ts';
import { createLedSimulator } from '#drivers/led/simulator/led-simulator.ts';
import { createHandClock } from '../hand-clock.ts';
import { chooseSeed, createRandom } from './random.ts';

function card(addresses: readonly number[] = [3]) {
  const clock = createHandClock();
  const simulator = createLedSimulator({ addresses, clock, lateMs: 3000 });
  const parser = new OnbonFrameParser(HOST_ADDRESS);
  let answers: unknown[] = [];
  simulator.onBytes(bytes => {
    for (const frame of parser.push(bytes)) answers.push([frame.source, readAnswer(frame.data)]);
  });
  return {
    clock,
    simulator,
    ask(address: number, data: Uint8Array): unknown[] {
      answers = [];
      simulator.receive(encodeRequest(address, data));
      return answers;
    },
    late: () => answers,
  };
}

function textData(text: string, areaId = 0, removeAfterS = 60): Uint8Array {
  const place = { id: areaId, x: 8, y: 16, width: 64, height: 16, fontHeight: 16, colour: 'red' } as const;
  return updateAreasData([
    composeArea(place, { text, visible: true, effect: 'still' }, removeAfterS, 512).area,
  ]);
}

const ACK = { kind: 'ack' };

describe('simulated LED cards', () => {
  test('[HW1] an area is shown with its text, place and effect', () => {
    const { simulator, ask } = card();
    expect(ask(3, textData('A001号', 2))).toEqual([[3, ACK]]);
    expect(simulator.boards()).toEqual([
      {
        address: 3,
        lit: true,
        areas: [{ id: 2, text: 'A001号', effect: 'still', x: 8, y: 16, width: 64, height: 16 }],
      },
    ]);
  });

  test('[HW1] only the addressed card obeys and answers', () => {
    const { simulator, ask } = card([3, 4]);
    expect(ask(4, textData('A001'))).toEqual([[4, ACK]]);
    expect(simulator.boards().map(board => board.areas.length)).toEqual([0, 1]);
    expect(ask(5, textData('A001'))).toEqual([]);
  });

  test('[HW1] broadcasts: all obey, and answer only when asked to', () => {
    const { simulator, ask } = card([3, 4]);
    expect(ask(BROADCAST_SILENT, powerData(false))).toEqual([]);
    expect(simulator.boards().map(board => board.lit)).toEqual([false, false]);
    expect(ask(BROADCAST_ANSWERED, powerData(true))).toHaveLength(2);
  });

  test('[HW1] areas are deleted one by one, all together, and by clearing', () => {
    const { simulator, ask } = card();
    const ids = () => simulator.boards()[0]?.areas.map(area => area.id);
    for (const id of [0, 1, 2]) ask(3, textData('A001', id));
    ask(3, deleteAreaData(1));
    expect(ids()).toEqual([0, 2]);
    ask(3, deleteAllAreasData());
    expect(ids()).toEqual([]);
    ask(3, textData('A001'));
    ask(3, clearData());
    expect(ids()).toEqual([]);
  });

  test('[HW1] a ninth area is refused for want of memory and changes nothing', () => {
    const { simulator, ask } = card();
    for (let id = 0; id < 8; id += 1) ask(3, textData('A001', id));
    expect(ask(3, textData('A001', 8))).toEqual([[3, { kind: 'nack', error: 4 }]]);
    expect(simulator.boards()[0]?.areas).toHaveLength(8);
  });

  test('[HW1] commands it does not know, or that are too short or too long, are refused', () => {
    const { ask } = card();
    const refused = [[3, { kind: 'nack', error: 2 }]];
    expect(ask(3, Uint8Array.of(0xa7, 0, 1, 0, 0))).toEqual(refused);
    expect(ask(3, Uint8Array.of(0xa3))).toEqual(refused);
    expect(ask(3, brightnessData(16))).toEqual(refused);
    expect(ask(3, Uint8Array.from([...pingData(), 0]))).toEqual(refused);
  });

  test('[DV5] an area goes by itself when its time is over, and a refresh starts the time anew', async () => {
    const { simulator, ask, clock } = card();
    let changes = 0;
    simulator.onChange(() => {
      changes += 1;
    });
    ask(3, textData('A001', 0, 10));
    await clock.advance(9000);
    ask(3, textData('A001', 0, 10));
    await clock.advance(9999);
    expect(simulator.boards()[0]?.areas).toHaveLength(1);
    await clock.advance(1);
    expect(simulator.boards()[0]?.areas).toHaveLength(0);
    expect(changes).toBe(3);
  });

  test('[HW1] faults: dead, silent, busy, late', async () => {
    const { simulator, ask, clock, late } = card();
    simulator.setFault(3, 'silent', true);
    expect(ask(3, textData('A001'))).toEqual([]);
    expect(simulator.updatesOf(3)).toBe(1);
    simulator.setFault(3, 'silent', false);
    simulator.setFault(3, 'dead', true);
    expect(ask(3, textData('A002'))).toEqual([]);
    expect(simulator.updatesOf(3)).toBe(1);
    simulator.setFault(3, 'dead', false);
    simulator.setFault(3, 'busy', true);
    expect(ask(3, textData('A003'))).toEqual([[3, { kind: 'nack', error: 3 }]]);
    expect(simulator.updatesOf(3)).toBe(1);
    simulator.setFault(3, 'busy', false);
    simulator.setFault(3, 'late', true);
    expect(ask(3, textData('A004'))).toEqual([]);
    await clock.advance(3000);
    expect(late()).toEqual([[3, ACK]]);
  });

  test('[HW1] an answer of another card is not obeyed', () => {
    const { simulator } = card();
    simulator.receive(encodeFrame({ destination: 3, source: 4, data: textData('A001') }));
    expect(simulator.updatesOf(3)).toBe(0);
  });

  test('[HW1] 20,000 damaged frames: no crash, no answer, nothing changed', () => {
    const seed = chooseSeed();
    console.info(`FOYER_SEED=${seed}`);
    const random = createRandom(seed);
    const { simulator, ask } = card();
    ask(3, textData('A001'));
    const before = JSON.stringify(simulator.boards());
    const changes: number[] = [];
    let answers = 0;
    simulator.onBytes(() => {
      answers += 1;
    });
    let round = 0;
    simulator.onChange(() => changes.push(round));
    for (; round < 20_000; round += 1) {
      const whole = encodeRequest(3, textData(`B${random.below(1000)}`));
      simulator.receive(spoilt(whole, random));
    }
    expect(changes, `seed ${seed}`).toEqual([]);
    expect(answers, `seed ${seed}`).toBe(0);
    expect(JSON.stringify(simulator.boards())).toBe(before);
    expect(ask(3, textData('A002'))).toEqual([[3, ACK]]);
  });

  test('[HW1] 20,000 whole frames with senseless area data: refused, nothing changed', () => {
    const seed = chooseSeed();
    console.info(`FOYER_SEED=${seed}`);
    const random = createRandom(seed);
    const { simulator, ask } = card();
    ask(3, textData('A001'));
    const before = JSON.stringify(simulator.boards());
    for (let round = 0; round < 20_000; round += 1) {
      const good = textData(`B${random.below(1000)}`);
      const cut = good.slice(0, 5 + random.below(good.length - 5));
      const long = Uint8Array.from([...good, ...random.bytes(1 + random.below(9))]);
      const noise = Uint8Array.from([0xa3, 0x06, 1, 0, 0, 0, 1 + random.below(9), ...random.bytes(60)]);
      const data = [cut, long, noise][random.below(3)] ?? cut;
      expect(ask(3, data), `seed ${seed}, round ${round}`).toEqual([[3, { kind: 'nack', error: 10 }]]);
    }
    expect(JSON.stringify(simulator.boards())).toBe(before);
  });
});

/**
 * A frame with one damage that a CRC-16 always finds: one or two bits of a byte turned (marks excepted, as turning
 * one moves the stuffing), or the frame cut off.
 */
function spoilt(frame: Uint8Array, random: ReturnType<typeof createRandom>): Uint8Array {
  const marks = new Set([0xa5, 0xa6, 0x5a, 0x5b]);
  if (random.below(4) === 0) return frame.slice(0, 1 + random.below(frame.length - 1));
  for (;;) {
    const damaged = Uint8Array.from(frame);
    const at = 8 + random.below(frame.length - 9);
    const old = damaged[at] ?? 0;
    const turned = old ^ (1 << random.below(8)) ^ (random.below(2) === 0 ? 0 : 1 << random.below(8));
    const follows = marks.has(damaged[at - 1] ?? 0);
    if (turned === old || marks.has(old) || marks.has(turned) || follows) continue;
    damaged[at] = turned;
    return damaged;
  }
}
