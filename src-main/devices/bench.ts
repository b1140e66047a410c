import type { LocalText } from '#core/wire/fields.ts';
import type { BenchOrder } from '#core/wire/port-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { View } from '#core/wire/views.ts';
import { KEYPAD_FAULTS, type SimulatedKeypad } from '#drivers/keypad/simulated-keypad.ts';
import type { BoardFault, LedSimulator } from '#drivers/led/simulator/led-simulator.ts';
import type { PrinterFault } from '#drivers/printer/simulator/fault.ts';
import type { PrinterSimulator } from '#drivers/printer/simulator/printer-simulator.ts';
import { READER_FAULTS, type SimulatedReader } from '#drivers/reader/simulator/simulated-reader.ts';
import { benchPapers } from './bench-paper.ts';

/** The simulated devices of this station, as the bench window shows and troubles them. */
export interface SimulatedHardware {
  readonly printers: readonly { readonly id: string; readonly simulator: PrinterSimulator }[];
  readonly boards: readonly {
    readonly id: string;
    readonly title: LocalText;
    readonly address: number;
    readonly width: number;
    readonly height: number;
    readonly simulator: LedSimulator;
  }[];
  readonly keypads: readonly {
    readonly id: string;
    readonly title: LocalText;
    readonly simulator: SimulatedKeypad;
  }[];
  readonly readers: readonly { readonly id: string; readonly simulator: SimulatedReader }[];
}

/** What can be switched on at the bench, by the name the window's language file translates. */
const PRINTER_FAULTS: Readonly<Record<string, PrinterFault>> = {
  'paper-out': { kind: 'paper-out', afterLines: 0 },
  'paper-out-mid-ticket': { kind: 'paper-out', afterLines: 5 },
  'paper-near-end': { kind: 'paper-near-end' },
  'cover-open': { kind: 'cover-open' },
  offline: { kind: 'offline' },
  'cutter-error': { kind: 'cutter-error' },
  'unrecoverable-error': { kind: 'unrecoverable-error' },
  'head-hot': { kind: 'head-hot' },
  silent: { kind: 'silent' },
  'split-answers': { kind: 'split-answers', gapMs: 20 },
  'close-mid-ticket': { kind: 'close-mid-ticket', afterBytes: 200 },
  'no-process-id': { kind: 'no-process-id' },
  'no-confirmation': { kind: 'no-confirmation' },
  slow: { kind: 'slow', lineMs: 300 },
  unplugged: { kind: 'unplugged' },
};
const BOARD_FAULTS: readonly BoardFault[] = ['dead', 'silent', 'busy', 'spoilt', 'split', 'late'];

/** Papers the window shows of each printer. */
const PAPERS_SHOWN = 12;

export interface Bench {
  view(): View<'bench'>;
  /** C904 for a device or fault that is not there. */
  obey(order: BenchOrder): Result<void>;
  /** What newly made simulators print and show is seen at once, too. */
  watch(hardware: SimulatedHardware): void;
}

export function createBench(
  hardware: SimulatedHardware,
  levels: () => readonly LocalText[],
  onChange: () => void,
): Bench {
  const boardFaults = new Map<string, BoardFault>();
  const setFault = (deviceId: string, fault: string | null): Result<void> => {
    const printer = hardware.printers.find(candidate => candidate.id === deviceId);
    const board = hardware.boards.find(candidate => candidate.id === deviceId);
    const keypad = hardware.keypads.find(candidate => candidate.id === deviceId);
    const reader = hardware.readers.find(candidate => candidate.id === deviceId);
    if (printer && (fault === null || PRINTER_FAULTS[fault]))
      printer.simulator.setFault(fault === null ? null : (PRINTER_FAULTS[fault] ?? null));
    else if (board && (fault === null || isOneOf(BOARD_FAULTS, fault))) {
      const before = boardFaults.get(deviceId);
      if (before) board.simulator.setFault(board.address, before, false);
      boardFaults.delete(deviceId);
      if (fault !== null) {
        board.simulator.setFault(board.address, fault, true);
        boardFaults.set(deviceId, fault);
      }
    } else if (keypad && (fault === null || isOneOf(KEYPAD_FAULTS, fault))) keypad.simulator.setFault(fault);
    else if (reader && (fault === null || isOneOf(READER_FAULTS, fault))) reader.simulator.setFault(fault);
    else return fail('C904', { device: deviceId });
    onChange();
    return ok(undefined);
  };

  return {
    watch({ printers, boards, keypads }) {
      for (const { simulator } of printers) simulator.onPaper(onChange);
      for (const simulator of new Set(boards.map(board => board.simulator))) simulator.onChange(onChange);
      for (const { simulator } of keypads) simulator.onChange(onChange);
    },
    view: () => ({
      printers: hardware.printers.map(({ id, simulator }) => ({
        deviceId: id,
        fault: nameOfPrinterFault(simulator.fault()),
        papers: benchPapers(simulator.paper().slice(-PAPERS_SHOWN)),
      })),
      boards: hardware.boards.map(({ id, title, address, width, height, simulator }) => {
        const board = simulator.boards().find(candidate => candidate.address === address);
        return {
          deviceId: id,
          title,
          fault: boardFaults.get(id) ?? null,
          lit: board?.lit ?? false,
          width,
          height,
          areas: (board?.areas ?? []).map(({ id: areaId, x, y, width: w, height: h, text, effect }) => ({
            id: areaId,
            x,
            y,
            width: w,
            height: h,
            text,
            effect,
          })),
        };
      }),
      keypads: hardware.keypads.map(({ id, title, simulator }) => ({
        deviceId: id,
        title,
        fault: simulator.fault(),
        prompt: simulator.lastPrompt() ?? 'off',
        levels: [...levels()],
      })),
      readers: hardware.readers.map(({ id, simulator }) => ({ deviceId: id, fault: simulator.fault() })),
      faults: {
        printer: Object.keys(PRINTER_FAULTS),
        board: [...BOARD_FAULTS],
        keypad: [...KEYPAD_FAULTS],
        reader: [...READER_FAULTS],
      },
    }),
    obey(order) {
      if (order.type === 'set-fault') return setFault(order.deviceId, order.fault);
      if (order.type === 'scan') {
        const reader = hardware.readers.find(candidate => candidate.id === order.deviceId);
        if (!reader) return fail('C904', { device: order.deviceId });
        reader.simulator.scan(order.text);
        return ok(undefined);
      }
      const keypad = hardware.keypads.find(candidate => candidate.id === order.deviceId);
      return keypad?.simulator.press(order.position)
        ? ok(undefined)
        : fail('C904', { device: order.deviceId });
    },
  };
}

function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name);
}

function nameOfPrinterFault(fault: PrinterFault | null): string | null {
  if (fault === null) return null;
  const found = Object.entries(PRINTER_FAULTS).find(
    ([, known]) => JSON.stringify(known) === JSON.stringify(fault),
  );
  return found?.[0] ?? fault.kind;
}
