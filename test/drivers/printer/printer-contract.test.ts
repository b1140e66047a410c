import { startPrinterSimulator } from '#drivers/printer/simulator/printer-simulator.ts';
import { createTcpPrinterDriver } from '#drivers/printer/tcp-printer-driver.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { describePrinterContract } from '../../contract/printer.contract.ts';
import { QUICK_TIMINGS } from './set-up.ts';

describePrinterContract('the simulator', async () => {
  const simulator = await startPrinterSimulator({ port: 0, clock: REAL_CLOCK });
  const address = { host: '127.0.0.1', port: simulator.port };
  const driver = createTcpPrinterDriver(address, REAL_CLOCK, { timings: QUICK_TIMINGS });
  const tearDown = async () => {
    await driver.stop();
    await simulator.stop();
  };
  return { driver, tearDown };
});

/** `DEVICE=tcp://192.0.2.10:9100` runs the same suite on a real printer in working order; it uses paper. */
const device = process.env.DEVICE;
if (device?.startsWith('tcp://')) {
  const { hostname: host, port } = new URL(device);
  describePrinterContract(device, async () => {
    const driver = createTcpPrinterDriver({ host, port: Number(port || 9100) }, REAL_CLOCK);
    return { driver, tearDown: () => driver.stop() };
  });
}
