import { createHash, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { DriverClock } from '#drivers/contract.ts';
import type { LinkAddress } from './secure-socket.ts';

/**
 * Finding the host on the branch's network (BR2): a hint only. What is found is an address to try; who answers there
 * is known by its certificate alone. Says nothing about the PC: the names sent are random or hashes.
 */
export interface Discovery {
  /** Says that a link listens on this port; the hint before, if any, is taken back. */
  announce(port: number): void;
  withdraw(): void;
  /** Addresses heard of, newest first. */
  found(): readonly LinkAddress[];
  /** Called when there is a new one. @returns how to stop listening */
  onFound(listener: (address: LinkAddress) => void): () => void;
  stop(): void;
}

/** What is used of a multicast DNS service. */
export interface Mdns {
  publish(service: {
    readonly name: string;
    readonly type: string;
    readonly port: number;
    readonly host: string;
    readonly txt: Record<string, string>;
    readonly probe: boolean;
  }): { stop(): void };
  find(wanted: { readonly type: string }, onUp: (service: MdnsService) => void): { stop(): void };
  destroy(): void;
}

export interface MdnsService {
  readonly name: string;
  readonly port: number;
  readonly addresses?: string[];
  readonly referer?: { readonly address: string };
  readonly txt?: unknown;
}

const TYPE = 'foyer';
const HINT = /^[0-9a-f]{16}$/;
/** Anybody on the network may announce anything: only so many are kept. */
const MAX_FOUND = 16;

/**
 * Starts looking for links of this branch. Nothing is sent or listened to before, so a branch of one PC never speaks.
 * @param openMdns opens the network; `openBonjour` but in tests
 */
export function startDiscovery(branch: string, openMdns: () => Mdns): Discovery {
  const mdns = openMdns();
  const ownName = `foyer-${randomBytes(6).toString('hex')}`;
  const branchHint = createHash('sha256').update(`foyer ${branch}`, 'utf8').digest('hex').slice(0, 16);
  const listeners = new Set<(address: LinkAddress) => void>();
  let found: readonly LinkAddress[] = [];
  let announced: { stop(): void } | null = null;

  const browser = mdns.find({ type: TYPE }, service => {
    if (service.name === ownName || hintOf(service.txt) !== branchHint) return;
    for (const address of addressesOf(service)) {
      const isKnown = found.some(one => one.host === address.host && one.port === address.port);
      if (isKnown) continue;
      found = [address, ...found].slice(0, MAX_FOUND);
      for (const listener of listeners) listener(address);
    }
  });

  const withdraw = () => {
    announced?.stop();
    announced = null;
  };
  return {
    announce(port) {
      withdraw();
      const txt = { branch: branchHint };
      announced = mdns.publish({
        name: ownName,
        type: TYPE,
        port,
        host: `${ownName}.local`,
        txt,
        probe: false,
      });
    },
    withdraw,
    found: () => found,
    onFound(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    stop() {
      listeners.clear();
      withdraw();
      browser.stop();
      mdns.destroy();
    },
  };
}

/** The host of some branch on this network. */
export interface FoundBranch extends LinkAddress {
  /** The same for addresses of the same branch; says nothing about which that is. */
  readonly branchHint: string;
}

/** Whoever announces a branch within `waitMs`; nothing is announced meanwhile. */
export function listBranches(
  openMdns: () => Mdns,
  waitMs: number,
  clock: DriverClock,
): Promise<readonly FoundBranch[]> {
  return new Promise(resolve => {
    const mdns = openMdns();
    const found = new Map<string, FoundBranch>();
    const browser = mdns.find({ type: TYPE }, service => {
      const hint = hintOf(service.txt);
      if (typeof hint !== 'string' || !HINT.test(hint)) return;
      for (const { host, port } of addressesOf(service))
        if (found.size < MAX_FOUND) found.set(`${host} ${port}`, { host, port, branchHint: hint });
    });
    clock.after(waitMs, () => {
      browser.stop();
      mdns.destroy();
      resolve([...found.values()]);
    });
  });
}

/**
 * The real multicast DNS, loaded only when it is wanted.
 * @param onError told when the network refuses it; the configured address still works
 */
export async function loadBonjour(onError: (error: unknown) => void): Promise<() => Mdns> {
  const { default: Bonjour } = await import('bonjour-service');
  return () => {
    const bonjour = new Bonjour({}, onError);
    return {
      publish(service) {
        const published = bonjour.publish(service);
        return { stop: () => void published.stop?.() };
      },
      find(wanted, onUp) {
        const browser = bonjour.find(wanted, onUp);
        return { stop: () => browser.stop() };
      },
      destroy: () => bonjour.destroy(),
    };
  };
}

function hintOf(txt: unknown): unknown {
  return typeof txt === 'object' && txt !== null ? (txt as Record<string, unknown>).branch : undefined;
}

/** Only plain IPv4 and IPv6 addresses that another PC can reach, and the one the answer came from. */
function addressesOf({ port, addresses = [], referer }: MdnsService): LinkAddress[] {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return [];
  const hosts = new Set(referer === undefined ? addresses : [referer.address, ...addresses]);
  return [...hosts]
    .filter(host => isIP(host) !== 0 && !host.toLowerCase().startsWith('fe80:'))
    .slice(0, 4)
    .map(host => ({ host, port }));
}
