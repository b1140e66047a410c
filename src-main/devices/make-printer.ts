import type { PrinterCapabilities, PrinterEntry } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { createByteLog, tapTransport } from '#drivers/byte-log.ts';
import type { ByteTransport, DriverClock, PrintNews } from '#drivers/contract.ts';
import type { EscposPrinterDriver } from '#drivers/printer/escpos-printer.ts';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { type PrinterSettings, STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import { createSpoolerTransport, type RawSpooler } from '#drivers/printer/spooler-transport.ts';
import { createTcpTransport } from '#drivers/printer/tcp-transport.ts';
import { createUsbLpTransport } from '#drivers/printer/usb-lp-transport.ts';
import { openWindowsSpooler } from '#drivers/printer/windows-spooler.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import { createXfsPrinterTransport } from '#drivers/xfs4iot/xfs-printer-transport.ts';
import { createDrawLine } from './draw-line.ts';
import type { MakeParts, SetUpDevice } from './made-device.ts';
import { testPrinter } from './printer-self-test.ts';
import type { NamedPrinter } from './printers.ts';
import { readTicketLogo } from './ticket-logo.ts';

/** Settings copied from a Windows PC: that printer is away, the other devices work. */
const NO_SPOOLER: RawSpooler = {
  find: async () => fail('P105'),
  printRaw: async () => fail('P105'),
  list: async () => fail('P105'),
};

/** What people see in the spooler's window. */
const DOCUMENT_NAME = 'Foyer';
const DOTS_PER_COLUMN = 12;

export interface MadePrinter {
  readonly printer: NamedPrinter;
  readonly device: SetUpDevice;
  /** What tickets and tests taught about the model, to be kept in the settings for the next start. */
  onLearned(listener: (learned: Partial<PrinterCapabilities>) => void): void;
}

/**
 * @returns the printer, its side for the set-up screen and what is learned of it; C902 for a connection this program
 * does not have
 */
export async function makePrinter(entry: PrinterEntry, parts: MakeParts): Promise<Result<MadePrinter>> {
  const { clock } = parts;
  const { id, connection } = entry;
  const transport = await makeTransport(entry, parts);
  if (!transport.ok) return transport;
  const log = createByteLog(clock);
  const settings = await settingsOf(entry, parts);
  const driver = createPrinterDriver(tapTransport(transport.value, log), clock, settings);
  return ok({
    printer: { id, driver },
    device: {
      id,
      kind: 'printer',
      counterId: null,
      simulated: connection.kind === 'simulated',
      log,
      selfTest: selfTestOf(driver, settings, clock),
    },
    onLearned: listener => driver.onLearned(listener),
  });
}

/** One test at a time: whoever asks during one gets the same steps. */
function selfTestOf(
  driver: EscposPrinterDriver,
  { answers, format }: PrinterSettings,
  clock: DriverClock,
): SetUpDevice['selfTest'] {
  const listeners = new Set<(news: PrintNews) => void>();
  driver.onPrintNews(news => {
    for (const listener of [...listeners]) listener(news);
  });
  const onNews = (listener: (news: PrintNews) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  let tests = 0;
  let running: ReturnType<SetUpDevice['selfTest']> | null = null;
  return () => {
    if (running === null) {
      tests += 1;
      const jobId = `self-test-${tests}`;
      running = testPrinter({ driver, clock, columns: format.columns, jobId, onNews, answers });
      void running.then(() => {
        running = null;
      });
    }
    return running;
  };
}

async function settingsOf(
  { connection, capabilities }: PrinterEntry,
  { dataFolder }: MakeParts,
): Promise<PrinterSettings> {
  const { columns, chineseSize, qr, pictures, cut, confirmation } = capabilities;
  const answers = capabilities.answers && connection.kind !== 'spooler';
  const { timings } = STANDARD_SETTINGS;
  return {
    format: { columns, chineseSize, qr, pictures, cut },
    pictures: {
      drawLine: await createDrawLine(),
      logo: await readTicketLogo(dataFolder, columns * DOTS_PER_COLUMN),
    },
    answers,
    confirmation: answers ? confirmation : 'sent',
    firstProcessNumber: firstProcessNumberAt(Date.now()),
    // No fault can show where nothing comes back: no use in waiting for one.
    timings: answers ? timings : { ...timings, settleMs: 0 },
  };
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
    case 'usb-lp':
      return ok(createUsbLpTransport(connection.path, clock));
    case 'spooler': {
      const spooler = await openWindowsSpooler();
      return ok(
        createSpoolerTransport(connection.printer, DOCUMENT_NAME, spooler.ok ? spooler.value : NO_SPOOLER),
      );
    }
    case 'xfs4iot':
      return ok(createXfsPrinterTransport(connection, clock));
  }
}

function tcp(host: string, port: number, clock: DriverClock): ByteTransport {
  return createTcpTransport({ host, port }, clock);
}

/** Process ids must not repeat within a day: a restart begins above every number used before it. */
function firstProcessNumberAt(now: number): number {
  return (Math.floor(now / 1000) % 86_400) * 10 + 1;
}
