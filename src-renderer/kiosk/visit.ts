import type { CommandAnswer } from '#core/wire/commands.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { View } from '#core/wire/views.ts';

/** One customer at the kiosk, from the first touch until the start page is back. Pure. */
export type Visit =
  | { readonly page: 'start' }
  | { readonly page: 'businesses'; readonly groupId: string }
  /** `unread`: why a reading on a line was of no use. */
  | { readonly page: 'entry'; readonly kind: 'identify' | 'appointment'; readonly unread?: ErrorCode }
  | { readonly page: 'confirm'; readonly groupId: string; readonly businessId: string }
  /** TK5: has a number already. */
  | {
      readonly page: 'own';
      readonly ticketId: string;
      readonly number: string;
      readonly businessId: string | null;
    }
  /** Sent to a machine, or the own ticket is printed again. */
  | {
      readonly page: 'notice';
      readonly notice:
        | { readonly kind: 'machine'; readonly businessId: string }
        | { readonly kind: 'reprint' };
      readonly shownAt: number;
    }
  | NumberVisit
  /** TK10: one more business for that number; without a group, the groups. */
  | { readonly page: 'add'; readonly groupId: string | null; readonly ticket: NumberVisit };

export interface NumberVisit {
  readonly page: 'number';
  /** Null: of an appointment. */
  readonly businessId: string | null;
  /** Those added since (TK10), in that order. */
  readonly laterBusinessIds: readonly string[];
  readonly issued: CommandAnswer<'issue-ticket'>;
  /** When the number came, by the host's clock. */
  readonly takenAt: number;
  /** When the page was last shown, by the host's clock: its countdown starts then. */
  readonly shownAt: number;
}

type Groups = View<'kiosk'>['groups'];

/** A number that came at `now`. */
export function newNumber(
  businessId: string | null,
  issued: CommandAnswer<'issue-ticket'>,
  now: number,
): NumberVisit {
  return { page: 'number', businessId, laterBusinessIds: [], issued, takenAt: now, shownAt: now };
}

/** TK10: the ticket with one more business, each once. */
export function withBusiness(ticket: NumberVisit, businessId: string): NumberVisit {
  if (businessIdsOf(ticket).includes(businessId)) return ticket;
  return { ...ticket, laterBusinessIds: [...ticket.laterBusinessIds, businessId] };
}

/** The businesses on the ticket that the kiosk knows, the first one first. */
export function businessesOn(groups: Groups, ticket: NumberVisit): Groups[number]['businesses'] {
  const all = groups.flatMap(group => group.businesses);
  return businessIdsOf(ticket).flatMap(id => all.find(business => business.id === id) ?? []);
}

/** TK10: what can still be added to the ticket, without groups of which nothing is left. */
export function businessesToAdd(groups: Groups, ticket: NumberVisit): Groups {
  const taken = businessIdsOf(ticket);
  return groups
    .map(group => ({ ...group, businesses: group.businesses.filter(({ id }) => !taken.includes(id)) }))
    .filter(group => group.businesses.length > 0);
}

function businessIdsOf({ businessId, laterBusinessIds }: NumberVisit): string[] {
  return businessId === null ? [...laterBusinessIds] : [businessId, ...laterBusinessIds];
}

/** Back to start after this long without a touch; the last seconds of it with a warning. */
export const IDLE_MS = 20_000;
export const IDLE_WARNING_MS = 5_000;
/** How long a number stays: long enough to take the ticket, longer when it has to be noted or scanned (TK4). */
export const PRINTED_SHOWN_MS = 8_000;
export const NOT_PRINTED_SHOWN_MS = 30_000;

type PrintStatus = View<'kiosk'>['prints'][number]['status'];
export type PaperState = 'printing' | 'printed' | 'not-printed';

/**
 * TK4: what the customer is told about the paper. `status` is the newest news of this ticket's paper, undefined
 * while there is none; `printing` says whether the host had a working printer when it gave the number. What was
 * sent counts as printed, since many printers confirm nothing; what may be lost counts as not printed.
 */
export function paperState(status: PrintStatus | undefined, printing: boolean): PaperState {
  if (status === undefined) return printing ? 'printing' : 'not-printed';
  if (status === 'failed' || status === 'uncertain' || status === 'none') return 'not-printed';
  if (status === 'waiting') return printing ? 'printing' : 'not-printed';
  return 'printed';
}

/** Seconds until the start page comes back, rounded up; 0 means now. */
export function secondsLeft(shownAt: number, now: number, paper: PaperState): number {
  const shownMs = paper === 'printed' ? PRINTED_SHOWN_MS : NOT_PRINTED_SHOWN_MS;
  return Math.max(0, Math.ceil((shownAt + shownMs - now) / 1000));
}

/** Seconds of warning left before an untouched kiosk goes back to start; null while there is no need to warn. */
export function idleWarningSeconds(sinceTouchMs: number): number | null {
  if (sinceTouchMs < IDLE_MS - IDLE_WARNING_MS) return null;
  return Math.max(0, Math.ceil((IDLE_MS - sinceTouchMs) / 1000));
}

/** The kiosk's own sentence for a refused number: customers are told what to do, not what failed inside. */
export function failureTextKey(code: ErrorCode): string {
  switch (code) {
    case 'T802':
    case 'T841':
      return 'failed.usedUp';
    case 'U571':
      return 'failed.ownUsedUp';
    case 'U511':
    case 'U572':
    case 'U573':
      return 'failed.cutOff';
    case 'T842':
      return 'failed.closed';
    case 'T843':
      return 'failed.notRead';
    case 'T844':
      return 'failed.readAgain';
    case 'T845':
      return 'failed.noAppointment';
    case 'T846':
      return 'failed.tooEarly';
    case 'T847':
      return 'failed.tooLate';
    case 'T850':
      return 'failed.machinesDown';
    case 'D410':
      return 'failed.noReader';
    case 'T801':
    case 'T819':
      return 'failed.notOffered';
    case 'M610':
      return 'failed.noAnswer';
    case 'D403':
    case 'D404':
    case 'T821':
      return 'failed.noRoom';
    default:
      return 'failed.unknown';
  }
}
