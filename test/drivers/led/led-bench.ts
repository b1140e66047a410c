import type { DeviceHealth } from '#core/wire/device-news.ts';
import { type Failure, fail, ok } from '#core/wire/result.ts';
import type { BoardShown, BoardText, ByteTransport, DriverClock } from '#drivers/contract.ts';
import { LedBus } from '#drivers/led/led-bus.ts';
import {
  LED_BUS_DEFAULTS,
  type LedBoard,
  type LedBusSettings,
  wireTimeMs,
} from '#drivers/led/led-settings.ts';
import { createLedSimulator, type LedSimulator } from '#drivers/led/simulator/led-simulator.ts';
import { createHandClock, type HandClock } from '../hand-clock.ts';

/** The line between a bus and the simulator, as slow as a real one, with a plug that can be pulled. */
export interface BenchLine extends ByteTransport {
  unplug(): void;
  plugIn(): void;
  /** The driver's process dies: nothing more is written, nothing is told. */
  cut(): void;
  readonly written: { readonly atMs: number; readonly bytes: Uint8Array }[];
  readonly openings: number[];
}

export function benchLine(simulator: LedSimulator, clock: DriverClock, baudRate: number): BenchLine {
  const dataListeners: ((bytes: Uint8Array) => void)[] = [];
  const lossListeners: ((failure: Failure) => void)[] = [];
  let isOpen = false;
  let plugged = true;
  let isCut = false;
  simulator.onBytes(bytes => {
    if (isOpen && !isCut) for (const listener of dataListeners) listener(bytes);
  });
  const line: BenchLine = {
    written: [],
    openings: [],
    async open() {
      line.openings.push(clock.nowMs());
      if (!plugged) return fail('L202');
      isOpen = true;
      return ok(undefined);
    },
    async write(bytes) {
      if (!isOpen) return fail('L203');
      await new Promise<void>(resolve => clock.after(wireTimeMs(bytes.length, baudRate), resolve));
      if (!isOpen) return fail('L203');
      line.written.push({ atMs: clock.nowMs(), bytes });
      if (!isCut) simulator.receive(bytes);
      return ok(undefined);
    },
    async close() {
      isOpen = false;
    },
    onData: listener => void dataListeners.push(listener),
    onLost: listener => void lossListeners.push(listener),
    unplug() {
      plugged = false;
      if (!isOpen) return;
      isOpen = false;
      for (const listener of lossListeners) listener({ code: 'L203' });
    },
    plugIn() {
      plugged = true;
    },
    cut() {
      isCut = true;
    },
  };
  return line;
}

/** A window board of 128×16 pixels with one area; its name tells its address. */
export function windowBoard(address: number): LedBoard {
  return {
    boardId: `window-${address}`,
    address,
    maxTextBytes: 512,
    areas: [{ id: 0, x: 0, y: 0, width: 128, height: 16, fontHeight: 16, colour: null }],
  };
}

export interface LedBench {
  readonly clock: HandClock;
  readonly simulator: LedSimulator;
  readonly line: BenchLine;
  readonly bus: LedBus;
  readonly shown: BoardShown[];
  readonly health: { readonly atMs: number; readonly boardId: string; readonly health: DeviceHealth }[];
  healthOf(boardId: string): DeviceHealth | undefined;
  /** What the board of this address shows in area 0; null when the area is gone. */
  textOn(address: number): string | null;
  call(address: number, text: string): void;
  idle(address: number, text: string): void;
}

/** A started bus with simulated window boards, on a clock moved by hand. */
export function ledBench(
  addresses: readonly number[],
  changes: Partial<LedBusSettings> = {},
  simulated: readonly number[] = addresses,
): LedBench {
  const clock = createHandClock();
  const simulator = createLedSimulator({ addresses: simulated, clock });
  const settings: LedBusSettings = { ...LED_BUS_DEFAULTS, boards: addresses.map(windowBoard), ...changes };
  const line = benchLine(simulator, clock, settings.baudRate);
  const bus = new LedBus(line, clock, settings);
  const bench: LedBench = {
    clock,
    simulator,
    line,
    bus,
    shown: [],
    health: [],
    healthOf: boardId => bench.health.findLast(news => news.boardId === boardId)?.health,
    textOn: address =>
      simulator
        .boards()
        .find(board => board.address === address)
        ?.areas.find(area => area.id === 0)?.text ?? null,
    call: (address, text) => bus.show(boardText(address, text, 'call', 'flash')),
    idle: (address, text) => bus.show(boardText(address, text, 'idle', 'still')),
  };
  bus.onShown(shown => bench.shown.push(shown));
  bus.onHealth((boardId, health) => bench.health.push({ atMs: clock.nowMs(), boardId, health }));
  bus.start();
  return bench;
}

export function boardText(
  address: number,
  text: string,
  priority: BoardText['priority'],
  effect: BoardText['effect'],
): BoardText {
  return { boardId: `window-${address}`, area: 0, text, priority, effect };
}

/** Bytes from the notation of hardware-protocols: hexadecimal pairs, `A5*8` for repeats. */
export function hex(notation: string): Uint8Array {
  return Uint8Array.from(
    notation.split(/\s+/).flatMap(word => {
      const [byte = '', times = '1'] = word.split('*');
      return new Array<number>(Number(times)).fill(Number.parseInt(byte, 16));
    }),
  );
}

export function toHex(bytes: Uint8Array): string {
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
}
