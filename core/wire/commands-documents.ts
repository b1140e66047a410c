import { z } from 'zod';
import { Instant } from './fields.ts';
import { MAX_LONE_EVENT_BYTES } from './upload.ts';

/**
 * A document of at most this many bytes of JSON is taken. A quarter of what head office takes as one event: the
 * version in force, the one to come and the last two still fit into one view of the set-up window.
 */
export const MAX_DOCUMENT_BYTES = MAX_LONE_EVENT_BYTES / 4;

/** Set-up by an administrator (HO3). The document is read whole by `decide`, which names every wrong field. */
export const DOCUMENT_COMMANDS = {
  'propose-document': z.strictObject({
    /** A whole bank document as JSON text; its version is the one in force plus one. */
    document: z.string().max(MAX_DOCUMENT_BYTES),
    /** At once, as soon as nothing of today stands in the way, or at a set time. */
    when: z.union([z.enum(['now', 'when-free']), Instant]),
  }),
  /** `version` is the one the sender saw waiting. */
  'withdraw-document': z.strictObject({ version: z.int().min(1) }),
  /** ID1: the new password reaches the host only; it is never recorded. */
  'set-password': z.strictObject({
    staffNumber: z.string().min(1).max(16),
    password: z.string().min(1).max(200),
  }),
} as const;

/** What the commands of this file answer. */
export interface DocumentAnswers {
  /** `applied`: in force now; `waiting`: kept until its time. */
  'propose-document': { version: number; outcome: 'applied' | 'waiting' };
}
