import type { Meaning } from '../../kit/signs.tsx';
import type { Hardware } from './HardwarePage.tsx';

export type DeviceState = Hardware['devices'][number];

const MEANINGS = { ready: 'well', warning: 'soon', down: 'broken', absent: 'broken' } as const;
const ORDER: readonly Meaning[] = ['well', 'waiting', 'soon', 'broken'];

/** The sign of a device's state; one that was never heard of is waited for. */
export function meaningOf(device: DeviceState | undefined): Meaning {
  return device?.health ? MEANINGS[device.health.status] : 'waiting';
}

/** The worst sign among several. */
export function worstOf(meanings: readonly Meaning[]): Meaning {
  return meanings.reduce((worst, one) => (ORDER.indexOf(one) > ORDER.indexOf(worst) ? one : worst), 'well');
}
