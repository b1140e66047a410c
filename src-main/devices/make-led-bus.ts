import type { LedBusEntry } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { createByteLog, tapTransport } from '#drivers/byte-log.ts';
import type { LedBusDriver } from '#drivers/contract.ts';
import { LedBus } from '#drivers/led/led-bus.ts';
import { checkLedBusSettings, LED_BUS_DEFAULTS, type LedArea } from '#drivers/led/led-settings.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import type { NamedBoard } from './boards.ts';
import { LINE_HEIGHT } from './device-settings.ts';
import { type MakeParts, noSelfTest, type SetUpDevice } from './made-device.ts';

/** @returns the bus, its boards and their side for the set-up screen; C902 with the field that cannot be */
export function makeLedBus(
  entry: LedBusEntry,
  { clock, hardware }: MakeParts,
): Result<{ bus: LedBusDriver; boards: NamedBoard[]; devices: SetUpDevice[] }> {
  const settings = checkLedBusSettings({
    ...LED_BUS_DEFAULTS,
    baudRate: entry.baudRate,
    boards: entry.boards.map(({ id, address, counterId, width, height }) => ({
      boardId: id,
      address,
      areas: Array.from({ length: linesOf(counterId, height) }, (_, line) => lineArea(line, width)),
      maxTextBytes: 512,
    })),
  });
  if (!settings.ok) return settings;
  if (entry.protocol.kind !== 'onbon-5k6k') return fail('C902', { field: 'protocol.kind' });
  if (entry.port.kind === 'tcp') return fail('C902', { field: 'port.kind' });
  const simulated = entry.port.kind === 'simulated' ? hardware.ledPort(entry) : null;
  const log = createByteLog(clock);
  const transport = createSerialTransport({
    path: entry.port.kind === 'serial' ? entry.port.path : (simulated?.path ?? ''),
    baudRate: entry.baudRate,
    ...(entry.port.kind === 'serial' ? { format: entry.port.format } : {}),
    simulatedBy: simulated?.simulatedBy ?? null,
  });
  const bus = new LedBus(tapTransport(transport, log), clock, settings.value);
  return ok({
    bus,
    boards: entry.boards.map(({ id, counterId, height }) => ({
      id,
      counterId,
      lineCount: linesOf(counterId, height),
      bus,
    })),
    devices: entry.boards.map(({ id, counterId }) => ({
      id,
      kind: 'led-board',
      counterId,
      simulated: simulated !== null,
      log,
      selfTest: noSelfTest,
    })),
  });
}

function linesOf(counterId: string | null, height: number): number {
  return counterId === null ? Math.max(1, Math.floor(height / LINE_HEIGHT)) : 1;
}

function lineArea(line: number, width: number): LedArea {
  return { id: line, x: 0, y: line * LINE_HEIGHT, width, height: LINE_HEIGHT, fontHeight: 16, colour: null };
}
