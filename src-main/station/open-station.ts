import { readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { StationId } from '#core/replication/log.ts';
import { Id } from '#core/wire/fields.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { type AuthorityParts, makeAuthority, openAuthority } from '../link/authority.ts';
import { type AuthorityHolder, createAuthorityHolder } from '../link/authority-holder.ts';
import type { Discovery } from '../link/discovery.ts';
import { type KeyStore, privateFile } from '../link/key-store.ts';
import type { LinkLimits } from '../link/link-limits.ts';
import { pairWithHost } from '../link/pair-with-host.ts';
import { createPairing, type Pairing } from '../link/pairing.ts';
import type { LinkAddress } from '../link/secure-socket.ts';
import { makeHostIdentity, openIdentity, type StationIdentity } from '../link/station-identity.ts';
import { type LinkNetwork, openLinkNetwork } from './link-network.ts';
import type { StationSettings } from './station-settings.ts';

/** Real things the links of this PC use. */
export interface OpenStationParts {
  readonly dataFolder: string;
  readonly settings: StationSettings;
  /** The branch this PC begins; another PC's branch is in the certificate it was paired with. */
  readonly branch: string;
  readonly keyStore: KeyStore;
  readonly program: string;
  readonly clock: DriverClock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: () => number;
  readonly limits?: LinkLimits;
  /** Tests play older and newer programs with it. */
  readonly protocol?: number;
}

/** Who this PC is in its branch. */
export interface StationKeys {
  readonly identity: StationIdentity;
  /** The branch's authority: the host acts by it, and gives it to its standby. */
  readonly holder: AuthorityHolder;
  readonly pairing: Pairing;
  /** For the authority a standby gets from its host. */
  readonly authorityParts: AuthorityParts;
}

/** Where keys and certificates of this PC lie in its data folder. */
export function stationFiles(dataFolder: string) {
  return {
    identity: privateFile(join(dataFolder, 'station-identity.json')),
    authority: privateFile(join(dataFolder, 'branch-authority.json')),
    peers: join(dataFolder, 'station-peers.json'),
  };
}

/**
 * The keys of this PC; the branch's first PC makes its authority and its own certificate.
 * Failures: `C922` it was never paired; `U526` its keys cannot be read; `D404`, `M601`.
 */
export async function openStationKeys(parts: OpenStationParts): Promise<Result<StationKeys>> {
  const { settings, keyStore, now, clock } = parts;
  const files = stationFiles(parts.dataFolder);
  const identityParts = { file: files.identity, keyStore };
  const known = openIdentity(identityParts);
  if (!known.ok) return known;
  if (known.value === null && settings.host !== null) return fail('C922');
  const branch = known.value?.branch ?? parts.branch;
  const authorityParts: AuthorityParts = { branch, file: files.authority, keyStore, now };
  const opened = openAuthority(authorityParts);
  if (!opened.ok) return opened;
  let authority = opened.value;
  let identity = known.value;
  if (authority === null && settings.host === null) {
    const made = await makeAuthority(authorityParts);
    if (!made.ok) return made;
    authority = made.value;
  }
  if (identity === null) {
    if (authority === null) return fail('C922');
    const made = await makeHostIdentity(identityParts, authority, settings.stationId);
    if (!made.ok) return made;
    identity = made.value;
  }
  if (identity.station !== settings.stationId) return fail('C921', { field: 'stationId' });
  const holder = createAuthorityHolder(authority);
  return ok({ identity, holder, pairing: createPairing({ holder, identity, clock }), authorityParts });
}

/**
 * BR2: pairs this PC with the host its settings name, by the code shown there.
 * Failures: those of `pairWithHost`; `C921` the settings name no host.
 * @returns the name this PC has now: another than its settings say where it takes another PC's place
 */
export async function pairThisPc(
  parts: Pick<OpenStationParts, 'dataFolder' | 'settings' | 'keyStore' | 'clock' | 'now'>,
  typedCode: string,
  connectWaitMs?: number,
): Promise<Result<{ readonly station: StationId; readonly branch: string }>> {
  const { settings, keyStore, clock, now } = parts;
  if (settings.host === null) return fail('C921', { field: 'host' });
  const address = { host: settings.host.address, port: settings.host.port };
  const paired = await pairWithHost(
    { address, station: settings.stationId, typedCode, ...(connectWaitMs ? { connectWaitMs } : {}) },
    { file: stationFiles(parts.dataFolder).identity, keyStore, clock, now },
  );
  return paired.ok ? ok({ station: paired.value.station, branch: paired.value.branch }) : paired;
}

/** Opens the links of this PC. `printers` and `standby` are asked when they are needed. */
export function openStationNetwork(
  parts: OpenStationParts,
  { identity, holder, pairing }: StationKeys,
  asked: {
    readonly printers: () => number;
    readonly name: () => string;
    readonly readsLog: () => boolean;
    readonly standby: () => StationId | null;
    /** Whoever decides now. */
    readonly host: () => StationId | null;
    readonly discovery: Discovery | null;
  },
): Promise<Result<LinkNetwork>> {
  const { settings, program, clock, now, random, limits } = parts;
  const { listen, host } = settings;
  const files = stationFiles(parts.dataFolder);
  return openLinkNetwork({
    ...{ identity, holder, pairing, clock, now, random, programVersion: program },
    ...(limits ? { limits } : {}),
    ...(parts.protocol === undefined ? {} : { protocol: parts.protocol }),
    listen: listen && { port: listen.port, ...(listen.address ? { host: listen.address } : {}) },
    hostAddress: host && { host: host.address, port: host.port },
    discovery: asked.discovery,
    peers: readPeers(files.peers),
    onPeers: peers => writePeers(files.peers, peers),
    about: port => ({
      name: asked.name(),
      readsLog: asked.readsLog(),
      roles: [...settings.roles],
      program,
      printers: asked.printers(),
      certificateUntil: identity.notAfterMs(),
      listens: port === null ? [] : ownAddresses(listen?.address).map(address => ({ host: address, port })),
    }),
    mayHoldAuthority: station => asked.host() === identity.station && asked.standby() === station,
    isFellowHolder: station =>
      asked.host() === station || (asked.host() === identity.station && asked.standby() === station),
  });
}

/** By which addresses others may try to reach this PC. */
export function ownAddresses(configured: string | undefined): string[] {
  if (configured !== undefined) return [configured];
  const found = Object.values(networkInterfaces()).flatMap(list => list ?? []);
  const outside = found.filter(({ internal, family }) => !internal && family === 'IPv4');
  return outside.length > 0 ? outside.slice(0, 8).map(({ address }) => address) : ['127.0.0.1'];
}

const Peers = z
  .array(
    z.strictObject({
      station: Id,
      addresses: z.array(z.strictObject({ host: z.string().max(253), port: z.int() })).max(8),
    }),
  )
  .max(100);
type PeerBook = ReadonlyMap<StationId, readonly LinkAddress[]>;

/** Hints only: without them the configured address is tried. */
function readPeers(path: string): PeerBook {
  try {
    return new Map(
      Peers.parse(JSON.parse(readFileSync(path, 'utf8'))).map(peer => [peer.station, peer.addresses]),
    );
  } catch {
    return new Map();
  }
}

function writePeers(path: string, peers: PeerBook): void {
  try {
    writeFileSync(path, JSON.stringify([...peers].map(([station, addresses]) => ({ station, addresses }))));
  } catch {
    // Learned again at the next connection.
  }
}
