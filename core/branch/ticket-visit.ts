import type { LocalText } from '../wire/fields.ts';

/** What one ticket's visit has gathered beyond its present leg: transfers, parking, several businesses. */
export interface TicketVisit {
  /** CS9: served without a call; has no number and was never issued. */
  readonly isWalkIn: boolean;
  /** When the present leg's wait began, where that is not when the visit began (CS6); null in the first leg. */
  readonly legQueuedAt: number | null;
  /** Waits of the legs that are over, in milliseconds: nothing of a wait is lost (CS6). */
  readonly earlierWaitMs: number;
  /** Businesses still to do after the present one (TK10). */
  readonly laterBusinessIds: readonly string[];
  /** Legs that are over, oldest first. */
  readonly legs: readonly VisitLeg[];
  /** What tellers told each other, oldest first. */
  readonly notes: readonly VisitNote[];
  /** Since it was parked, until it is served again (CS7). */
  readonly parking: Parking | null;
}

export interface VisitLeg {
  readonly businessId: string;
  readonly counterId: string | null;
  /** To the last call; null for a leg that was not called. */
  readonly waitMs: number | null;
  /** Time at the counter since the service began; null when it did not begin. */
  readonly serviceMs: number | null;
  readonly endedAt: number;
  readonly end: 'done' | 'transferred' | 'parked';
}

export interface VisitNote {
  readonly at: number;
  readonly counterId: string | null;
  readonly text: string;
}

export interface Parking {
  readonly counterId: string;
  readonly at: number;
  readonly missing: readonly { readonly id: string; readonly name: LocalText; readonly isHere: boolean }[];
  readonly note: string;
}

/** A visit as it begins. */
export const NEW_VISIT: TicketVisit = {
  isWalkIn: false,
  legQueuedAt: null,
  earlierWaitMs: 0,
  laterBusinessIds: [],
  legs: [],
  notes: [],
  parking: null,
};

/** CS13: what a teller saw and asked for, until somebody has dealt with it. */
export interface CueAlert {
  readonly alertId: string;
  readonly cueId: string;
  readonly action: 'call-help' | 'report' | 'referral';
  readonly counterId: string;
  /** Empty where nobody was at the counter, or for a walk-in. */
  readonly ticketNumber: string;
  readonly staffNumber: string;
  readonly signIds: readonly string[];
  readonly note: string;
  readonly at: number;
}
