import type { DriverClock } from '#drivers/contract.ts';
import { attachToMockPort, attachToSerialPort } from '#drivers/simulated-port.ts';
import type { BoardFault, LedSimulator } from './led-simulator.ts';
import type { SimulatedArea } from './simulated-card.ts';

/** What a simulated board of any family remembers; a power cut empties it. */
export class BoardMemory {
  readonly address: number;
  /** Texts by area, as a person in front of the board reads them. */
  readonly texts = new Map<number, string>();
  /** Registers, settings and other small things a family keeps. */
  readonly numbers = new Map<number, number>();
  /** Named files, for families that have them. */
  readonly files = new Map<string, string>();
  updates = 0;

  constructor(address: number) {
    this.address = address;
  }

  clear(): void {
    this.texts.clear();
    this.numbers.clear();
    this.files.clear();
  }
}

/** A request as a board understands it. */
export interface FamilyRequest {
  isFor(address: number): boolean;
  /** False for broadcasts, which nobody answers. */
  readonly answered: boolean;
  /** Carries it out on one board, unless that is busy; returns the bytes of the answer, null where none is due. */
  serve(memory: BoardMemory, busy: boolean): Uint8Array | null;
}

/** The boards' ear: collects bytes and gives out whole, undamaged requests. One per line. */
export interface FamilyReceiver {
  take(bytes: Uint8Array, nowMs: number): readonly FamilyRequest[];
}

export interface FamilySimulatorOptions {
  readonly addresses: readonly number[];
  readonly clock: DriverClock;
  readonly receiver: FamilyReceiver;
  /** How late a board with the fault `late` answers. */
  readonly lateMs?: number;
}

const AREA_WIDTH = 128;
const AREA_HEIGHT = 16;

/** Simulated boards of one family on one line, with the ways to misbehave that all simulators have (HW1). */
export function createFamilySimulator(options: FamilySimulatorOptions): LedSimulator {
  const { clock, receiver, lateMs = 3000 } = options;
  const byteListeners: ((bytes: Uint8Array) => void)[] = [];
  const changeListeners: (() => void)[] = [];
  const boards = new Map(
    options.addresses.map(address => [
      address,
      { memory: new BoardMemory(address), faults: new Set<BoardFault>() },
    ]),
  );
  let echoes = false;
  let stopped = false;

  const emit = (bytes: Uint8Array): void => {
    if (!stopped) for (const listener of byteListeners) listener(bytes);
  };
  const changed = (): void => {
    for (const listener of changeListeners) listener();
  };
  const answer = (bytes: Uint8Array, faults: ReadonlySet<BoardFault>): void => {
    const sent = faults.has('spoilt') ? bytes.map(byte => byte ^ 0x55) : bytes;
    const send = (): void => {
      if (faults.has('split')) for (const byte of sent) emit(Uint8Array.of(byte));
      else emit(sent);
    };
    if (faults.has('late')) clock.after(lateMs, send);
    else send();
  };
  const serve = (request: FamilyRequest): void => {
    for (const { memory, faults } of boards.values()) {
      if (!request.isFor(memory.address) || faults.has('dead')) continue;
      const updatesBefore = memory.updates;
      const bytes = request.serve(memory, faults.has('busy'));
      if (memory.updates !== updatesBefore) changed();
      if (bytes !== null && request.answered && !faults.has('silent')) answer(bytes, faults);
    }
  };
  const boardAt = (address: number) => {
    const found = boards.get(address);
    if (found === undefined) throw new RangeError(`no simulated board with address ${address}`);
    return found;
  };

  const simulator: LedSimulator = {
    receive(bytes) {
      if (stopped) return;
      if (echoes) emit(bytes);
      for (const request of receiver.take(bytes, clock.nowMs())) serve(request);
    },
    onBytes: listener => void byteListeners.push(listener),
    boards: () =>
      [...boards.values()].map(({ memory }) => ({
        address: memory.address,
        areas: areasOf(memory),
        lit: true,
      })),
    onChange: listener => void changeListeners.push(listener),
    updatesOf: address => boardAt(address).memory.updates,
    setFault(address, fault, on) {
      if (on) boardAt(address).faults.add(fault);
      else boardAt(address).faults.delete(fault);
    },
    setEcho(on) {
      echoes = on;
    },
    cutPower(address) {
      boardAt(address).memory.clear();
      changed();
    },
    stop() {
      stopped = true;
      changeListeners.length = 0;
    },
    attachToMockPort: path => attachToMockPort(simulator, path),
    attachToSerialPort: (path, baudRate) => attachToSerialPort(simulator, path, baudRate),
  };
  return simulator;
}

function areasOf(memory: BoardMemory): SimulatedArea[] {
  return [...memory.texts]
    .sort(([a], [b]) => a - b)
    .map(([id, text]) => ({
      id,
      text,
      effect: 'still',
      x: 0,
      y: id * AREA_HEIGHT,
      width: AREA_WIDTH,
      height: AREA_HEIGHT,
    }));
}
