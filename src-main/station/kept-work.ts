import { actorToText, type Command } from '#core/branch/commands.ts';
import type { OwnNumbers } from '#core/branch/decision.ts';
import type { BranchEvent } from '#core/branch/events.ts';
import { eventsOfDeed } from '#core/branch/kept-deeds.ts';
import { numberToPrefix, numberToValue } from '#core/queue/numbers.ts';
import type { Pretended } from '../host/host-contract.ts';
import type { DeviceNews } from './device-news.ts';
import type { KeptDelivery, KeptOrder } from './kept-delivery.ts';
import type { Done, KeptDeed, Outbox } from './outbox.ts';

/** What is to be kept, before anything was done. */
export type Keeping =
  | Omit<Extract<KeptDeed, { kind: 'window' }>, 'done'>
  | { readonly kind: 'news'; readonly id: string; readonly news: DeviceNews };

/**
 * What became of a deed here, as it is kept. Null: there is nothing of it a host could record, such as the end of a
 * day, which every host finds out by itself.
 */
export function doneOf(command: Command, { at, events, answer }: Pretended, run: Done['run']): Done | null {
  const { type, args, actor } = command;
  const own = eventsOfDeed(type, events);
  if (own.length === 0) return null;
  return { at, run, order: { type, args, actor } as KeptOrder, events: own, answer: { ...answer } };
}

/** BR7: what this PC shows on top of its copy of the journal. `isRecorded`: that copy has it already. */
export function keptEvents(
  outbox: Pick<Outbox, 'all'>,
  station: string,
  isRecorded: (id: string) => boolean,
): readonly BranchEvent[] {
  return outbox.all().flatMap(({ id, done }) => {
    if (done === undefined || isRecorded(id)) return [];
    const { actor } = done.order;
    const by = { at: done.at, actor: actorToText(actor), station };
    return done.events.map(event => ({ ...event, ...by }) as BranchEvent);
  });
}

/** The highest number of each letter among tickets no host has heard of, and in `lasts`. */
export function withKeptNumbers(own: OwnNumbers, outbox: Pick<Outbox, 'all'>): OwnNumbers {
  const lasts = new Map(own.lasts);
  for (const { type, data } of outbox.all().flatMap(({ done }) => done?.events ?? [])) {
    if (type !== 'ticket-issued') continue;
    const [prefix, value] = [numberToPrefix(data.number), numberToValue(data.number)];
    lasts.set(prefix, Math.max(lasts.get(prefix) ?? value, value));
  }
  return { ...own, lasts };
}

/** Print jobs of tickets that were issued here without the host. */
export function keptJobs(outbox: Pick<Outbox, 'all'>): ReadonlySet<string> {
  const events = outbox.all().flatMap(({ done }) => done?.events ?? []);
  return new Set(events.flatMap(({ type, data }) => (type === 'ticket-print-requested' ? [data.jobId] : [])));
}

/** The first deeds that wait, as far as they go together; null: there is none of this kind. */
export function deliveryOf(deeds: readonly KeptDeed[], run: Done['run'], now: number): KeptDelivery | null {
  const list: KeptDelivery['deeds'] = [];
  for (const { id, done } of deeds) {
    if (done === undefined) break;
    const { at: doneAt, order, events, answer } = done;
    // Since the program was started anew only the clock on the wall can tell.
    const ageMs = Math.max(0, done.run.id === run.id ? run.atMs - done.run.atMs : now - doneAt);
    list.push({ id, order, doneAt, ageMs, events, answer });
  }
  return list.length === 0 ? null : { type: 'kept-deeds', deeds: list };
}
