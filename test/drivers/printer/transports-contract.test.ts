import { SerialPortMock } from 'serialport';
import { ok } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import { SimulatedPrinter } from '#drivers/printer/simulator/simulated-printer.ts';
import { createSpoolerTransport, type RawSpooler } from '#drivers/printer/spooler-transport.ts';
import { createUsbLpTransport, type UsbLpFile } from '#drivers/printer/usb-lp-transport.ts';
import { createSerialTransport, type MockPort, type MockPorts } from '#drivers/serial-transport.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { describePrinterContract } from '../../contract/printer.contract.ts';

/** The contract over every way to a printer but TCP, with the simulated printer at the other end. */

const ports = SerialPortMock.binding as unknown as MockPorts;
let portCount = 0;

/** Ports whose other end is the simulated printer. */
function portsTo(printer: SimulatedPrinter): MockPorts {
  return {
    createPort: path => ports.createPort(path),
    async open(options) {
      const port = await ports.open(options);
      const { write } = port;
      printer.onAnswer(bytes => {
        if (port.isOpen) port.emitData(Buffer.from(bytes));
      });
      const tapped: MockPort['write'] = async bytes => {
        await write.call(port, bytes);
        printer.receive(bytes);
      };
      port.write = tapped;
      return port;
    },
  };
}

describePrinterContract('a serial line', async () => {
  const printer = new SimulatedPrinter({ clock: REAL_CLOCK });
  portCount += 1;
  const path = `simulated/printer-${portCount}`;
  ports.createPort(path);
  const codes = { refused: 'P105', lost: 'P105' } as const;
  const transport = createSerialTransport({ path, baudRate: 115_200, codes, simulatedBy: portsTo(printer) });
  const driver = createPrinterDriver(transport, REAL_CLOCK, STANDARD_SETTINGS);
  return { driver, tearDown: () => driver.stop() };
});

/** A device file whose other end is the simulated printer. */
function fileTo(printer: SimulatedPrinter): UsbLpFile {
  let answers: number[] = [];
  printer.onAnswer(bytes => answers.push(...bytes));
  const read = async (buffer: Uint8Array) => {
    if (answers.length === 0) throw Object.assign(new Error('nothing to read'), { code: 'EAGAIN' });
    // Short reads, as the kernel's.
    const bytes = answers.slice(0, 3);
    answers = answers.slice(3);
    buffer.set(bytes);
    return { bytesRead: bytes.length, buffer };
  };
  const write = async (bytes: Uint8Array) => {
    const taken = bytes.subarray(0, 64);
    printer.receive(taken);
    return { bytesWritten: taken.length, buffer: bytes };
  };
  return { read, write, close: async () => {} } as unknown as UsbLpFile;
}

describePrinterContract('a USB device file', async () => {
  const printer = new SimulatedPrinter({ clock: REAL_CLOCK });
  const clock: DriverClock = REAL_CLOCK;
  const transport = createUsbLpTransport('/dev/usb/lp0', clock, async () => fileTo(printer));
  const driver = createPrinterDriver(transport, clock, STANDARD_SETTINGS);
  return { driver, tearDown: () => driver.stop() };
});

describePrinterContract('the Windows spooler', async () => {
  const printer = new SimulatedPrinter({ clock: REAL_CLOCK });
  const spooler: RawSpooler = {
    find: async () => ok(undefined),
    list: async () => ok(['取号机']),
    async printRaw(_printer, _name, bytes) {
      printer.receive(bytes);
      return ok(undefined);
    },
  };
  const driver = createPrinterDriver(createSpoolerTransport('取号机', 'Foyer', spooler), REAL_CLOCK, {
    ...STANDARD_SETTINGS,
    answers: false,
    confirmation: 'sent',
    timings: { ...STANDARD_SETTINGS.timings, settleMs: 0 },
  });
  return { driver, tearDown: () => driver.stop() };
});
