import type { View } from '#core/wire/views.ts';

/**
 * What the teller bar offers at each moment: pure rules over the teller's view, so that a key, a button and a
 * system-wide shortcut can never disagree.
 */

/** What a teller can ask for by key, button or system-wide shortcut. `pause-counter` resumes a paused counter. */
export type TellerAction =
  | 'call-next'
  | 'start-service'
  | 'recall-ticket'
  | 'mark-no-show'
  | 'finish-service'
  | 'pause-counter'
  | 'undo-finish'
  | 'transfer-ticket'
  | 'park-ticket'
  | 'start-next-business'
  | 'start-walk-in'
  | 'raise-cue';

export type TellerView = View<'teller'>;

/** Stage of the work at the counter. */
export type BarPhase = 'closed' | 'paused' | 'free' | 'called' | 'serving';

/** The stage this view shows; a ticket in hand counts more than the state of the counter. */
export function phaseOf(view: TellerView): BarPhase {
  if (view.ticket) return view.ticket.status;
  return view.counter.status === 'open' ? 'free' : view.counter.status;
}

const PRIMARY: Readonly<Record<BarPhase, TellerAction | null>> = {
  closed: null,
  paused: 'pause-counter',
  free: 'call-next',
  called: 'start-service',
  serving: 'finish-service',
};

/** The one button that stands out (CS11): call, then start, then finish; resume while paused. */
export function primaryAction(view: TellerView): TellerAction | null {
  return PRIMARY[phaseOf(view)];
}

const OFFERED: Readonly<Record<BarPhase, readonly TellerAction[]>> = {
  closed: [],
  paused: ['pause-counter'],
  free: ['call-next', 'pause-counter'],
  called: ['start-service', 'recall-ticket', 'mark-no-show'],
  serving: ['finish-service'],
};

/** What calls somebody, or puts somebody back at the counter. */
const GIVES_CUSTOMER: ReadonlySet<TellerAction> = new Set(['call-next', 'start-walk-in', 'undo-finish']);

/**
 * Can this action be taken in the stage on screen? Everything else does nothing, so a key pressed twice, or
 * pressed too late, does no harm (CS10).
 * @param now the host's clock, milliseconds since 1970
 * @param isHeld no counter is given a customer from this PC now (BR4, BR7)
 */
export function isOffered(action: TellerAction, view: TellerView, now: number, isHeld = false): boolean {
  if (isHeld && GIVES_CUSTOMER.has(action)) return false;
  switch (action) {
    case 'undo-finish':
      return view.ticket === null && undoLeftMs(view, now) > 0;
    case 'raise-cue':
      return phaseOf(view) !== 'closed';
    case 'start-walk-in':
      return phaseOf(view) === 'free';
    case 'transfer-ticket':
    case 'park-ticket':
      // Without a number nobody could be called again.
      return view.ticket !== null && view.desk.visit?.isWalkIn === false;
    case 'start-next-business':
      return phaseOf(view) === 'serving' && nextBusinessId(view) !== null;
  }
  return OFFERED[phaseOf(view)].includes(action);
}

/** The business after the present one (TK10), or null. */
export function nextBusinessId(view: TellerView): string | null {
  return view.desk.visit?.businesses.find(({ status }) => status === 'later')?.id ?? null;
}

/** How long the last finish can still be taken back, in milliseconds; 0 when it cannot (CS10). */
export function undoLeftMs(view: TellerView, now: number): number {
  return view.undo ? Math.max(0, view.undo.until - now) : 0;
}

/** The timer of the stage on screen, in milliseconds; `isLate` only while serving beyond the business's limit. */
export interface StageTimer {
  readonly elapsedMs: number;
  readonly isLate: boolean;
}

/**
 * @param now the host's clock, milliseconds since 1970
 * @returns null while nothing is being timed (counter closed, or free)
 */
export function stageTimer(view: TellerView, now: number): StageTimer | null {
  const { ticket, counter } = view;
  if (ticket) {
    const elapsedMs = Math.max(0, now - ticket.since);
    return { elapsedMs, isLate: ticket.status === 'serving' && elapsedMs > ticket.serviceLimitMs };
  }
  if (counter.status !== 'paused') return null;
  return { elapsedMs: Math.max(0, now - counter.statusSince), isLate: false };
}

/** A saying is cued once per stage of each ticket (CS12); null when the stage has none to cue. */
export function sayingCue(view: TellerView): string | null {
  if (view.ticket) return `${view.ticket.status} ${view.ticket.ticketId}`;
  return view.undo ? `finished ${view.undo.ticketId}` : null;
}
