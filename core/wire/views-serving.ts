import { z } from 'zod';
import { Id, Instant, LocalText } from './fields.ts';

const named = { id: Id, name: LocalText };

/** What the teller's full window shows beyond the bar (CS6, CS7, CS12, CS13, TK10). */
export const TellerDesk = z.strictObject({
  /** Of the ticket in hand. */
  visit: z
    .strictObject({
      isWalkIn: z.boolean(),
      /** All waits of the visit together: nothing of them is lost. */
      waitedMs: z.int(),
      businesses: z.array(
        z.strictObject({ ...named, status: z.enum(['done', 'now', 'later']), isServedHere: z.boolean() }),
      ),
      legs: z.array(
        z.strictObject({
          business: LocalText,
          counterName: LocalText.nullable(),
          waitMs: z.int().nullable(),
          serviceMs: z.int().nullable(),
          endedAt: Instant,
          end: z.enum(['done', 'transferred', 'parked']),
        }),
      ),
      notes: z.array(z.strictObject({ at: Instant, counterName: LocalText.nullable(), text: z.string() })),
      /** Papers that were missing when it was parked. */
      missing: z.array(z.strictObject({ ...named, isHere: z.boolean() })),
      /** What this business may lack, for `park-ticket`. */
      checklist: z.array(z.strictObject(named)),
    })
    .nullable(),
  /** Where a ticket can be sent. */
  queues: z.array(z.strictObject({ queueId: Id, name: LocalText, openCounters: z.int(), waiting: z.int() })),
  counters: z.array(z.strictObject({ counterId: Id, name: LocalText, isFree: z.boolean() })),
  businesses: z.array(z.strictObject({ ...named, isServedHere: z.boolean() })),
  cues: z.array(
    z.strictObject({
      ...named,
      signs: z.array(z.strictObject({ id: Id, text: LocalText })),
      advice: LocalText,
      actions: z.array(z.enum(['call-help', 'report', 'referral'])),
    }),
  ),
  /** 四声; more than one may be for the stage at hand. */
  sayings: z.array(
    z.strictObject({
      stage: z.enum(['greeting', 'cash-in', 'cash-out', 'details', 'farewell']),
      text: LocalText,
      isNow: z.boolean(),
    }),
  ),
  /** Whom the next calls would bring if nothing else happened, without identity or class (CS4). */
  upcoming: z.array(
    z.strictObject({ number: z.string(), business: LocalText, gate: z.string(), passedCount: z.int() }),
  ),
  /** Parked from this counter. */
  parked: z.array(
    z.strictObject({
      ticketId: Id,
      number: z.string(),
      business: LocalText,
      since: Instant,
      missing: z.int(),
      here: z.int(),
    }),
  ),
  /** Own day so far. */
  day: z.strictObject({
    served: z.int(),
    walkIns: z.int(),
    averageServiceMs: z.number().nullable(),
    rated: z.int(),
    unrated: z.int(),
    satisfaction: z.number().nullable(),
  }),
  /** The last ten finishes, newest first. */
  finishes: z.array(
    z.strictObject({
      ticketId: Id,
      /** Empty for a walk-in. */
      number: z.string(),
      business: LocalText,
      finishedAt: Instant,
      serviceMs: z.int().nullable(),
      outcome: z.enum(['open', 'rated', 'unrated', 'keypad-absent']).nullable(),
      level: LocalText.nullable(),
    }),
  ),
});
export type TellerDesk = z.infer<typeof TellerDesk>;
