import type { NumberBlock } from '#core/branch/bank-numbering.ts';
import type { BranchState } from '#core/branch/state.ts';
import { rangesOfHost } from '#core/queue/numbers.ts';
import { rightsOf } from '#core/staff/rights.ts';
import type { StationFact, StationFacts } from '#core/views/station-facts.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { BranchStations } from '../host/station-desk.ts';
import type { LinkNetwork } from './link-network.ts';
import { ownAddresses, type StationKeys } from './open-station.ts';
import type { Renaming } from './renaming.ts';
import type { Replicator, StationStatus } from './replicator-contract.ts';
import type { StationSettings } from './station-settings.ts';

export interface BranchStationsParts {
  readonly settings: StationSettings;
  readonly program: string;
  readonly keys: StationKeys;
  readonly network: LinkNetwork;
  readonly replicator: Replicator;
  /** What people call this PC. */
  readonly name: () => string;
  /** False: this program is too old for what the journal holds. */
  readonly readsLog: () => boolean;
  readonly renaming: Pick<Renaming, 'rename'>;
  readonly state: () => BranchState;
  /** Where the journal ends. */
  readonly lastSeq: () => number;
  /** When an entry of the journal happened, milliseconds since 1970; null: there is none. */
  readonly recordedAt: (seq: number) => number | null;
  readonly clock: DriverClock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What screens see of several PCs, and the orders they give. */
export function createBranchStations(parts: BranchStationsParts): BranchStations {
  const { settings, keys, network, replicator, state, now } = parts;
  const own = settings.stationId;
  const since = new Map<string, { readonly word: string; readonly at: number }>();
  /** When something got the value it has now. */
  const sinceOf = (what: string, word: string): number => {
    const known = since.get(what);
    if (known?.word === word) return known.at;
    const at = now();
    since.set(what, { word, at });
    return at;
  };

  /** What people call a PC is needed most when it is gone. */
  const heard = new Map<string, NonNullable<ReturnType<LinkNetwork['aboutOf']>>>();
  const lastAbout = (stationId: string) => {
    const about = network.aboutOf(stationId);
    if (about !== null) heard.set(stationId, about);
    return about ?? heard.get(stationId) ?? null;
  };

  const stationFact = (stationId: string): StationFact => {
    const status = replicator.status();
    const about = stationId === own ? null : lastAbout(stationId);
    const unfit = network.unfit().get(stationId);
    const isHere = stationId === own || network.connectionTo(stationId) !== null;
    const isHost = stationId === status.host;
    const word = !isHere ? 'cut-off' : isHost ? 'host' : stationId === status.standby ? 'standby' : 'copy';
    const lagEvents = lagOf(stationId, status);
    return {
      stationId,
      name: stationId === own ? parts.name() : network.nameOf(stationId),
      roles: stationId === own ? settings.roles : (about?.roles ?? []),
      program: stationId === own ? parts.program : (about?.program ?? unfit?.programVersion ?? ''),
      state: word,
      since: sinceOf(`station ${stationId}`, word),
      lagEvents,
      lagMs: lagEvents === null ? null : lagEvents === 0 ? 0 : lagMs(lagEvents),
      certificateUntil: stationId === own ? keys.identity.notAfterMs() : (about?.certificateUntil ?? null),
      mustUpdate:
        stationId === own
          ? !parts.readsLog() || isOlderThanSome()
          : (unfit?.isOlder ?? about?.readsLog === false),
    };
  };

  /** The host counts what others have stored; a copy with its host knows only that it has everything. */
  const lagOf = (stationId: string, status: StationStatus): number | null => {
    if (replicator.isHost()) return stationId === own ? null : (status.lag.get(stationId) ?? null);
    const isWithHost = status.host !== null && network.connectionTo(status.host) !== null;
    return stationId === own && status.synced && isWithHost ? 0 : null;
  };

  /** How old the first entry is that somebody lacks. */
  const lagMs = (lagEvents: number): number | null => {
    const at = parts.recordedAt(parts.lastSeq() - lagEvents + 1);
    return at === null ? null : Math.max(0, now() - at);
  };

  /** Somebody is so much newer that they cannot work together. */
  const isOlderThanSome = () => [...network.unfit().values()].some(({ isOlder }) => !isOlder);

  const facts = (): StationFacts => {
    const status = replicator.status();
    const { document, stations } = state();
    const { roles } = stations;
    const isHost = replicator.isHost();
    const isCutOff = !isHost && (status.host === null || network.connectionTo(status.host) === null);
    const linkSince = sinceOf('link', isCutOff ? 'cut-off' : 'linked');
    // Whole at first, as the log has it; but nobody has heard the standby yet.
    const isWaiting = isHost && status.standby !== null && !status.standbyHeard;
    const others = status.undecided ? 'undecided' : roles.standby === null ? 'solo' : 'whole';
    const pair = isWaiting ? 'waiting' : (status.pair ?? others);
    const { listen } = settings;
    const addresses = listen && network.port !== null ? ownAddresses(listen.address) : [];
    const known = new Set([own, ...network.stations(), ...(keys.holder.held()?.stations() ?? [])]);
    for (const station of network.unfit().keys()) known.add(station);
    for (const one of [status.host, status.standby, roles.formerStandby]) if (one !== null) known.add(one);
    const { open } = keys.pairing.codes();
    return {
      isOnePc: false,
      thisStation: own,
      hostStation: status.host,
      // A host goes on, and so does whoever has one: then only the newer PC is left out.
      isTooOld: !parts.readsLog() || (isCutOff && isOlderThanSome()),
      cutOffSince: isCutOff ? linkSince : null,
      pair,
      pairSince: sinceOf('pair', pair),
      standby: status.standby,
      standbyLeaving: roles.leaving,
      epoch: status.epoch,
      block:
        stations.usesBlocks && document
          ? blockInUse(document, stations.todaysRoles.block, [...stations.ownNumbers.values()])
          : null,
      ownNumbers: [...stations.ownNumbers].map(([stationId, { first, last }]) => ({
        ...{ stationId, from: first, to: last },
      })),
      unaccounted: roles.unaccounted.map(({ station }) => station),
      lateEvents: stations.lateConflicts.map(({ at, stationId, type, number }) => ({
        at,
        stationId,
        type,
        number,
      })),
      decision: parts.readsLog() ? decisionOf(status) : null,
      pairing: open && {
        code: open.code,
        until: Math.round(now() + Math.max(0, open.endsMs - parts.clock.nowMs())),
        triesLeft: open.triesLeft,
      },
      addresses: addresses.map(address => `${address}:${network.port}`),
      keysProtected: keys.identity.isProtected,
      stations: [...known].map(stationFact),
    };
  };

  const hostOnly = (): Result<void> => (replicator.isHost() ? ok(undefined) : fail('U551'));

  /** Who is removed must be so for whoever decides next too: not while that is open (BR4). */
  const mayRemove = (): Result<void> => {
    const allowed = hostOnly();
    return allowed.ok && !replicator.mayCall() ? fail('U554') : allowed;
  };

  return {
    facts,
    openPairingCode(by, replaces) {
      const allowed = replaces === undefined ? hostOnly() : mayRemove();
      if (!allowed.ok) return allowed;
      const { document } = state();
      if (document === null || by.kind !== 'staff') return fail('U527');
      const rights = rightsOf(document, by.staffNumber);
      const place = replaces === undefined ? {} : { replaces };
      const opened = keys.pairing.open({ staffNumber: by.staffNumber, rights, ...place });
      return opened.ok ? ok(undefined) : opened;
    },
    closePairingCode() {
      keys.pairing.close();
      return ok(undefined);
    },
    nameStandby(stationId) {
      const about = network.aboutOf(stationId);
      // Nobody could reach it if it were the host, or it could not go on by a log it cannot read.
      if (about === null || about.listens.length === 0 || about.readsLog === false)
        return fail('U543', { station: stationId });
      return replicator.nameStandby(stationId);
    },
    releaseStandby: () => replicator.releaseStandby(),
    revokeStation(stationId) {
      const allowed = mayRemove();
      if (!allowed.ok) return allowed;
      const authority = keys.holder.acting();
      if (authority === null) return fail('U527');
      const revoked = authority.revoke(stationId);
      return revoked.ok ? ok(undefined) : revoked;
    },
    renameStation(stationId, name) {
      const allowed = hostOnly();
      return allowed.ok ? parts.renaming.rename(stationId, name) : allowed;
    },
    decideHost: decision => (parts.readsLog() ? replicator.decide(decision) : fail('U553')),
    beginSeveral: () => fail('U562'),
    joinBranch: () => fail('U562'),
    findBranches: () => fail('U562'),
  };
}

function decisionOf({ role, undecided }: ReturnType<Replicator['status']>): StationFacts['decision'] {
  if (!undecided) return null;
  return role === 'host' ? 'go-on-alone' : role === 'standby' ? 'take-over' : null;
}

/** The block of the first queue, for a word on the screen. */
function blockInUse(
  document: NonNullable<BranchState['document']>,
  block: number,
  held: readonly NumberBlock[],
): { readonly from: number; readonly to: number } | null {
  const [queue] = document.queues;
  const ranges = queue === undefined ? [] : rangesOfHost(queue, block, document.numbering, held);
  const [first, last] = [ranges[0], ranges.at(-1)];
  return first && last ? { from: first.first, to: last.last } : null;
}
