import type { SelfServiceMachine } from '../branch/bank-arrival.ts';
import type { Business } from '../branch/bank-document.ts';
import type { ConfiguredState } from '../branch/decision.ts';

/** A machine that can do a business now, free ones first (TK1). */
export interface SelfServiceOffer {
  readonly machine: SelfServiceMachine;
  readonly state: 'free' | 'busy';
  readonly minutes: number;
}

/** TK1: the machine to offer first for a business; null when it has none, or none is up. */
export function selfServiceOffer(state: ConfiguredState, business: Business): SelfServiceOffer | null {
  const { selfService } = business;
  if (selfService === null) return null;
  let busy: SelfServiceOffer | null = null;
  for (const machine of state.document.arrival.selfServiceMachines) {
    if (!selfService.machineIds.includes(machine.id)) continue;
    const machineState = state.selfService.get(machine.id)?.state ?? 'free';
    if (machineState === 'down') continue;
    const offer = { machine, state: machineState, minutes: selfService.minutes };
    if (machineState === 'free') return offer;
    busy ??= offer;
  }
  return busy;
}
