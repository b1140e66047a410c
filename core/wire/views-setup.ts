import { z } from 'zod';
import type { BankDocument } from '../branch/bank-document.ts';
import { Id, Instant, LocalText } from './fields.ts';

/** A bank document as the host keeps it: valid, with its defaults filled in. */
const Document = z.custom<BankDocument>(value => typeof value === 'object' && value !== null);

/** For the set-up window: the bank document in force, the one to come, and those that can be gone back to (HO3). */
export const SetupView = z.strictObject({
  bankName: LocalText,
  branchName: LocalText,
  timeZone: z.string(),
  branchId: Id,
  document: Document,
  applied: z.strictObject({ at: Instant, by: z.string() }).nullable(),
  pending: z
    .strictObject({
      document: Document,
      /** Null: as soon as nothing of today stands in the way. */
      appliesAt: Instant.nullable(),
      proposedAt: Instant,
      by: z.string(),
      /** What would stand in its way now. */
      blocks: z.array(z.strictObject({ reason: z.string(), name: LocalText, count: z.int() })),
    })
    .nullable(),
  /** Newest first. */
  previous: z.array(z.strictObject({ document: Document, at: Instant, by: z.string() })),
  /** Staff who cannot sign in yet, because they have no password (ID1). */
  withoutPassword: z.array(z.string()),
});
