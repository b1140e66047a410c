import { z } from 'zod';

/**
 * HO1: the one upload stream of a branch. Bodies are gzip-compressed JSON over HTTP.
 * `POST /v1/branches/{branch}/events` with `Authorization: Bearer <branch key>`.
 */
export const UPLOAD_PROTOCOL_VERSION = 1;
/** A batch holds at most this many events … */
export const MAX_BATCH_EVENTS = 500;
/** … and at most this many bytes of JSON before compression. */
export const MAX_BATCH_BYTES = 256 * 1024;
/** An event that is larger than a batch travels alone, in a body of at most this many bytes before compression. */
export const MAX_LONE_EVENT_BYTES = 4 * 1024 * 1024;

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A station's id, as on its events. */
const StationName = z.string().min(1).max(64);

/** BR4: who decides in a branch, as far as head office knows. */
export const NamedAnswer = z.strictObject({ epoch: z.int().min(1), station: StationName });
export type NamedAnswer = z.infer<typeof NamedAnswer>;

/** `POST /v1/branches/{branch}/claim`: to be named for the epoch after `expected`. Answered with `NamedAnswer`. */
export const ClaimRequest = z.strictObject({
  protocol: z.literal(UPLOAD_PROTOCOL_VERSION),
  expected: z.int().min(0),
  station: StationName,
});
export type ClaimRequest = z.infer<typeof ClaimRequest>;

/** `POST /v1/branches/{branch}/register`: an epoch that a person decided. Answered with `NamedAnswer`. */
export const RegisterRequest = z.strictObject({
  protocol: z.literal(UPLOAD_PROTOCOL_VERSION),
  epoch: z.int().min(1),
  station: StationName,
});
export type RegisterRequest = z.infer<typeof RegisterRequest>;

/** Events `from`…`to` (inclusive) of one branch; `previousHash` is the hash of event `from - 1`. */
export const PushRequest = z.strictObject({
  protocol: z.literal(UPLOAD_PROTOCOL_VERSION),
  epoch: z.int().min(1),
  /** The host, in a branch of several PCs (BR4). */
  station: StationName.optional(),
  from: z.int().min(1),
  to: z.int().min(1),
  previousHash: Hash,
  /** Kept loose: what head office cannot parse is stored raw and acknowledged, so that nothing blocks the stream. */
  events: z.array(z.unknown()).min(1).max(MAX_BATCH_EVENTS),
});
export type PushRequest = z.infer<typeof PushRequest>;

/**
 * What head office holds for good. The branch continues after `durableSeq`, whatever it had sent: that alone
 * answers repeats and gaps. `verdict` says why the cursor did not move. `durableHash` is null while the last
 * stored item is one whose hash head office could not read.
 */
export const PushAnswer = z.strictObject({
  verdict: z.enum(['stored', 'repeat', 'gap', 'fork', 'lower-epoch']),
  durableSeq: z.int().min(0),
  durableHash: Hash.nullable(),
  /** Events the branch may send next without asking. */
  credit: z.int().min(0),
  retryAfterMs: z.int().min(0),
  /** With `lower-epoch`, in a branch of several PCs: who decides there now. */
  named: NamedAnswer.optional(),
});
export type PushAnswer = z.infer<typeof PushAnswer>;

/** `GET /v1/branches/{branch}/cursor`: where to continue after a restart. */
export const CursorAnswer = z.strictObject({
  durableSeq: z.int().min(0),
  durableHash: Hash.nullable(),
  epoch: z.int().min(0),
});
export type CursorAnswer = z.infer<typeof CursorAnswer>;

/** The body of every refusal of head office: a code of `error-codes.ts` and the facts of its sentence. */
export const RefusalAnswer = z.object({
  code: z.string().max(8),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type RefusalAnswer = z.infer<typeof RefusalAnswer>;

/**
 * HO2: the small live message, apart from the log, so that figures are right at once while a backlog drains.
 * `POST /v1/branches/{branch}/status`.
 */
export const BranchStatus = z.strictObject({
  protocol: z.literal(UPLOAD_PROTOCOL_VERSION),
  at: z.int().min(0),
  epoch: z.int().min(1),
  lastSeq: z.int().min(0),
  branchName: z.strictObject({ zh: z.string().max(80), en: z.string().max(80) }),
  timeZone: z.string().max(64),
  businessDay: z.iso.date().nullable(),
  waiting: z.int().min(0),
  serving: z.int().min(0),
  openCounters: z.int().min(0),
  counters: z.int().min(0),
  longestWaitMs: z.int().min(0),
  devicesDown: z.int().min(0),
});
export type BranchStatus = z.infer<typeof BranchStatus>;
