import type { BoardEntry, LedBusEntry } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { type ByteLog, createByteLog, tapTransport } from '#drivers/byte-log.ts';
import type { ByteTransport, LedBusDriver } from '#drivers/contract.ts';
import { LedBus } from '#drivers/led/led-bus.ts';
import { createBoardSimulator, createLedProtocol, type LedTemplates } from '#drivers/led/led-families.ts';
import type { LedProtocol } from '#drivers/led/led-protocol.ts';
import { checkLedBusSettings, type LedArea, type LedBoard, ledBusTimes } from '#drivers/led/led-settings.ts';
import { createTcpTransport } from '#drivers/printer/tcp-transport.ts';
import { recodedTransport } from '#drivers/recoded-transport.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import { type BoardTestParts, testBoard } from './board-self-test.ts';
import { boardTimeOf } from './board-time.ts';
import type { NamedBoard } from './boards.ts';
import { LINE_HEIGHT } from './device-settings.ts';
import { readLedTemplate } from './led-templates.ts';
import type { MakeParts, SetUpDevice } from './made-device.ts';

/** A card's dynamic area; BX-6K could hold twice that. */
const MAX_TEXT_BYTES = 512;

/**
 * @returns the bus, its boards and their side for the set-up screen; C902 with the field that cannot be, L208 for a
 *   template that cannot
 */
export function makeLedBus(
  entry: LedBusEntry,
  parts: MakeParts,
): Result<{ bus: LedBusDriver; boards: NamedBoard[]; devices: SetUpDevice[] }> {
  const { clock } = parts;
  const templates =
    entry.protocol.kind === 'template'
      ? readLedTemplate(parts.dataFolder, entry.protocol.templateId)
      : ok<LedTemplates>({});
  if (!templates.ok) return templates;
  const protocol = createLedProtocol(entry.protocol, templates.value);
  if (!protocol.ok) return protocol;
  const boards = entry.boards.map(board => boardOf(board, protocol.value));
  const settings = checkLedBusSettings({ ...ledBusTimes(protocol.value, entry.baudRate), boards });
  if (!settings.ok) return settings;
  const { min, max } = protocol.value.addresses ?? { min: 1, max: 0x7fff };
  const misplaced = boards.find(({ address }) => address < min || address > max);
  if (misplaced) return fail('C902', { field: 'address', board: misplaced.boardId });
  const transport = makeTransport(entry, templates.value, parts);
  if (!transport.ok) return transport;

  const log = createByteLog(clock);
  const bus = new LedBus(tapTransport(transport.value, log), clock, settings.value, {
    protocol: protocol.value,
    boardTime: () => boardTimeOf(new Date()),
    // On a network the bytes are handed over long before a serial server has them on the line.
    writesAhead: entry.port.kind === 'tcp',
  });
  return ok({
    bus,
    boards: boards.map(({ boardId, areas }, index) => ({
      id: boardId,
      counterId: entry.boards[index]?.counterId ?? null,
      lineCount: areas.length,
      bus,
    })),
    devices: setUpDevices(entry, bus, boards, log, parts),
  });
}

function makeTransport(
  entry: LedBusEntry,
  templates: LedTemplates,
  { clock, hardware }: MakeParts,
): Result<ByteTransport> {
  const { port, baudRate } = entry;
  switch (port.kind) {
    case 'simulated': {
      const addresses = entry.boards.map(({ address }) => address);
      const simulator = createBoardSimulator(entry.protocol, addresses, clock, templates);
      if (!simulator.ok) return simulator;
      const { path, simulatedBy } = hardware.ledPort(entry, simulator.value);
      return ok(createSerialTransport({ path, baudRate, simulatedBy }));
    }
    case 'serial': {
      const { path, format } = port;
      return ok(createSerialTransport({ path, baudRate, format, simulatedBy: null }));
    }
    case 'tcp': {
      const transport = createTcpTransport({ host: port.host, port: port.port }, clock);
      return ok(recodedTransport(transport, { refused: 'L202', lost: 'L203' }));
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

function boardOf(
  { id, address, counterId, width, height, brightness }: BoardEntry,
  protocol: LedProtocol,
): LedBoard {
  const lineCount = counterId === null ? Math.max(1, Math.floor(height / LINE_HEIGHT)) : 1;
  const board: LedBoard = {
    boardId: id,
    address,
    areas: Array.from({ length: lineCount }, (_, line) => lineArea(line, width)),
    maxTextBytes: MAX_TEXT_BYTES,
    brightness,
  };
  // Many families have one line however high the board is: the others would never be shown.
  const areas = board.areas.filter(({ id: area }) => area === 0 || hasLine(protocol, board, area));
  return { ...board, areas };
}

function hasLine(protocol: LedProtocol, board: LedBoard, area: number): boolean {
  const parts = [{ area, text: '8', effect: 'still', visible: true }] as const;
  return protocol.encode(board, { kind: 'update', parts, removeAfterS: 1 }) !== null;
}

function lineArea(line: number, width: number): LedArea {
  return { id: line, x: 0, y: line * LINE_HEIGHT, width, height: LINE_HEIGHT, fontHeight: 16, colour: null };
}
