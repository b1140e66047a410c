import { join as pathJoin } from 'node:path';
import type { ReplicationTimings } from '#core/replication/station.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { Host } from '../host/host.ts';
import type { BranchStations } from '../host/station-desk.ts';
import type { Journal } from '../journal/journal.ts';
import { type KeyStore, PLAIN_KEY_STORE, privateFile } from '../link/key-store.ts';
import type { LinkConnection } from '../link/link-connection.ts';
import type { LinkLimits } from '../link/link-limits.ts';
import { createBranchStations } from './branch-stations.ts';
import { giveNumberBlocks } from './give-blocks.ts';
import type { LinkNetwork } from './link-network.ts';
import { finishJoining } from './make-station.ts';
import {
  type OpenStationParts,
  openStationKeys,
  openStationNetwork,
  type StationKeys,
} from './open-station.ts';
import { openOutbox } from './outbox.ts';
import { openOwnNumbers } from './own-numbers.ts';
import type { Replicator } from './replicator.ts';
import { createSecretStore } from './secrets.ts';
import type { HeadOfficeClaims } from './station-network.ts';
import { createStationRuntime, type StationRuntime } from './station-runtime.ts';
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
    now,
    outbox: openOutbox(privateFile(pathJoin(parts.dataFolder, 'outbox.json'))),
    ownNumbers: openOwnNumbers(privateFile(pathJoin(parts.dataFolder, 'own-numbers.json'))),
    ...(surroundings.cutOffMs === undefined ? {} : { cutOffMs: surroundings.cutOffMs }),
    headOffice: {
      claim: expected => (claims ?? headOffice()).claim(expected),
      register: epoch => (claims ?? headOffice()).register(epoch),
    },
    ...(surroundings.timings ? { timings: surroundings.timings } : {}),
  });
  const secrets = createSecretStore(parts.dataFolder, journal);
  const given = new WeakMap<LinkConnection, string>();
  const changeListeners: (() => void)[] = [];
  const secretListeners: (() => void)[] = [];
  let network: LinkNetwork | null = null;
  let cancelLook = () => {};
  let cancelGive = () => {};
  let stopped = false;

  return {
    runtime,
    async start(host, printers) {
      const standby = () => host.roles().standby;
      const opened = await openStationNetwork(opening, keys, { printers, standby });
      if (!opened.ok) return opened;
      network = opened.value;
      const links = opened.value;
      const begun = runtime.start({ host, network: links, printers });
      if (!begun.ok) return begun;
      const replicator = begun.value;
      const stations = createBranchStations({
        ...{ settings, program, keys, network: links, replicator, clock, now, state: host.state },
      });

      /** The host's part: its standby has everything a take-over needs. */
      const giveSecrets = () => {
        const station = standby();
        const link = station === null ? null : links.connectionTo(station);
        if (!replicator.isHost() || link === null) return;
        const present = secrets.read();
        const text = JSON.stringify(present);
        if (given.get(link) === text) return;
        if (link.send({ kind: 'secrets', ...present }).ok) given.set(link, text);
      };
      /** The standby's part: it can issue certificates when it has to. */
      let asking = false;
      const askForAuthority = () => {
        const { role, host: decider } = replicator.status();
        const client = decider === null ? null : links.clientTo(decider);
        if (keys.authority !== null || role !== 'standby' || client === null || asking) return;
        asking = true;
        void client.askForAuthority(keys.authorityParts).then(() => {
          asking = false;
        });
      };
      runtime.onSecrets((from, message) => {
        const { role, host: decider } = replicator.status();
        if (role === 'host' || from !== decider || !secrets.take(message)) return;
        for (const listener of secretListeners) listener();
      });
      const giveBlocks = () =>
        giveNumberBlocks({ own: settings.stationId, host, network: links, replicator, printers });
      const giveBlocksSoon = () => {
        cancelGive();
        cancelGive = clock.after(GIVE_AFTER_MS, giveBlocks);
      };
      const changed = () => {
        giveSecrets();
        giveBlocksSoon();
        for (const listener of changeListeners) listener();
      };
      links.onChange(changed);
      replicator.onStatus(changed);
      const look = () => {
        cancelLook = clock.after(LOOK_EVERY_MS, look);
        giveSecrets();
        askForAuthority();
        giveBlocks();
      };
      look();

      const isReady = () => stopped || replicator.isHost() || host.shown().document !== null;
      const ready = await until(isReady, replicator, clock, surroundings.firstCopyMs ?? FIRST_COPY_MS);
      if (!ready) return fail('U511');
      return ok({
        replicator,
        network: links,
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
