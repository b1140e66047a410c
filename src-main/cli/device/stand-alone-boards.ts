import type { DriverClock } from '#drivers/contract.ts';
import {
  type BoardFault,
  createLedSimulator,
  type LedSimulator,
} from '#drivers/led/simulator/led-simulator.ts';
import { serveOnTcp } from '#drivers/serve-on-tcp.ts';
import type { StandAloneDevice, Tell } from './stand-alone.ts';

const BOARD_FAULTS: readonly BoardFault[] = ['dead', 'silent', 'busy', 'spoilt', 'split', 'late'];

/** Where the boards hang: a TCP port of this machine, or a serial line such as one end of a pseudo-terminal pair. */
export type Line =
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'serial'; readonly path: string; readonly baudRate: number };

/** A bus of Onbon boards that tells what each of them shows. Rejects when the line cannot be had. */
export async function startStandAloneBoards(
  line: Line,
  addresses: readonly number[],
  clock: DriverClock,
  tell: Tell,
): Promise<StandAloneDevice> {
  const simulator = createLedSimulator({ addresses, clock });
  const end = await attach(simulator, line);
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
  return {
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
  };
}

async function attach(
  simulator: LedSimulator,
  line: Line,
): Promise<{ readonly address: string; close(): Promise<void> }> {
  if (line.kind === 'serial') {
    const { close } = await simulator.attachToSerialPort(line.path, line.baudRate);
    return { address: line.path, close };
  }
  const served = await serveOnTcp(simulator, line.port);
  return { address: `127.0.0.1:${served.port}`, close: served.close };
}
