import { z } from 'zod';
import { EventEnvelope } from '../wire/event-envelope.ts';
import { Id, Instant } from '../wire/fields.ts';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** An accepted command as it was answered by the host that recorded it, so that a retry elsewhere has no second effect. */
export const RecordedCommand = z.strictObject({
  id: z.string().min(1).max(64),
  fingerprint: z.string().max(64),
  answer: z.unknown(),
});
export type RecordedCommand = z.infer<typeof RecordedCommand>;

/** One batch as another host had recorded it alone, whole and under its own seals. */
export const LateBatch = z.strictObject({
  epoch: z.int().min(1),
  firstSeq: z.int().min(1),
  lastSeq: z.int().min(1),
  previousHash: Hash,
  hash: Hash,
  events: z.array(EventEnvelope).min(1),
  command: RecordedCommand.nullable(),
});
export type LateBatch = z.infer<typeof LateBatch>;

/**
 * Who is host and who is standby (BR3 to BR6). One of these is alone in its batch; `core/replication/role-events.ts`
 * turns it into what the replication works with.
 */
export const STATION_EVENTS = {
  /** A host begins an epoch. `tookOver`: without the last host's last word (BR5). `over`: see `RoleChange`. */
  'epoch-raised': z.strictObject({
    epoch: z.int().min(1),
    host: Id,
    by: z.enum(['start', 'head-office', 'hand', 'conflict']),
    tookOver: z.boolean(),
    over: Id.nullable(),
  }),
  /** From here on, answers need the standby's disk too. */
  'standby-named': z.strictObject({ standby: Id }),
  'standby-leaving': z.strictObject({}),
  'standby-left': z.strictObject({}),
  /**
   * BR5: numbers that a PC with a printer alone may give, under every letter, while it is without its host. It has
   * them for good: nobody else ever gets them.
   */
  'number-block-given': z.strictObject({
    toStation: Id,
    first: z.int().min(0).max(999),
    last: z.int().min(0).max(999),
  }),
  /** BR7: what a PC did without its host and cannot take effect any more; nothing of it is dropped. */
  'kept-deed-set-aside': z.strictObject({
    deedId: z.string().min(1).max(64),
    /** When it was done, by that PC's clock. */
    doneAt: Instant,
    reason: z.enum(['day-over', 'number-taken', 'not-allowed', 'overtaken']),
    events: z
      .array(z.strictObject({ type: z.string().max(64), data: z.record(z.string(), z.unknown()) }))
      .min(1)
      .max(10),
  }),
  /**
   * What `fromStation` had recorded alone (BR6); nothing of it is dropped. Which of it has no effect was decided when
   * it was merged, by event id: `conflicts` contradict what happened here and are shown, `stale` is merely out of date.
   */
  'late-events-merged': z.strictObject({
    fromStation: Id,
    /** Seals that count as merged, those of `batches` and of earlier merges they carried. */
    hashes: z.array(Hash),
    batches: z.array(LateBatch),
    conflicts: z.array(z.string().max(64)),
    stale: z.array(z.string().max(64)),
    /** A part of it: the station's last word is still to come. */
    more: z.literal(true).exactOptional(),
  }),
} as const;
