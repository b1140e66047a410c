import { z } from 'zod';
import { Id, Instant, LocalText } from './fields.ts';

/** BR: the PCs of a branch as screens show them. */

/** BR1 */
export const StationRole = z.enum(['host', 'teller', 'lobby', 'kiosk', 'board', 'manager']);
export type StationRole = z.infer<typeof StationRole>;

/**
 * BR3, BR4: `solo` alone on purpose; `waiting` the host has started and its standby has not been heard since; `lost`
 * without its standby; `undecided` head office cannot be asked either.
 */
export const PairWord = z.enum(['solo', 'whole', 'waiting', 'lost', 'undecided']);
export type PairWord = z.infer<typeof PairWord>;

/** BR4: on the host "go on alone", on the standby "take over, the host is off". */
export const HostDecision = z.enum(['go-on-alone', 'take-over']);
export type HostDecision = z.infer<typeof HostDecision>;

const StationLine = z.strictObject({
  stationId: Id,
  /** What people call it; empty: it has no name of its own. */
  name: z.string().max(60),
  roles: z.array(StationRole),
  /** Empty: not known yet. */
  program: z.string().max(60),
  /** `cut-off`: no word of it, or, on a PC without its host, of everybody else. */
  state: z.enum(['host', 'standby', 'copy', 'cut-off']),
  since: Instant,
  /** What its disk is behind the host's; null: not known. */
  lagEvents: z.int().min(0).nullable(),
  lagMs: z.int().min(0).nullable(),
  /** Null: it needs none, or it is not known here. */
  certificateUntil: Instant.nullable(),
  /** Its program is too old to work with the others: it must be updated. */
  mustUpdate: z.boolean(),
  isThisPc: z.boolean(),
});

/** For the set-up window and the lobby manager: this PC, the others, and who decides (BR3 to BR6). */
export const StationsView = z.strictObject({
  bankName: LocalText,
  branchName: LocalText,
  timeZone: z.string(),
  /** Nothing was ever paired: the branch is this PC, and everything below is off. */
  isOnePc: z.boolean(),
  thisStation: Id,
  /** Whoever decides now, as far as this PC knows. */
  hostStation: Id.nullable(),
  stations: z.array(StationLine),
  pair: z.strictObject({
    state: PairWord,
    since: Instant,
    standbyId: Id.nullable(),
    /** It says farewell and does not take over any more. */
    isLeaving: z.boolean(),
  }),
  /** Raised by every change of the host. */
  epoch: z.int().min(0),
  /** Numbers the host gives; null: a queue's whole range. */
  block: z.strictObject({ from: z.int().min(0), to: z.int().min(0) }).nullable(),
  /** BR5: numbers that are one PC's own, for when it is without its host. */
  ownNumbers: z.array(
    z.strictObject({ stationId: Id, name: z.string().max(60), from: z.int().min(0), to: z.int().min(0) }),
  ),
  /** Hosts whose last words are not known here yet: their numbers stay their own (BR5). */
  unaccounted: z.array(z.strictObject({ stationId: Id, name: z.string().max(60) })),
  /** BR6, CS5: what was recorded alone and came too late to have an effect, newest first. */
  lateEvents: z.array(
    z.strictObject({
      at: Instant,
      stationId: Id,
      type: z.string().max(60),
      /** Null: it is about no ticket. */
      number: z.string().max(8).nullable(),
    }),
  ),
  /** BR2: null: none is open. The code itself is for the set-up right only. */
  pairing: z
    .strictObject({
      code: z.string().max(16).nullable(),
      until: Instant,
      triesLeft: z.int().min(0),
    })
    .nullable(),
  /** BR4: what a person could decide on this PC now; null: nothing. */
  decision: HostDecision.nullable(),
  /** Whom to ask for it: names of roles. */
  deciders: z.array(LocalText),
  /** BR1: what a PC that is alone has of its own, for one who may make it one of several; null: it cannot become that. */
  alone: z
    .strictObject({
      /** The sample bank runs here: nothing real is recorded. */
      isSample: z.boolean(),
      /** Entries in its journal. */
      records: z.int().min(0),
      /** Customers who wait or are served now. */
      customers: z.int().min(0),
      /** What it could be called among others. */
      suggestedId: Id,
    })
    .nullable(),
  /** Where others reach this PC, such as `192.168.1.5:5850`; empty: nowhere. */
  addresses: z.array(z.string().max(300)),
  /** False: the keys of this PC lie in a file that only its owner's account reads, not in the system's safe. */
  keysProtected: z.boolean(),
  /** What whoever looks may do. */
  mayChange: z.boolean(),
  mayDecide: z.boolean(),
});

/**
 * For the corner of every window. Always made by the PC the window belongs to, never by the host it is linked with:
 * it is what tells that the host is gone.
 */
export const LinkStateView = z.strictObject({
  /**
   * `one-pc`: nothing was ever paired. `cut-off`: this PC does not reach its host (BR7). `too-old`: its program is too
   * old for its branch, and must be updated before it shows anything.
   */
  state: z.enum(['one-pc', 'whole', 'solo', 'waiting', 'lost', 'undecided', 'cut-off', 'too-old']),
  since: Instant,
  /** This PC decides itself. */
  isHost: z.boolean(),
  /** False: what this PC shows of the branch is from before. */
  reachesHost: z.boolean(),
  /** The PC that decides now, as people call it; null: nobody is known to. */
  host: z.string().max(64).nullable(),
  decision: HostDecision.nullable(),
  /** The epoch a decision would be about. */
  epoch: z.int().min(0),
  deciders: z.array(LocalText),
});
