import { z } from 'zod';
import { CustomerKey, SealedText } from '../wire/commands-arrival.ts';

/** What the journal keeps of an identified customer: nothing that tells who it is without the branch's keys (TK2). */
export const CustomerRecord = z.strictObject({
  medium: z.enum(['card', 'passbook', 'id-card']),
  /** Keyed hash: the same customer gives the same key, and the key does not give the number. */
  key: CustomerKey,
  masked: z.string().max(40),
  /** The number, readable only with the branch's key. */
  sealed: SealedText,
});
export type CustomerRecord = z.infer<typeof CustomerRecord>;

/** A customer as the host knows them for the moment of a command; only `CustomerRecord` is recorded. */
export interface IdentifiedCustomer extends CustomerRecord {
  /** From the branch's table; null: not in it. */
  readonly classId: string | null;
  readonly birthDate: string | null;
  readonly identifiedAt: number;
}

/** How somebody with an appointment is reached. */
export const SealedContact = z.strictObject({
  key: CustomerKey,
  masked: z.string().max(40),
  sealed: SealedText,
});
export type SealedContact = z.infer<typeof SealedContact>;
