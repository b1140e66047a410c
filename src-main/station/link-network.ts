import type { StationId } from '#core/replication/log.ts';
import type { LinkMessage } from '#core/wire/link-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { Authority, AuthorityParts } from '../link/authority.ts';
import type { AuthorityLink } from '../link/authority-exchange.ts';
import type { AuthorityHolder } from '../link/authority-holder.ts';
import type { Discovery } from '../link/discovery.ts';
import { createLinkClient, type LinkClient } from '../link/link-client.ts';
import type { LinkConnection, UnfitProgram } from '../link/link-connection.ts';
import { type BackOff, LINK_LIMITS, type LinkLimits } from '../link/link-limits.ts';
import { type LinkServer, startLinkServer } from '../link/link-server.ts';
import type { Pairing } from '../link/pairing.ts';
import type { LinkAddress } from '../link/secure-socket.ts';
import type { StationIdentity } from '../link/station-identity.ts';
import type { SafeWord, StationMessage, StationNetwork } from './station-network.ts';

/** What a station says about itself and about whom it knows, when it connects and when that changes. */
export type AboutStation = Extract<LinkMessage, { kind: 'about' }>;
/** Every message of the link that is not about the log itself. */
export type OtherMessage = Exclude<
  LinkMessage,
  { kind: 'replication' | 'safe' | 'about' | 'authority' | 'bye' }
>;

export interface LinkNetworkParts {
  readonly identity: StationIdentity;
  readonly holder: AuthorityHolder;
  readonly pairing: Pairing;
  /** Null: nobody can connect to this PC, so it can never be the host. */
  readonly listen: { readonly port: number; readonly host?: string } | null;
  /** Where the host was when this PC was set up. */
  readonly hostAddress: LinkAddress | null;
  /** Hints where the host may be, tried where the configured address leads to nobody; null: none are wanted. */
  readonly discovery?: Discovery | null;
  /** Remembered from earlier: where stations listen. */
  readonly peers: ReadonlyMap<StationId, readonly LinkAddress[]>;
  /** A station listens somewhere else, or was not known: to be remembered. */
  readonly onPeers: (peers: ReadonlyMap<StationId, readonly LinkAddress[]>) => void;
  /** What this station says about itself, but for its peers. */
  readonly about: (port: number | null) => Omit<AboutStation, 'kind' | 'peers'>;
  readonly mayHoldAuthority: (station: StationId) => boolean;
  /** See `AuthorityExchangeParts`. */
  readonly isFellowHolder?: (station: StationId) => boolean;
  /** Tests play older and newer programs with it. */
  readonly protocol?: number;
  readonly programVersion: string;
  readonly clock: DriverClock;
  readonly now: () => number;
  readonly random: () => number;
  readonly limits?: LinkLimits;
}

/** The links of this PC to all others of the branch, whichever side opened them. */
export interface LinkNetwork extends StationNetwork {
  /** Where this PC listens; null: it does not. */
  readonly port: number | null;
  connectionTo(station: StationId): LinkConnection | null;
  /** False: not connected, or it reads too slowly. */
  tell(station: StationId, message: OtherMessage): boolean;
  onOther(listener: (connection: LinkConnection, message: OtherMessage) => void): void;
  /** Somebody has connected, or is gone, or has said something about itself. */
  onChange(listener: () => void): void;
  /** What a connected station said last. */
  aboutOf(station: StationId): AboutStation | null;
  /** What people called a station when it was connected last; empty: not known. */
  nameOf(station: StationId): string;
  /** Stations whose programs cannot work with this one (`U515`). */
  unfit(): ReadonlyMap<StationId, UnfitProgram>;
  /** Asks a connected station for the branch's authority; see `AuthorityLink`. `U528` it is not connected. */
  askForAuthority(station: StationId, parts: AuthorityParts): Promise<Result<Authority>>;
  /** Says anew what this station says about itself. */
  sayAbout(): void;
  stop(): Promise<void>;
}

/** A branch's PCs are few and near: trying often costs nothing and a take-over is noticed soon. */
const BACK_OFF: BackOff = { baseMs: 250, maxMs: 2_000, slowMs: 10_000, goodAfterMs: 5_000 };
const LOOK_EVERY_MS = 1_000;
/** More PCs than a branch has: whoever speaks of more is not believed. */
const MAX_PEERS = 100;
/** `dialled` under no station's name: the configured address, and what discovery has found. */
const CONFIGURED = '';
const FOUND = '?';

/**
 * Opens the links: listens where this PC is to listen, and dials everybody who listens and is not connected.
 * Failure: `C906` the port cannot be opened.
 */
export async function openLinkNetwork(parts: LinkNetworkParts): Promise<Result<LinkNetwork>> {
  const { identity, clock, limits = LINK_LIMITS } = parts;
  const own = identity.station;
  /** Both sides may have dialled: the newest of them is used until one is hung up. */
  const connections = new Map<StationId, readonly LinkConnection[]>();
  const abouts = new Map<StationId, AboutStation>();
  const names = new Map<StationId, string>();
  const unfit = new Map<StationId, UnfitProgram>();
  const authorityLinks = new WeakMap<LinkConnection, AuthorityLink>();
  const peers = new Map(parts.peers);
  const connectionTo = (station: StationId) => connections.get(station)?.at(-1) ?? null;
  /** By station, or `''` for the configured address, whoever answers there. */
  const dialled = new Map<StationId, LinkClient>();
  const clients = new Map<StationId, LinkClient>();
  const changeListeners: (() => void)[] = [];
  let messageListener: (from: StationId, message: StationMessage) => void = () => {};
  let safeListener: (from: StationId, word: SafeWord) => void = () => {};
  const otherListeners: ((connection: LinkConnection, message: OtherMessage) => void)[] = [];
  let stopped = false;
  let cancelLook = () => {};
  let server: LinkServer | null = null;

  const changed = () => {
    for (const listener of changeListeners) listener();
  };

  const aboutNow = (): AboutStation => ({
    kind: 'about',
    ...parts.about(server?.port ?? null),
    peers: [...peers].map(([station, addresses]) => ({ station, addresses: [...addresses] })),
  });

  const learn = (station: StationId, addresses: readonly LinkAddress[], firstHand: boolean): boolean => {
    if (station === own || addresses.length === 0) return false;
    const known = peers.get(station);
    if (known && (!firstHand || JSON.stringify(known) === JSON.stringify(addresses))) return false;
    if (!known && peers.size >= MAX_PEERS) return false;
    peers.set(station, addresses);
    return true;
  };

  const takeAbout = (station: StationId, about: AboutStation) => {
    abouts.set(station, about);
    names.set(station, about.name);
    let isNew = learn(station, about.listens, true);
    for (const peer of about.peers) isNew = learn(peer.station, peer.addresses, false) || isNew;
    if (isNew) {
      parts.onPeers(peers);
      look();
    }
    changed();
  };

  const onUnfit = (other: UnfitProgram) => {
    unfit.set(other.station, other);
    changed();
  };

  const use = (connection: LinkConnection, authority: AuthorityLink) => {
    const { station } = connection;
    if (stopped) return connection.close();
    authorityLinks.set(connection, authority);
    unfit.delete(station);
    connections.set(station, [...(connections.get(station) ?? []), connection]);
    dropDouble(station);
    connection.send(aboutNow());
    connection.onMessage(message => {
      if (stopped) return;
      if (message.kind === 'replication') messageListener(station, message.message as StationMessage);
      else if (message.kind === 'safe') safeListener(station, safeWordOf(message));
      else if (message.kind === 'about') takeAbout(station, message);
      else for (const listener of otherListeners) listener(connection, message);
    });
    connection.onClose(() => {
      const others = (connections.get(station) ?? []).filter(one => one !== connection);
      if (others.length > 0) connections.set(station, others);
      else {
        connections.delete(station);
        abouts.delete(station);
      }
      changed();
    });
    changed();
  };

  /** Where both dialled, the one whose name comes later hangs up: so never both do. */
  const dropDouble = (station: StationId) => {
    if ((connections.get(station)?.length ?? 0) < 2 || own < station) return;
    for (const [key, client] of dialled) if (clients.get(station) === client) hangUp(key);
  };

  /** Dials until somebody is there; a station that is connected otherwise is left alone. */
  const dial = (key: StationId, addresses: () => readonly LinkAddress[]) => {
    let turn = 0;
    const client = createLinkClient({
      address: () => {
        const list = addresses();
        return list[turn++ % Math.max(1, list.length)] ?? null;
      },
      identity,
      holder: parts.holder,
      mayHoldAuthority: parts.mayHoldAuthority,
      ...(parts.isFellowHolder ? { isFellowHolder: parts.isFellowHolder } : {}),
      ...(parts.protocol === undefined ? {} : { protocol: parts.protocol }),
      onUnfit,
      peer: isAnonymous(key) ? null : key,
      ...{ programVersion: parts.programVersion, clock, now: parts.now, random: parts.random },
      ...{ limits, backOff: BACK_OFF },
    });
    dialled.set(key, client);
    let lastUsed: LinkConnection | null = null;
    client.onState(state => {
      if (state.kind !== 'connected' || state.connection === lastUsed) return;
      lastUsed = state.connection;
      const { station } = state.connection;
      // The configured address, a found one and the learned one lead to the same PC: one link is enough.
      const used = [station, CONFIGURED, FOUND].find(one => {
        const other = one === key ? undefined : dialled.get(one);
        return other !== undefined && clients.get(station) === other && other.state().kind === 'connected';
      });
      if (isAnonymous(key) && used !== undefined) return hangUp(key);
      if (isAnonymous(key)) hangUp(station);
      else if (used !== undefined) hangUp(used);
      clients.set(station, client);
      use(state.connection, state.authority);
    });
  };

  const hangUp = (key: StationId) => {
    const client = dialled.get(key);
    dialled.delete(key);
    queueMicrotask(() => client?.stop());
  };

  const look = () => {
    if (stopped) return;
    for (const [station, addresses] of peers)
      if (!connections.has(station) && !dialled.has(station))
        dial(station, () => peers.get(station) ?? addresses);
    const { hostAddress } = parts;
    const isAlone = connections.size === 0;
    if (hostAddress !== null && !dialled.has(CONFIGURED) && isAlone) dial(CONFIGURED, () => [hostAddress]);
    // Apart from the configured one, so that whoever announces nonsense keeps nobody from it.
    const found = () => parts.discovery?.found() ?? [];
    if (isAlone && !dialled.has(FOUND) && found().length > 0) dial(FOUND, found);
    if (!isAlone && dialled.get(FOUND)?.state().kind === 'waiting') hangUp(FOUND);
  };

  const tick = () => {
    cancelLook = clock.after(LOOK_EVERY_MS, tick);
    look();
  };

  if (parts.listen !== null) {
    const started = await startLinkServer({
      ...parts.listen,
      ...{ identity, holder: parts.holder, pairing: parts.pairing, onUnfit },
      ...{ programVersion: parts.programVersion, clock, now: parts.now, limits },
      onStation: use,
      mayHoldAuthority: parts.mayHoldAuthority,
      ...(parts.isFellowHolder ? { isFellowHolder: parts.isFellowHolder } : {}),
      ...(parts.protocol === undefined ? {} : { protocol: parts.protocol }),
    });
    if (!started.ok) return started;
    server = started.value;
  }
  tick();

  const sendTo = (station: StationId, message: Parameters<LinkConnection['send']>[0]) =>
    connectionTo(station)?.send(message).ok === true;

  return ok({
    port: server?.port ?? null,
    send(to, message) {
      const frame = { kind: 'replication', message } as Parameters<LinkConnection['send']>[0];
      if (to !== 'everybody') return void sendTo(to, frame);
      for (const station of [...connections.keys()]) sendTo(station, frame);
    },
    onMessage(listener) {
      messageListener = listener;
    },
    sendSafe(word) {
      for (const station of [...connections.keys()]) sendTo(station, { kind: 'safe', ...word });
    },
    onSafe(listener) {
      safeListener = listener;
    },
    stations: () => [...connections.keys()],
    connectionTo,
    tell: (station, message) => sendTo(station, message),
    onOther: listener => void otherListeners.push(listener),
    onChange: listener => void changeListeners.push(listener),
    aboutOf: station => abouts.get(station) ?? null,
    nameOf: station => names.get(station) ?? '',
    unfit: () => unfit,
    askForAuthority(station, authorityParts) {
      const connection = connectionTo(station);
      const link = connection && authorityLinks.get(connection);
      return link ? link.askForAuthority(authorityParts) : Promise.resolve(fail('U528'));
    },
    sayAbout() {
      for (const station of [...connections.keys()]) sendTo(station, aboutNow());
    },
    async stop() {
      stopped = true;
      cancelLook();
      for (const client of dialled.values()) client.stop();
      for (const connection of [...connections.values()].flat()) connection.close();
      await server?.stop();
    },
  });
}

function isAnonymous(key: StationId): boolean {
  return key === CONFIGURED || key === FOUND;
}

function safeWordOf({ seq, epoch, alone }: Extract<LinkMessage, { kind: 'safe' }>): SafeWord {
  return { seq, alone: alone === true, ...(epoch === undefined ? {} : { epoch }) };
}
