import type { DriverClock } from '#drivers/contract.ts';
import { createSimulatedReader, READER_FAULTS } from '#drivers/reader/simulator/simulated-reader.ts';
import { type DeviceLine, hangOn } from './device-line.ts';
import type { StandAloneDevice } from './stand-alone.ts';

const FORMAT = { prefix: '', suffix: '\r\n', longestGapMs: 100 } as const;

/** A serial reader: every line typed is held to it. Rejects when the line cannot be had. */
export async function startStandAloneReader(line: DeviceLine, clock: DriverClock): Promise<StandAloneDevice> {
  const reader = createSimulatedReader('stand-alone', FORMAT, clock);
  const end = await hangOn(reader.device, line);
  return {
    address: end.address,
    faultNames: [...READER_FAULTS],
    setFault(text) {
      const fault = READER_FAULTS.find(name => name === text) ?? null;
      if (text !== null && fault === null) return false;
      reader.setFault(fault);
      return true;
    },
    use(text) {
      reader.scan(text);
      return true;
    },
    stop: () => end.close(),
  };
}
