import type { DriverClock } from '#drivers/contract.ts';
import { PRINTER_FAULT_NAMES, parsePrinterFault } from '#drivers/printer/simulator/fault-name.ts';
import { PUBLISHER_FAULTS, startPublisher } from '#drivers/xfs4iot/simulator/publisher.ts';
import type { StandAloneDevice, Tell } from './stand-alone.ts';
import { paperLines } from './stand-alone-printer.ts';

const LOOK_EVERY_MS = 200;

/** An XFS4IoT publisher with a printer service (HW6). Rejects when the port is taken. */
export async function startStandAlonePublisher(
  port: number,
  clock: DriverClock,
  tell: Tell,
): Promise<StandAloneDevice> {
  const publisher = await startPublisher({ port, clock });
  let told = 0;
  let cancel = () => {};
  const look = () => {
    for (const ticket of publisher.paper()) {
      if (ticket.number <= told || ticket.cut === 'none') continue;
      told = ticket.number;
      for (const line of paperLines(ticket)) tell(line);
    }
    cancel = clock.after(LOOK_EVERY_MS, look);
  };
  look();
  return {
    address: publisher.url,
    faultNames: [...PUBLISHER_FAULTS, ...PRINTER_FAULT_NAMES.map(name => `printer:${name}`)],
    setFault(text) {
      if (text === null) {
        publisher.setFault(null);
        publisher.setPrinterFault(null);
        return true;
      }
      const fault = PUBLISHER_FAULTS.find(name => name === text);
      if (fault !== undefined) publisher.setFault(fault);
      const ofPrinter = /^printer:(.+)$/.exec(text)?.[1];
      const printerFault = ofPrinter === undefined ? null : parsePrinterFault(ofPrinter);
      if (printerFault !== null) publisher.setPrinterFault(printerFault);
      return fault !== undefined || printerFault !== null;
    },
    use: () => false,
    async stop() {
      cancel();
      await publisher.stop();
    },
  };
}
