import type { HostDecision, PairWord, StationRole } from '../wire/views-stations.ts';

/** One PC of the branch, as the running program knows it. */
export interface StationFact {
  readonly stationId: string;
  /** What people call it; empty: it has no name of its own. */
  readonly name: string;
  readonly roles: readonly StationRole[];
  /** Program version; empty: not known yet. */
  readonly program: string;
  readonly state: 'host' | 'standby' | 'copy' | 'cut-off';
  /** In this state since, ms since 1970. */
  readonly since: number;
  /** What its disk is behind the host's; null: not known. */
  readonly lagEvents: number | null;
  readonly lagMs: number | null;
  /** Its certificate's end, ms since 1970; null: it needs none, or it is not known here. */
  readonly certificateUntil: number | null;
  /** Its program is too old to work with the others, or to read what they recorded. */
  readonly mustUpdate: boolean;
}

/** BR6, CS5: something recorded alone that came too late to have an effect. */
export interface LateEventFact {
  readonly at: number;
  readonly stationId: string;
  /** The event's type. */
  readonly type: string;
  /** The ticket's number; null: it is about no ticket. */
  readonly number: string | null;
}

/** What a PC that is alone has of its own, where it may become one of several (BR1). */
export interface AloneFacts {
  /** Entries in its journal. */
  readonly records: number;
  readonly suggestedId: string;
}

/** What screens show of link and replication; filled by the station runtime, by `onePcFacts` where there is none. */
export interface StationFacts {
  /** Nothing was ever paired: the branch is this PC. */
  readonly isOnePc: boolean;
  readonly thisStation: string;
  /** Whoever decides now, as far as this PC knows; null: nobody is known to. */
  readonly hostStation: string | null;
  /** This PC's program is too old for its branch: what it knows of it may be wrong. */
  readonly isTooOld: boolean;
  /** Since when this PC has not reached its host (BR7); null: it does, or it is the host. */
  readonly cutOffSince: number | null;
  readonly pair: PairWord;
  readonly pairSince: number;
  readonly standby: string | null;
  /** The standby says farewell. */
  readonly standbyLeaving: boolean;
  readonly epoch: number;
  /** Numbers the host gives; null: a queue's whole range. */
  readonly block: { readonly from: number; readonly to: number } | null;
  /** BR5: numbers that are one PC's own; missing: nobody has any. */
  readonly ownNumbers?: readonly { readonly stationId: string; readonly from: number; readonly to: number }[];
  /** Hosts whose last words are not known here yet (BR5). */
  readonly unaccounted: readonly string[];
  /** Newest first. */
  readonly lateEvents: readonly LateEventFact[];
  /** What a person could decide on this PC now (BR4). */
  readonly decision: HostDecision | null;
  /** BR2: the open pairing code. */
  readonly pairing: { readonly code: string; readonly until: number; readonly triesLeft: number } | null;
  /** False: this PC's keys lie in a file, not in the operating system's safe. */
  readonly keysProtected: boolean;
  readonly stations: readonly StationFact[];
  /** Missing: it cannot become one of several. */
  readonly alone?: AloneFacts;
  /** Where others reach this PC; missing: nowhere. */
  readonly addresses?: readonly string[];
}

/** BR1: a branch of one PC with all roles, which needs no set-up. */
export function onePcFacts(pc: {
  readonly station: string;
  readonly program: string;
  readonly epoch: number;
  /** When the program started, ms since 1970. */
  readonly since: number;
}): StationFacts {
  const { station, program, epoch, since } = pc;
  return {
    isOnePc: true,
    thisStation: station,
    hostStation: station,
    isTooOld: false,
    cutOffSince: null,
    pair: 'solo',
    pairSince: since,
    standby: null,
    standbyLeaving: false,
    epoch,
    block: null,
    unaccounted: [],
    lateEvents: [],
    decision: null,
    pairing: null,
    keysProtected: true,
    stations: [
      {
        stationId: station,
        name: '',
        roles: ['host', 'teller', 'lobby', 'kiosk', 'board', 'manager'],
        program,
        state: 'host',
        since,
        lagEvents: null,
        lagMs: null,
        certificateUntil: null,
        mustUpdate: false,
      },
    ],
  };
}
