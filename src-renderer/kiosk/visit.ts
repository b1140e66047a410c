import type { CommandAnswer } from '#core/wire/commands.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { View } from '#core/wire/views.ts';

/** One customer at the kiosk, from the first touch until the start page is back. Pure. */
export type Visit =
  | { readonly page: 'start' }
  | { readonly page: 'businesses'; readonly groupId: string }
  | { readonly page: 'entry'; readonly kind: 'identify' | 'appointment' }
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
  | {
      readonly page: 'number';
      /** Null: of an appointment. */
      readonly businessId: string | null;
      readonly issued: CommandAnswer<'issue-ticket'>;
      /** When the number came, by the host's clock. */
      readonly shownAt: number;
    };

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
