import type { CommandArgs } from '../wire/commands.ts';
import type { IdentifiedCustomer, SealedContact } from './customer.ts';

type Known<T> = Omit<T, 'identification' | 'codeOrPhone' | 'phone'>;

/**
 * What the rules get instead of what a window sent: the host has opened the identification and hashed telephone
 * numbers, so that no number of a customer is recorded or can be guessed from a fingerprint (TK2).
 */
export interface ArrivalCommandArgs {
  'issue-ticket': Known<CommandArgs<'issue-ticket'>> & { readonly customer?: IdentifiedCustomer };
  'reprint-own-ticket': { readonly ticketId: string; readonly customer: IdentifiedCustomer };
  'book-appointment': Known<CommandArgs<'book-appointment'>> & { readonly contact: SealedContact | null };
  'check-in': Known<CommandArgs<'check-in'>> & {
    readonly code: string | null;
    readonly phoneKey: string | null;
    readonly customer?: IdentifiedCustomer;
  };
  /** The time of appointments is over (TK8). */
  'end-appointments': Record<string, never>;
  /** The branch has been closed long enough (TK12). */
  'end-waiting': Record<string, never>;
}
