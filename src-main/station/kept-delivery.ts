import { z } from 'zod';
import type { Command } from '#core/branch/commands.ts';
import { EVENT_DATA, type EventType, type NewEvent } from '#core/branch/events.ts';
import { type DoneDeed, KEPT_DEEDS, type KeptDeedType } from '#core/branch/kept-deeds.ts';
import { Id, Instant } from '#core/wire/fields.ts';
import type { Host } from '../host/host-contract.ts';

/** How deeds a PC did without its host come to the next one (BR7): several in their order, as one order of the link. */
const KeptActor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('customer') }),
  z.strictObject({ kind: z.literal('staff'), staffNumber: z.string().max(16), sessionId: Id }),
  z.strictObject({ kind: z.literal('device'), deviceId: Id }),
]);

/** What had been asked, as the rules got it. */
export const KeptOrder = z.strictObject({
  type: z.enum(Object.keys(KEPT_DEEDS) as [KeptDeedType, ...KeptDeedType[]]),
  args: z.record(z.string(), z.unknown()),
  actor: KeptActor,
});
export type KeptOrder = z.infer<typeof KeptOrder>;

const KEPT_EVENTS: ReadonlySet<string> = new Set<EventType>(Object.values(KEPT_DEEDS).flat());

/** One of the events that such a deed can have, with exactly its fields. */
export const KeptEvent = z
  .strictObject({ type: z.string().max(64), data: z.record(z.string(), z.unknown()) })
  .transform((value, context): NewEvent => {
    const data = KEPT_EVENTS.has(value.type)
      ? EVENT_DATA[value.type as EventType].safeParse(value.data)
      : undefined;
    if (data?.success) return { type: value.type, data: data.data } as NewEvent;
    context.addIssue({ code: 'custom', message: 'not an event of a kept deed' });
    return z.NEVER;
  });

/** Of one message; the others follow when it is answered. */
export const DEEDS_AT_ONCE = 40;

export const KeptDelivery = z.strictObject({
  type: z.literal('kept-deeds'),
  deeds: z
    .array(
      z.strictObject({
        id: Id,
        order: KeptOrder,
        doneAt: Instant,
        ageMs: z.number().min(0),
        events: z.array(KeptEvent).min(1).max(10),
        answer: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1)
    .max(DEEDS_AT_ONCE),
});
export type KeptDelivery = z.infer<typeof KeptDelivery>;

/**
 * The host's part: records them one after the other, with nothing in between.
 * @returns the command ids they are recorded under; fewer than given: it stopped there, with `code`
 */
export function takeDelivery(
  host: Pick<Host, 'tick' | 'takeKept'>,
  { deeds }: KeptDelivery,
  station: string,
): { readonly taken: readonly string[]; readonly code: string | null } {
  // A new business day begins before anything is judged by it.
  host.tick();
  const taken: string[] = [];
  for (const { id, order, doneAt, ageMs, events, answer } of deeds) {
    const { type, args, actor } = order;
    const deed: DoneDeed = { id, type, actor, station, doneAt, ageMs, events };
    const done = host.takeKept(deed, { type, args, actor, station } as Command, answer);
    if (!done.ok) return { taken, code: done.error.code };
    taken.push(done.value);
  }
  return { taken, code: null };
}
