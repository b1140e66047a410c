import type { BoardEntry, LedBusEntry, LedProtocolEntry } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { type ByteLog, createByteLog, tapTransport } from '#drivers/byte-log.ts';
import type { ByteTransport, LedBusDriver } from '#drivers/contract.ts';
import { LedBus } from '#drivers/led/led-bus.ts';
import type { LedProtocol } from '#drivers/led/led-protocol.ts';
import { checkLedBusSettings, type LedArea, type LedBoard, ledBusTimes } from '#drivers/led/led-settings.ts';
import { onbonProtocol } from '#drivers/led/onbon-protocol.ts';
import { createTcpTransport } from '#drivers/printer/tcp-transport.ts';
import { recodedTransport } from '#drivers/recoded-transport.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import { type BoardTestParts, testBoard } from './board-self-test.ts';
import { boardTimeOf } from './board-time.ts';
import type { NamedBoard } from './boards.ts';
import { LINE_HEIGHT } from './device-settings.ts';
import type { MakeParts, SetUpDevice } from './made-device.ts';

/** A card's dynamic area; BX-6K could hold twice that. */
const MAX_TEXT_BYTES = 512;

/** @returns the bus, its boards and their side for the set-up screen; C902 with the field that cannot be */
export function makeLedBus(
  entry: LedBusEntry,
  parts: MakeParts,
): Result<{ bus: LedBusDriver; boards: NamedBoard[]; devices: SetUpDevice[] }> {
  const { clock } = parts;
  const protocol = makeProtocol(entry.protocol);
  if (!protocol.ok) return protocol;
  const settings = checkLedBusSettings({
    ...ledBusTimes(protocol.value, entry.baudRate),
    boards: entry.boards.map(boardOf),
  });
  if (!settings.ok) return settings;
  const { min, max } = protocol.value.addresses ?? { min: 1, max: 0x7fff };
  const misplaced = entry.boards.find(({ address }) => address < min || address > max);
  if (misplaced) return fail('C902', { field: 'address', board: misplaced.id });

  const log = createByteLog(clock);
  const bus = new LedBus(tapTransport(makeTransport(entry, parts), log), clock, settings.value, {
    protocol: protocol.value,
    boardTime: () => boardTimeOf(new Date()),
    // On a network the bytes are handed over long before a serial server has them on the line.
    writesAhead: entry.port.kind === 'tcp',
  });
  return ok({
    bus,
    boards: entry.boards.map(({ id, counterId, height }) => ({
      id,
      counterId,
      lineCount: linesOf(counterId, height),
      bus,
    })),
    devices: setUpDevices(entry, bus, settings.value.boards, log, parts),
  });
}

function makeProtocol(entry: LedProtocolEntry): Result<LedProtocol> {
  return entry.kind === 'onbon-5k6k' ? ok(onbonProtocol) : fail('C902', { field: 'protocol.kind' });
}

function makeTransport(
  { id, baudRate, ...entry }: LedBusEntry,
  { clock, hardware }: MakeParts,
): ByteTransport {
  const { port } = entry;
  switch (port.kind) {
    case 'simulated': {
      const { path, simulatedBy } = hardware.ledPort({ id, baudRate, ...entry });
      return createSerialTransport({ path, baudRate, simulatedBy });
    }
    case 'serial':
      return createSerialTransport({ path: port.path, baudRate, format: port.format, simulatedBy: null });
    case 'tcp': {
      const transport = createTcpTransport({ host: port.host, port: port.port }, clock);
      return recodedTransport(transport, { refused: 'L202', lost: 'L203' });
    }
  }
}

function setUpDevices(
  entry: LedBusEntry,
  bus: LedBus,
  boards: readonly LedBoard[],
  log: ByteLog,
  { clock }: MakeParts,
): SetUpDevice[] {
  const onShown = shownTexts(bus);
  return boards.map(board => ({
    id: board.boardId,
    kind: 'led-board',
    counterId: entry.boards.find(({ id }) => id === board.boardId)?.counterId ?? null,
    simulated: entry.port.kind === 'simulated',
    log,
    selfTest: onStep => testBoard({ bus, board, clock, onShown }, onStep),
  }));
}

/** Passes on what the bus has shown to those who wait for one text. */
function shownTexts(bus: LedBus): BoardTestParts['onShown'] {
  const waiting = new Set<{ boardId: string; text: string; task: (writtenAfterMs: number) => void }>();
  bus.onShown(({ boardId, text, writtenAfterMs }) => {
    for (const wait of [...waiting])
      if (wait.boardId === boardId && wait.text === text) wait.task(writtenAfterMs);
  });
  return (boardId, text, task) => {
    const wait = { boardId, text, task };
    waiting.add(wait);
    return () => waiting.delete(wait);
  };
}

function boardOf({ id, address, counterId, width, height, brightness }: BoardEntry): LedBoard {
  return {
    boardId: id,
    address,
    areas: Array.from({ length: linesOf(counterId, height) }, (_, line) => lineArea(line, width)),
    maxTextBytes: MAX_TEXT_BYTES,
    brightness,
  };
}

function linesOf(counterId: string | null, height: number): number {
  return counterId === null ? Math.max(1, Math.floor(height / LINE_HEIGHT)) : 1;
}

function lineArea(line: number, width: number): LedArea {
  return { id: line, x: 0, y: line * LINE_HEIGHT, width, height: LINE_HEIGHT, fontHeight: 16, colour: null };
}
