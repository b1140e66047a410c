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

/** The part of the state that concerns several PCs. */
export interface StationsState {
  readonly roles: Roles;
  /** BR5: numbers come from blocks, from the first standby on; a branch of one PC uses whole ranges. */
  readonly usesBlocks: boolean;
  /** BR5: numbers that are one PC's own, by station. */
  readonly ownNumbers: ReadonlyMap<string, NumberBlock>;
  /** Of the last days, newest first, for the lobby manager. */
  readonly lateConflicts: readonly LateConflict[];
}

export const ONE_STATION: StationsState = {
  roles: NO_ROLES,
  usesBlocks: false,
  ownNumbers: new Map(),
  lateConflicts: [],
};

/** BR5: what a new business day makes of it: a branch whose second PC has left has its whole ranges back. */
export function stationsOfNewDay(stations: StationsState): StationsState {
  const { standby, formerStandby, unaccounted, block } = stations.roles;
  const isAlone = standby === null && formerStandby === null && unaccounted.length === 0 && block === 0;
  return isAlone && stations.usesBlocks ? { ...stations, usesBlocks: false } : stations;
}
