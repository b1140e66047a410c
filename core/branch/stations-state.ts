import type { BlockIndex } from '../replication/log.ts';
import { NO_ROLES, type Roles } from '../replication/roles.ts';
import type { NumberBlock } from './bank-numbering.ts';

/** CS5, BR6: something recorded alone that contradicts what happened here: kept in the journal, without effect. */
export interface LateConflict {
  readonly eventId: string;
  readonly at: number;
  /** The host that had recorded it. */
  readonly stationId: string;
  /** The event's type; one this program does not know is here too. */
  readonly type: string;
  readonly ticketId: string | null;
  /** Null: it is about no ticket, or about one that is not known any more. */
  readonly number: string | null;
  readonly counterId: string | null;
}

/** BR5: what a host gives from on a day on which it has never known that it decides. */
export const UNSURE_HOST_BLOCK: BlockIndex = 1;

/** The part of the state that concerns several PCs. */
export interface StationsState {
  readonly roles: Roles;
  /**
   * BR5: the same as far as today's number blocks go. On a new day a host that is still to be heard has no more than
   * `UNSURE_HOST_BLOCK`: it does not know whether it decides.
   */
  readonly todaysRoles: Roles;
  /** BR5: numbers come from blocks, from the first standby on; a branch of one PC uses whole ranges. */
  readonly usesBlocks: boolean;
  /** BR5: numbers that are one PC's own, by station. */
  readonly ownNumbers: ReadonlyMap<string, NumberBlock>;
  /** Of the last days, newest first, for the lobby manager. */
  readonly lateConflicts: readonly LateConflict[];
}

export const ONE_STATION: StationsState = {
  roles: NO_ROLES,
  todaysRoles: NO_ROLES,
  usesBlocks: false,
  ownNumbers: new Map(),
  lateConflicts: [],
};

/**
 * BR5: what a new business day makes of it: the host has the main block, and a branch whose second PC has left has its
 * whole ranges back.
 */
export function stationsOfNewDay(stations: StationsState): StationsState {
  const { standby, formerStandby, unaccounted, doubted, block } = stations.roles;
  const isAlone = standby === null && formerStandby === null && unaccounted.length === 0 && block === 0;
  const unheard = (ones: Roles['unaccounted']) => ones.map(one => ({ ...one, block: UNSURE_HOST_BLOCK }));
  const waiting = { unaccounted: unheard(unaccounted), doubted: unheard(doubted) };
  const todaysRoles = { ...stations.todaysRoles, ...waiting, block: 0 };
  return { ...stations, todaysRoles, usesBlocks: stations.usesBlocks && !isAlone };
}
