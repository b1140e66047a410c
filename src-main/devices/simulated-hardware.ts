import type { BankDocument } from '#core/branch/bank-document.ts';
import { counterName } from '#core/views/shared.ts';
import type { LedBusEntry } from '#core/wire/device-settings.ts';
import type { LocalText } from '#core/wire/fields.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { HidKeypadProfile, SerialKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { createSimulatedKeypad, type SimulatedKeypad } from '#drivers/keypad/simulated-keypad.ts';
import { createSimulatedSerialKeypad } from '#drivers/keypad/simulated-serial-keypad.ts';
import type { LedSimulator } from '#drivers/led/simulator/led-simulator.ts';
import {
  type PrinterSimulator,
  startPrinterSimulator,
} from '#drivers/printer/simulator/printer-simulator.ts';
import type { ReaderFormat } from '#drivers/reader/reader-line.ts';
import { createSimulatedReader, type SimulatedReader } from '#drivers/reader/simulator/simulated-reader.ts';
import type { SimulatedPort } from '#drivers/simulated-port.ts';
import type { SimulatedHardware } from './bench.ts';

const MAIN_BOARD: LocalText = { zh: '主屏', en: 'Main board' };

/** Simulated devices as they are made; they speak the same bytes as real ones (HW1). */
export interface HardwareShop extends SimulatedHardware {
  printer(id: string): Promise<PrinterSimulator>;
  /** Puts simulated boards of the right family behind a port. */
  ledPort(bus: LedBusEntry, simulator: LedSimulator): SimulatedPort;
  keypad(id: string, counterId: string, profile: HidKeypadProfile | SerialKeypadProfile): SimulatedKeypad;
  reader(id: string, format: ReaderFormat): SimulatedReader;
  /** Those made so far. */
  readonly readers: readonly { readonly id: string; readonly simulator: SimulatedReader }[];
  stop(): Promise<void>;
}

/** The simulated devices of several shops as one: shops open and close as devices are added and removed. */
export function joinHardware(shops: () => readonly SimulatedHardware[]): SimulatedHardware {
  return {
    get printers() {
      return shops().flatMap(shop => shop.printers);
    },
    get boards() {
      return shops().flatMap(shop => shop.boards);
    },
    get keypads() {
      return shops().flatMap(shop => shop.keypads);
    },
    get readers() {
      return shops().flatMap(shop => shop.readers);
    },
  };
}

/** Numbers the simulated serial ports: one that is being replaced and its successor are two ports. */
let portsMade = 0;

export function openHardwareShop(document: BankDocument, clock: DriverClock): HardwareShop {
  const printers: { id: string; simulator: PrinterSimulator }[] = [];
  const boards: SimulatedHardware['boards'][number][] = [];
  const readers: { id: string; simulator: SimulatedReader }[] = [];
  const keypads: { id: string; title: LocalText; simulator: SimulatedKeypad }[] = [];
  const titleOf = (counterId: string | null) =>
    counterId === null ? MAIN_BOARD : counterName(document, counterId);
  return {
    printers,
    boards,
    keypads,
    async printer(id) {
      const simulator = await startPrinterSimulator({ port: 0, clock });
      printers.push({ id, simulator });
      return simulator;
    },
    ledPort(bus, simulator) {
      for (const { id, counterId, address, width, height } of bus.boards)
        boards.push({ id, title: titleOf(counterId), address, width, height, simulator });
      portsMade++;
      return simulator.attachToMockPort(`simulated/${bus.id}-${portsMade}`);
    },
    keypad(id, counterId, profile) {
      portsMade++;
      const simulator =
        profile.transport === 'hid'
          ? createSimulatedKeypad(profile, clock)
          : createSimulatedSerialKeypad(profile, `simulated/${id}-${portsMade}`, clock);
      keypads.push({ id, title: titleOf(counterId), simulator });
      return simulator;
    },
    readers,
    reader(id, format) {
      portsMade++;
      const simulator = createSimulatedReader(`simulated/${id}-${portsMade}`, format, clock);
      readers.push({ id, simulator });
      return simulator;
    },
    async stop() {
      for (const simulator of new Set(boards.map(board => board.simulator))) simulator.stop();
      await Promise.all(printers.map(({ simulator }) => simulator.stop()));
    },
  };
}
