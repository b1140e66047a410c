import type { DriverClock } from '#drivers/contract.ts';
import type { EscposPrinterDriver } from './escpos-printer.ts';
import { createPrinterDriver } from './printer-driver.ts';
import { type PrinterSettings, STANDARD_SETTINGS } from './settings.ts';
import { createTcpTransport, type TcpPrinterAddress } from './tcp-transport.ts';

/**
 * The driver of a printer in the branch network.
 * @param settings what differs from an Epson-like 80 mm printer
 */
export function createTcpPrinterDriver(
  address: TcpPrinterAddress,
  clock: DriverClock,
  settings: Partial<PrinterSettings> = {},
): EscposPrinterDriver {
  return createPrinterDriver(createTcpTransport(address, clock), clock, {
    ...STANDARD_SETTINGS,
    ...settings,
  });
}
