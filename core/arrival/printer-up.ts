import type { BranchState } from '../branch/state.ts';

/** Is some printer able to print now? Customers are told before they look for paper (TK4). */
export function isPrinterUp(state: BranchState): boolean {
  for (const device of state.devices.values())
    if (device.kind === 'printer' && (device.health.status === 'ready' || device.health.status === 'warning'))
      return true;
  return false;
}
