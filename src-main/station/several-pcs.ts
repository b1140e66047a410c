import { join as pathJoin } from 'node:path';
import type { ReplicationTimings } from '#core/replication/station.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { Host, HostParts } from '../host/host-contract.ts';
import type { BranchStations } from '../host/station-desk.ts';
import type { Journal } from '../journal/journal.ts';
import type { Mdns } from '../link/discovery.ts';
import { type KeyStore, PLAIN_KEY_STORE, privateFile } from '../link/key-store.ts';
import type { LinkLimits } from '../link/link-limits.ts';
import { createBranchStations } from './branch-stations.ts';
import { giveNumberBlocks } from './give-blocks.ts';
import type { LinkNetwork } from './link-network.ts';
import { finishJoining } from './make-station.ts';
import { findNearby } from './nearby.ts';
import {
  type OpenStationParts,
  openStationKeys,
  openStationNetwork,
  type StationKeys,
} from './open-station.ts';
import { openOutbox } from './outbox.ts';
import { openOwnNumbers } from './own-numbers.ts';
import { createRenaming } from './renaming.ts';
import type { Replicator } from './replicator-contract.ts';
import type { StationRuntime } from './runtime-contract.ts';
import { createSecretStore } from './secrets.ts';
import { serveStandby } from './serve-standby.ts';
import { openOwnName } from './station-name.ts';
import type { HeadOfficeClaims } from './station-network.ts';
import { createStationRuntime } from './station-runtime.ts';
import { readStationSettings, type StationSettings } from './station-settings.ts';

/** Replaceable for tests; real by default. */
export interface StationSurroundings {
  readonly headOffice?: HeadOfficeClaims;
  readonly timings?: ReplicationTimings;
  readonly limits?: LinkLimits;
  readonly keyStore?: KeyStore;
  readonly random?: () => number;
  /** How long a PC that has never had a host waits for its first copy of the branch. */
  readonly firstCopyMs?: number;
  /** Without a link to a host for so long, a PC is on its own (BR7). */
  readonly cutOffMs?: number;
  /** Opens the network for discovery; the real multicast DNS by default. */
  readonly openMdns?: () => Mdns;
  /** A program that reads less, or speaks another version of the link. */
  readonly readEvent?: HostParts['readEvent'];
  readonly protocol?: number;
}

export interface SeveralPcsParts {
  readonly dataFolder: string;
  /** The branch the first PC begins. */
  readonly branch: string;
  readonly program: string;
  readonly clock: DriverClock;
  readonly now: () => number;
  readonly onTrouble: (trouble: Failure) => void;
  readonly surroundings: StationSurroundings;
}

/** This PC's place in a branch of several, known before its journal is opened. */
export interface StationPlace {
  readonly settings: StationSettings;
  readonly keys: StationKeys;
  /** Whose journal is opened. */
  readonly branch: string;
  /** Makes the runtime on the open journal. `headOffice` is asked for only when it is needed. */
  join(journal: Journal, newId: () => string, headOffice: () => HeadOfficeClaims): JoinedStation;
}

/** A station at work. */
export interface JoinedStation {
  readonly runtime: StationRuntime;
  /**
   * Opens the links and takes part; resolves when there is a branch to show.
   * Failures: `C906` the port; `U511` it never had a host and reaches none; those of the disk.
   */
  start(host: Host, printers: () => number): Promise<Result<StartedStation>>;
  stop(): Promise<void>;
}

export interface StartedStation {
  readonly replicator: Replicator;
  readonly network: LinkNetwork;
  readonly keys: StationKeys;
  readonly stations: BranchStations;
  /** Called when what windows show of the stations may have changed. */
  onChange(listener: () => void): void;
  /** Deeds that wait for a host (BR7). */
  keptDeeds(): number;
  isCutOff(): boolean;
  /** The host gave this standby what a take-over needs. */
  onSecrets(listener: () => void): void;
}

const FIRST_COPY_MS = 60_000;
const LOOK_EVERY_MS = 5_000;
/** A PC that has just connected says a few things at once. */
const GIVE_AFTER_MS = 200;

/**
 * Where this PC stands, by `<data>/station.json`; null: it is the branch's one PC (BR1).
 * Failures: `C921`, those of `finishJoining`, and those of `openStationKeys`.
 */
export async function findStationPlace(parts: SeveralPcsParts): Promise<Result<StationPlace | null>> {
  const joined = finishJoining(parts.dataFolder);
  if (!joined.ok) return joined;
  const read = readStationSettings(parts.dataFolder);
  if (!read.ok) return read;
  if (read.value === null) return ok(null);
  const settings = read.value;
  const { keyStore = PLAIN_KEY_STORE, random = Math.random, limits } = parts.surroundings;
  const { dataFolder, branch, program, clock, now } = parts;
  const opening: OpenStationParts = {
    ...{ dataFolder, settings, branch, keyStore, program, clock, now, random },
    ...(limits ? { limits } : {}),
    ...(parts.surroundings.protocol === undefined ? {} : { protocol: parts.surroundings.protocol }),
  };
  const keys = await openStationKeys(opening);
  if (!keys.ok) return keys;
  return ok({
    settings,
    keys: keys.value,
    branch: keys.value.identity.branch,
    join: (journal, newId, headOffice) => join(parts, opening, keys.value, journal, newId, headOffice),
  });
}

function join(
  parts: SeveralPcsParts,
  opening: OpenStationParts,
  keys: StationKeys,
  journal: Journal,
  newId: () => string,
  headOffice: () => HeadOfficeClaims,
): JoinedStation {
  const { clock, now, onTrouble, surroundings, program } = parts;
  const { settings } = opening;
  const claims = surroundings.headOffice;
  const runtime = createStationRuntime({
    ...{ settings, journal, clock, newId, onTrouble },
    isRemoved: station => keys.holder.held()?.isRemoved(station) === true,
    now,
    outbox: openOutbox(privateFile(pathJoin(parts.dataFolder, 'outbox.json'))),
    ownNumbers: openOwnNumbers(privateFile(pathJoin(parts.dataFolder, 'own-numbers.json'))),
    ...(surroundings.cutOffMs === undefined ? {} : { cutOffMs: surroundings.cutOffMs }),
    headOffice: {
      isThere: () => (claims ?? headOffice()).isThere?.() !== false,
      claim: expected => (claims ?? headOffice()).claim(expected),
      register: epoch => (claims ?? headOffice()).register(epoch),
    },
    ...(surroundings.timings ? { timings: surroundings.timings } : {}),
  });
  const name = openOwnName(parts.dataFolder, settings);
  const changeListeners: (() => void)[] = [];
  const secretListeners: (() => void)[] = [];
  let network: LinkNetwork | null = null;
  let stopAll: () => void = () => {};
  let cancelLook = () => {};
  let cancelGive = () => {};
  let stopped = false;

  return {
    runtime,
    async start(host, printers) {
      const standby = () => host.roles().standby;
      const readsLog = () => host.unread() === null;
      let replica: Replicator | null = null;
      const decider = () => replica?.status().host ?? null;
      const isHost = () => replica?.isHost() === true;
      keys.holder.actWhile(isHost);
      const nearby = await findNearby(opening, keys.identity.branch, surroundings.openMdns);
      const opened = await openStationNetwork(opening, keys, {
        ...{ printers, standby, readsLog, name: name.present, host: decider, discovery: nearby.discovery },
      });
      if (!opened.ok) {
        nearby.stop();
        return opened;
      }
      network = opened.value;
      const links = opened.value;
      const begun = runtime.start({ host, network: links, printers });
      if (!begun.ok) return begun;
      const replicator = begun.value;
      replica = replicator;
      const tellListeners = () => {
        for (const listener of changeListeners) listener();
      };
      const renaming = createRenaming({
        ...{ own: settings.stationId, name, network: links, host: decider, clock, onChange: tellListeners },
      });
      const standbyService = serveStandby({
        ...{ host, replicator, network: links, keys, clock },
        secrets: createSecretStore(parts.dataFolder, journal),
        customers: journal.customers,
      });
      stopAll = () => {
        nearby.stop();
        standbyService.stop();
      };
      links.onOther((connection, message) => {
        if (message.kind === 'rename' || message.kind === 'renamed') renaming.hear(connection, message);
      });
      const stations = createBranchStations({
        ...{ settings, program, keys, network: links, replicator, clock, now, state: host.state },
        ...{ name: name.present, readsLog, renaming },
        lastSeq: () => journal.last().seq,
        recordedAt: seq => journal.batches({ after: seq - 1, maxBytes: 1 })[0]?.events[0]?.at ?? null,
      });

      runtime.onSecrets((from, message) => {
        if (!standbyService.takeSecrets(from, message)) return;
        for (const listener of secretListeners) listener();
      });
      let toldReads = readsLog();
      const tellReads = () => {
        if (readsLog() === toldReads) return;
        toldReads = readsLog();
        const unread = host.unread();
        if (unread !== null) onTrouble({ code: 'U553', ...(unread.facts ? { facts: unread.facts } : {}) });
        links.sayAbout();
        tellListeners();
      };
      const giveBlocks = () =>
        giveNumberBlocks({ own: settings.stationId, host, network: links, replicator, printers });
      const giveBlocksSoon = () => {
        cancelGive();
        if (!stopped) cancelGive = clock.after(GIVE_AFTER_MS, giveBlocks);
      };
      const changed = () => {
        standbyService.look();
        giveBlocksSoon();
        tellListeners();
      };
      const changedRoles = () => {
        keys.holder.roleChanged();
        nearby.announceIf(isHost(), links.port);
        changed();
      };
      links.onChange(changed);
      replicator.onStatus(changedRoles);
      replicator.onSafe(tellReads);
      changedRoles();
      const look = () => {
        cancelLook = clock.after(LOOK_EVERY_MS, look);
        standbyService.look();
        tellReads();
        giveBlocks();
      };
      look();

      const isReady = () => stopped || !readsLog() || replicator.isHost() || host.shown().document !== null;
      const ready = await until(isReady, replicator, clock, surroundings.firstCopyMs ?? FIRST_COPY_MS);
      if (!ready) return fail('U511');
      // It has stored the branch's log from its beginning and has nothing of it to show.
      if (!readsLog() && host.shown().document === null) return fail('U553');
      return ok({
        replicator,
        network: links,
        keys,
        stations,
        keptDeeds: runtime.keptDeeds,
        isCutOff: runtime.isCutOff,
        onChange: listener => void changeListeners.push(listener),
        onSecrets: listener => void secretListeners.push(listener),
      });
    },
    async stop() {
      stopped = true;
      cancelLook();
      stopAll();
      cancelGive();
      runtime.stop();
      await network?.stop();
    },
  };
}

/** Resolves true when it is so, false when that takes too long. */
function until(
  isSo: () => boolean,
  replicator: Replicator,
  clock: DriverClock,
  waitMs: number,
): Promise<boolean> {
  if (isSo()) return Promise.resolve(true);
  return new Promise(resolve => {
    const done = (so: boolean) => {
      cancel();
      for (const stop of stops) stop();
      resolve(so);
    };
    const look = () => {
      if (isSo()) done(true);
    };
    const stops = [replicator.onSafe(look), replicator.onRole(look), replicator.onStatus(look)];
    const cancel = clock.after(waitMs, () => done(isSo()));
  });
}
