import type { DriverClock } from '#drivers/contract.ts';
import { REAL_CLOCK } from '../devices/real-clock.ts';
import {
  type Discovery,
  type FoundBranch,
  listBranches,
  loadBonjour,
  type Mdns,
  startDiscovery,
} from '../link/discovery.ts';
import type { StationSettings } from './station-settings.ts';

/** Finding each other on the branch's network (BR2): a hint, and never needed. */
export interface Nearby {
  /** Null: it is switched off, or the network refuses. */
  readonly discovery: Discovery | null;
  /** The host says where it listens; nobody else does. */
  announceIf(isHost: boolean, port: number | null): void;
  stop(): void;
}

/** @param openMdns the network; the real one by default */
export async function findNearby(
  { settings }: { readonly settings: Pick<StationSettings, 'discovery'> },
  branch: string,
  openMdns?: () => Mdns,
): Promise<Nearby> {
  const discovery = settings.discovery ? await open(branch, openMdns) : null;
  let announced: number | null = null;
  return {
    discovery,
    announceIf(isHost, port) {
      const wanted = isHost ? port : null;
      if (wanted === announced) return;
      announced = wanted;
      if (wanted === null) discovery?.withdraw();
      else discovery?.announce(wanted);
    },
    stop: () => discovery?.stop(),
  };
}

async function open(branch: string, openMdns?: () => Mdns): Promise<Discovery | null> {
  try {
    // Where multicast is refused the configured address still works.
    return startDiscovery(branch, openMdns ?? (await loadBonjour(() => {})));
  } catch {
    return null;
  }
}

/**
 * BR2: hosts of branches that announce themselves on this network now, for a PC that is about to join one. Nothing is
 * known about them but their addresses: which is the right one, the code shown there decides. Empty where the network
 * refuses.
 * @param waitMs how long answers are collected
 */
export async function findBranches(
  waitMs: number,
  parts: { readonly openMdns?: () => Mdns; readonly clock?: DriverClock } = {},
): Promise<readonly FoundBranch[]> {
  try {
    return await listBranches(
      parts.openMdns ?? (await loadBonjour(() => {})),
      waitMs,
      parts.clock ?? REAL_CLOCK,
    );
  } catch {
    return [];
  }
}
