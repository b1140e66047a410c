import type { DriverClock } from '#drivers/contract.ts';
import { attachToMockPort, attachToSerialPort, type SimulatedPort } from '#drivers/simulated-port.ts';
import { answerFrame, CardReceiver, type CardRequest } from './card-frames.ts';
import { CARD_ERROR, type SimulatedArea, SimulatedCard } from './simulated-card.ts';

/**
 * Ways a board misbehaves. `dead`: neither obeys nor answers · `silent`: obeys, never answers · `busy`: refuses with
 * NACK 3 · `spoilt`: answers with a wrong checksum · `split`: answers byte by byte · `late`: answers after `lateMs`.
 */
export type BoardFault = 'dead' | 'silent' | 'busy' | 'spoilt' | 'split' | 'late';

export interface SimulatedBoard {
  readonly address: number;
  readonly areas: readonly SimulatedArea[];
  /** False after "power off": areas are kept and not visible. */
  readonly lit: boolean;
}

export interface LedSimulatorOptions {
  readonly addresses: readonly number[];
  readonly clock: DriverClock;
  /** How late a board with the fault `late` answers. */
  readonly lateMs?: number;
}

export interface LedSimulator {
  /** Bytes from the host. */
  receive(bytes: Uint8Array): void;
  /** Bytes to the host. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
  boards(): readonly SimulatedBoard[];
  /** Called after anything visible changed on any board. */
  onChange(listener: () => void): void;
  /** Area updates the board of this address has accepted. */
  updatesOf(address: number): number;
  setFault(address: number, fault: BoardFault, on: boolean): void;
  /** The adapter repeats every byte of the host to the host. */
  setEcho(on: boolean): void;
  /** A power cut at one board: what was in its memory is gone. */
  cutPower(address: number): void;
  /** Switches every board off for good, so that no timer of theirs outlives them. */
  stop(): void;
  /** Becomes the device behind a port of `serialport`'s in-process stand-in; `simulatedBy` goes to the transport. */
  attachToMockPort(path: string): SimulatedPort;
  /** Sits at the other end of a real line, such as one end of a pseudo-terminal pair. Resolves when it listens. */
  attachToSerialPort(path: string, baudRate: number): Promise<{ close(): Promise<void> }>;
}

const HOST_ADDRESSES_FROM = 0x8000;
const ALL_BOARDS_SILENT = 0xffff;
const ALL_BOARDS_ANSWER = 0xfffe;

/** A set of simulated Onbon BX-5K/6K cards on one bus. */
export function createLedSimulator(options: LedSimulatorOptions): LedSimulator {
  const { clock, lateMs = 3000 } = options;
  const receiver = new CardReceiver();
  const byteListeners: ((bytes: Uint8Array) => void)[] = [];
  const changeListeners: (() => void)[] = [];
  const changed = (): void => {
    for (const listener of changeListeners) listener();
  };
  const cards = new Map(
    options.addresses.map(address => [
      address,
      { card: new SimulatedCard(clock, changed), faults: new Set<BoardFault>() },
    ]),
  );
  let echoes = false;

  const emit = (bytes: Uint8Array): void => {
    for (const listener of byteListeners) listener(bytes);
  };
  const answer = (address: number, request: CardRequest, error: number, faults: Set<BoardFault>): void => {
    const refused = error !== CARD_ERROR.none;
    const frame = answerFrame(
      address,
      request.hostAddress,
      [0xa0, refused ? 1 : 0, error, 0, 0],
      faults.has('spoilt'),
    );
    const send = (): void => {
      if (faults.has('split')) for (const byte of frame) emit(Uint8Array.of(byte));
      else emit(frame);
    };
    if (faults.has('late')) clock.after(lateMs, send);
    else send();
  };
  const serve = (request: CardRequest): void => {
    // A screen never obeys another screen's answer.
    if (request.hostAddress < HOST_ADDRESSES_FROM) return;
    for (const [address, { card, faults }] of cards) {
      const everybody =
        request.screenAddress === ALL_BOARDS_SILENT || request.screenAddress === ALL_BOARDS_ANSWER;
      if ((!everybody && request.screenAddress !== address) || faults.has('dead')) continue;
      const error = faults.has('busy') ? CARD_ERROR.busy : card.execute(request.command);
      const wantsAnswer = request.screenAddress !== ALL_BOARDS_SILENT && request.command[2] !== 2;
      const answersAs = request.screenAddress === ALL_BOARDS_ANSWER ? ALL_BOARDS_ANSWER : address;
      if (wantsAnswer && !faults.has('silent')) answer(answersAs, request, error, faults);
    }
  };
  const cardAt = (address: number) => {
    const found = cards.get(address);
    if (found === undefined) throw new RangeError(`no simulated board with address ${address}`);
    return found;
  };

  const simulator: LedSimulator = {
    receive(bytes) {
      if (echoes) emit(bytes);
      for (const request of receiver.take(bytes)) serve(request);
    },
    onBytes: listener => void byteListeners.push(listener),
    boards: () => [...cards].map(([address, { card }]) => ({ address, areas: card.areas, lit: card.lit })),
    onChange: listener => void changeListeners.push(listener),
    updatesOf: address => cardAt(address).card.updates,
    setFault(address, fault, on) {
      if (on) cardAt(address).faults.add(fault);
      else cardAt(address).faults.delete(fault);
    },
    setEcho(on) {
      echoes = on;
    },
    cutPower: address => cardAt(address).card.loseMemory(),
    stop() {
      changeListeners.length = 0;
      for (const { card } of cards.values()) card.loseMemory();
    },
    attachToMockPort: path => attachToMockPort(simulator, path),
    attachToSerialPort: (path, baudRate) => attachToSerialPort(simulator, path, baudRate),
  };
  return simulator;
}
