import type { LedProtocolEntry } from '#core/wire/device-settings.ts';
import { type Failure, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { createBoardSimulator } from '#drivers/led/led-families.ts';
import type { BoardFault } from '#drivers/led/simulator/led-simulator.ts';
import { type DeviceLine, hangOn } from './device-line.ts';
import type { StandAloneDevice, Tell } from './stand-alone.ts';

const BOARD_FAULTS: readonly BoardFault[] = ['dead', 'silent', 'busy', 'spoilt', 'split', 'late'];

/** How a protocol is written at the command line: `onbon-5k6k`, `alpha`, `modbus-dm36`, or a template's id. */
export function protocolNamed(name: string): LedProtocolEntry {
  if (name === 'onbon-5k6k') return { kind: 'onbon-5k6k' };
  if (name === 'alpha') return { kind: 'alpha', answers: true };
  const map = (['dm36', 'dm56', 'armfly', 'embedded-art'] as const).find(known => name === `modbus-${known}`);
  return map === undefined ? { kind: 'template', templateId: name } : { kind: 'modbus', map };
}

/**
 * A bus of boards that tells what each of them shows. Rejects when the line cannot be had.
 * @returns L208 for a protocol that is not there
 */
export async function startStandAloneBoards(
  protocol: LedProtocolEntry,
  line: DeviceLine,
  addresses: readonly number[],
  clock: DriverClock,
  tell: Tell,
): Promise<Result<StandAloneDevice, Failure>> {
  const made = createBoardSimulator(protocol, addresses, clock);
  if (!made.ok) return made;
  const simulator = made.value;
  const end = await hangOn(simulator, line);
  const shown = new Map<number, string>();
  simulator.onChange(() => {
    for (const { address, areas, lit } of simulator.boards()) {
      const text = lit ? areas.map(area => area.text).join(' | ') : '';
      if ((shown.get(address) ?? '') === text) continue;
      shown.set(address, text);
      tell(`${address}: ${text}`);
    }
  });
  const faults = new Map<number, BoardFault>();
  const setFault = (address: number, fault: BoardFault | null) => {
    const before = faults.get(address);
    if (before) simulator.setFault(address, before, false);
    faults.delete(address);
    if (fault === null) return;
    simulator.setFault(address, fault, true);
    faults.set(address, fault);
  };
  return ok({
    address: end.address,
    faultNames: BOARD_FAULTS.map(fault => `${fault}[@address]`),
    setFault(text) {
      const [name = '', at, more] = (text ?? '').split('@');
      const fault = BOARD_FAULTS.find(known => known === name) ?? null;
      const meant = at === undefined ? addresses : addresses.filter(address => String(address) === at);
      if ((text !== null && fault === null) || meant.length === 0 || more !== undefined) return false;
      for (const address of meant) setFault(address, fault);
      return true;
    },
    use: () => false,
    async stop() {
      simulator.stop();
      await end.close();
    },
  });
}
