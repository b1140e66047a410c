import type { CustomerRecord } from '../arrival/customer.ts';
import { type NumberPlace, numberToPrefix, numberToValue } from '../queue/numbers.ts';
import type { WaitEstimate } from '../wire/commands.ts';
import type { DeviceHealth, DeviceKind, PrintOutcome } from '../wire/device-news.ts';
import type { Language } from '../wire/fields.ts';
import type { BankDocument } from './bank-document.ts';
import { DEFAULT_NUMBERING, type NumberBlock } from './bank-numbering.ts';
import { type ArrivalState, NO_ARRIVALS } from './evolve-arrival.ts';
import { EMPTY_FLOOR, type FloorState } from './evolve-lobby.ts';
import { ONE_STATION, type StationsState } from './stations-state.ts';
import type { CueAlert, TicketVisit } from './ticket-visit.ts';

/**
 * What can still change in a branch. The journal holds the rest: a ticket leaves the state when nobody can act
 * on it any more, so the state stays small however long the day was.
 */
export interface BranchState extends ArrivalState {
  /** Null until the first bank document was applied. */
  readonly document: BankDocument | null;
  /** When and by whom (as in the journal) the document in force was set; null until the first. */
  readonly documentApplied: DocumentApplied | null;
  /** The version to come (HO3). */
  readonly pendingDocument: PendingDocument | null;
  /** The versions before the one in force that can be gone back to, newest first (HO3). */
  readonly previousDocuments: readonly PreviousDocument[];
  /** `YYYY-MM-DD` in the branch's time zone; never goes back, so that numbers stay unique (TK3). */
  readonly businessDay: string | null;
  /** Highest number handed out today, by letter: a queue that gets another's letter goes on where that one was. */
  readonly lastNumberByPrefix: ReadonlyMap<string, number>;
  /** All numbers handed out today, by letter, as runs without gaps: several blocks can be in use (BR5). */
  readonly numberRuns: ReadonlyMap<string, readonly NumberBlock[]>;
  /** Tickets issued so far, ever: gives each its place in the order of arrival. */
  readonly arrivals: number;
  readonly tickets: ReadonlyMap<string, Ticket>;
  readonly counters: ReadonlyMap<string, CounterState>;
  /** CS1: calls of today's unfinished round of each work profile's ratio gate, by class. */
  readonly ratioCalls: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly sessions: ReadonlyMap<string, Session>;
  readonly signInFailures: ReadonlyMap<string, SignInFailures>;
  /** Newest calls first, for boards: the last ones, and every one that is still at its counter (DV2, DV4). */
  readonly recentCalls: readonly RecentCall[];
  /** Newest first: the last ratings, and every bad one not yet handled (RT3). */
  readonly recentRatings: readonly RatingRecord[];
  readonly devices: ReadonlyMap<string, DeviceState>;
  /** CS13: what tellers have raised and nobody has dealt with yet, newest first. */
  readonly cueAlerts: readonly CueAlert[];
  /** LB2: what the lobby manager has set going. */
  readonly floor: FloorState;
  /** BR3 to BR6: who is host, who is standby, and what came late. */
  readonly stations: StationsState;
}

export interface DocumentApplied {
  readonly at: number;
  readonly by: string;
}

export interface PreviousDocument extends DocumentApplied {
  readonly document: BankDocument;
}

export interface PendingDocument {
  readonly document: BankDocument;
  /** Null: as soon as nothing of today stands in the way. */
  readonly appliesAt: number | null;
  readonly proposedAt: number;
  readonly by: string;
}

export type TicketStatus = 'waiting' | 'called' | 'serving' | 'parked' | 'done' | 'no-show';

export interface Ticket {
  readonly ticketId: string;
  readonly number: string;
  readonly queueId: string;
  readonly businessId: string;
  readonly classId: string;
  readonly language: Language;
  readonly largeType: boolean;
  readonly progressToken: string;
  /** As printed on the ticket, and again on a reprint (TK7). */
  readonly ahead: number;
  readonly estimate: WaitEstimate;
  /**
   * Place in the line, smallest first: counted up at arrival and by every entry at the back of a queue, so that a
   * clock that is set back never changes who came first. Ties cannot occur.
   */
  readonly arrival: number;
  readonly issuedAt: number;
  /** When it entered the queue, or came back to it: its wait counts from here. */
  readonly queuedAt: number;
  readonly status: TicketStatus;
  /** Since when it has been in its present status. */
  readonly statusSince: number;
  readonly counterId: string | null;
  /** How it came to be called; null while waiting. */
  readonly call: TicketCall | null;
  readonly print: TicketPrint;
  /** CS7: since when a ticket that was parked, or sent to the front, may be called next; null for all others. */
  readonly readyAt: number | null;
  /** TK8: the agreed time; its wait counts from then, and `queuedAt` is that time. */
  readonly appointmentAt: number | null;
  /** The only counter that may call it, whatever its queue; null: every counter that serves its queue. */
  readonly onlyCounterId: string | null;
  /** CS2: how often a counter that could have served it called somebody behind it. */
  readonly overtakes: number;
  /** A returned no-show waits until this many further calls of its queue were made (CS3); else null. */
  readonly returnsAfterCalls: number | null;
  /** A key was pressed for it; it is never asked about twice (RT6). */
  readonly rated: boolean;
  readonly visit: TicketVisit;
  /** BR7: a PC without its host gave it. */
  readonly kept?: true;
  /** Null: nobody was identified (TK2). */
  readonly customer: CustomerRecord | null;
  /** Why it goes first (TK9); null: it does not. */
  readonly priorityReasonId: string | null;
}

export interface TicketCall {
  readonly gate: string;
  readonly passedCount: number;
  /** CS4: why it was called out of turn; null when the policy chose it. */
  readonly choiceReasonId: string | null;
  /** From entering the queue to the last call, in milliseconds. */
  readonly waitMs: number;
  readonly calledAt: number;
  readonly recalls: number;
}

export interface TicketPrint {
  readonly jobId: string | null;
  /** `waiting`: asked for, no news yet; `none`: never asked for. */
  readonly status: PrintOutcome | 'waiting' | 'none';
  readonly code: string | null;
  readonly copies: number;
}

export interface CounterState {
  readonly counterId: string;
  readonly status: 'closed' | 'open' | 'paused';
  readonly statusSince: number;
  readonly staffNumber: string | null;
  readonly pauseReasonId: string | null;
  /** The ticket called to or served at this counter. */
  readonly ticketId: string | null;
  /** When it last let a ticket go; 0 before the first (CS9). */
  readonly freedAt: number;
  /** The last finish, as long as it can be taken back (CS10). */
  readonly lastFinish: { readonly ticketId: string; readonly at: number } | null;
  /** The prompt now open on the keypad (RT1). */
  readonly openRating: OpenRating | null;
  readonly lastRating: RatingRecord | null;
}

export interface OpenRating {
  readonly ratingId: string;
  readonly ticketId: string;
  readonly staffNumber: string;
  readonly promptedAt: number;
  readonly openMs: number;
}

export interface RatingRecord {
  readonly ratingId: string;
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly counterId: string;
  readonly staffNumber: string;
  readonly at: number;
  readonly outcome: 'rated' | 'unrated' | 'keypad-absent';
  readonly levelId: string | null;
  readonly bad: boolean;
  readonly handledNote: string | null;
}

export interface RecentCall {
  readonly ticketId: string;
  readonly number: string;
  readonly counterId: string;
  readonly at: number;
  /** 0 for the call itself, then 1, 2, … */
  readonly recall: number;
}

export interface Session {
  readonly sessionId: string;
  readonly staffNumber: string;
  readonly station: string;
  readonly signedInAt: number;
}

export interface SignInFailures {
  readonly count: number;
  readonly lockedUntil: number | null;
}

export interface DeviceState {
  readonly deviceId: string;
  readonly kind: DeviceKind;
  readonly counterId: string | null;
  readonly health: DeviceHealth;
  readonly since: number;
}

export const EMPTY_BRANCH: BranchState = {
  ...NO_ARRIVALS,
  document: null,
  documentApplied: null,
  pendingDocument: null,
  previousDocuments: [],
  businessDay: null,
  lastNumberByPrefix: new Map(),
  numberRuns: new Map(),
  arrivals: 0,
  tickets: new Map(),
  counters: new Map(),
  ratioCalls: new Map(),
  sessions: new Map(),
  signInFailures: new Map(),
  recentCalls: [],
  recentRatings: [],
  devices: new Map(),
  cueAlerts: [],
  floor: EMPTY_FLOOR,
  stations: ONE_STATION,
};

/** The counter as it stands; one that was never opened is closed. */
export function counterOf(state: BranchState, counterId: string): CounterState {
  return (
    state.counters.get(counterId) ?? {
      counterId,
      status: 'closed',
      statusSince: 0,
      staffNumber: null,
      pauseReasonId: null,
      ticketId: null,
      freedAt: 0,
      lastFinish: null,
      openRating: null,
      lastRating: null,
    }
  );
}

/** Whether somebody has this number today. */
export function isNumberGiven({ numberRuns }: BranchState, number: string): boolean {
  const value = numberToValue(number);
  const runs = numberRuns.get(numberToPrefix(number)) ?? [];
  return runs.some(({ first, last }) => first <= value && value <= last);
}

/**
 * BR5: what the next number of a queue depends on.
 * @param hostBlock where the journal alone does not say which block
 */
export function numberPlaceOf(
  { document, stations, lastNumberByPrefix, numberRuns }: BranchState,
  hostBlock = stations.todaysRoles.block,
): NumberPlace {
  return {
    numbering: document?.numbering ?? DEFAULT_NUMBERING,
    block: stations.usesBlocks ? hostBlock : null,
    lasts: lastNumberByPrefix,
    runs: numberRuns,
    held: [...stations.ownNumbers.values()],
  };
}
