import type { PrinterEntry } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { createByteLog, tapTransport } from '#drivers/byte-log.ts';
import type { ByteTransport, DriverClock } from '#drivers/contract.ts';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import { createTcpTransport } from '#drivers/printer/tcp-transport.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import { type MakeParts, noSelfTest, type SetUpDevice } from './made-device.ts';
import type { NamedPrinter } from './printers.ts';

/** @returns the printer and its side for the set-up screen; C902 for a connection this program does not have */
export async function makePrinter(
  entry: PrinterEntry,
  parts: MakeParts,
): Promise<Result<{ printer: NamedPrinter; device: SetUpDevice }>> {
  const { clock } = parts;
  const transport = await makeTransport(entry, parts);
  if (!transport.ok) return transport;
  const { id, capabilities } = entry;
  const log = createByteLog(clock);
  const driver = createPrinterDriver(tapTransport(transport.value, log), clock, {
    ...STANDARD_SETTINGS,
    format: {
      ...STANDARD_SETTINGS.format,
      columns: capabilities.columns,
      chineseSize: capabilities.chineseSize,
    },
    confirmation: capabilities.confirmation,
    firstProcessNumber: firstProcessNumberAt(Date.now()),
  });
  const simulated = entry.connection.kind === 'simulated';
  return ok({
    printer: { id, driver },
    device: { id, kind: 'printer', counterId: null, simulated, log, selfTest: noSelfTest },
  });
}

async function makeTransport(
  { id, connection }: PrinterEntry,
  { clock, hardware }: MakeParts,
): Promise<Result<ByteTransport>> {
  switch (connection.kind) {
    case 'simulated':
      return ok(tcp('127.0.0.1', (await hardware.printer(id)).port, clock));
    case 'tcp':
      return ok(tcp(connection.host, connection.port, clock));
    case 'serial': {
      const { path, baudRate, format } = connection;
      const codes = { refused: 'P105', lost: 'P105' } as const;
      return ok(createSerialTransport({ path, baudRate, format, codes, simulatedBy: null }));
    }
    default:
      return fail('C902', { field: 'connection.kind' });
  }
}

function tcp(host: string, port: number, clock: DriverClock): ByteTransport {
  return createTcpTransport({ host, port }, clock);
}

/** Process ids must not repeat within a day: a restart begins above every number used before it. */
function firstProcessNumberAt(now: number): number {
  return (Math.floor(now / 1000) % 86_400) * 10 + 1;
}
