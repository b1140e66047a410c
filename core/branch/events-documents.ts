import { z } from 'zod';
import { Instant } from '../wire/fields.ts';
import { BankDocument } from './bank-document.ts';

/** A bank document on its way into force (HO3); `bank-document-applied` is where it arrives. */
export const DOCUMENT_EVENTS = {
  'bank-document-proposed': z.strictObject({
    document: BankDocument,
    /** Null: as soon as nothing of today stands in the way. */
    appliesAt: Instant.nullable(),
  }),
  'bank-document-withdrawn': z.strictObject({
    version: z.int().min(1),
    /** `overtaken`: a newer version came into force first. */
    reason: z.enum(['asked', 'overtaken']),
  }),
  /** ID1: somebody got a new password. The password and its hash are kept apart and never recorded. */
  'password-set': z.strictObject({ staffNumber: z.string().max(16) }),
} as const;
