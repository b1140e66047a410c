import type { BankDocument } from '../branch/bank-document.ts';
import type { ConfiguredState } from '../branch/decision.ts';
import type { Ticket } from '../branch/state.ts';
import type { LocalText } from '../wire/fields.ts';

/** Why a document cannot come into force at this moment: somebody would be left without a way on. */
export interface DocumentBlock {
  readonly reason:
    | 'queue-in-use'
    | 'queue-unserved'
    | 'business-in-use'
    | 'class-in-use'
    | 'counter-in-use'
    | 'counter-awaited'
    | 'teller-at-counter'
    | 'rating-open'
    | 'time-zone';
  /** The queue, business, class, counter or person it is about. */
  readonly name: LocalText;
  /** Tickets, or people, it holds up. */
  readonly count: number;
}

type Named = { readonly id: string; readonly name: LocalText };

/**
 * What of today stands in the way of a new document: a queue, business or class that tickets still need, a counter
 * or teller at work, an open rating whose levels would change, a clock that would end the day early. At the day's
 * end nothing does.
 */
export function documentBlocks(state: ConfiguredState, next: BankDocument): DocumentBlock[] {
  const { document } = state;
  const open = [...state.tickets.values()].filter(ticket => ticket.status !== 'done');
  const blocks: DocumentBlock[] = [];
  const blockRemoved = (
    reason: DocumentBlock['reason'],
    before: readonly Named[],
    after: readonly Named[],
    needs: (ticket: Ticket, id: string) => boolean,
  ) => {
    const kept = new Set(after.map(({ id }) => id));
    for (const { id, name } of before) {
      const count = kept.has(id) ? 0 : open.filter(ticket => needs(ticket, id)).length;
      if (count > 0) blocks.push({ reason, name, count });
    }
  };
  blockRemoved('queue-in-use', document.queues, next.queues, (ticket, id) => ticket.queueId === id);
  blockRemoved(
    'business-in-use',
    document.businesses,
    next.businesses,
    (ticket, id) => ticket.businessId === id || ticket.visit.laterBusinessIds.includes(id),
  );
  blockRemoved('class-in-use', document.classes, next.classes, (ticket, id) => ticket.classId === id);
  return [
    ...blocks,
    ...unservedQueues(open, document, next),
    ...countersInUse(state, next),
    ...countersAwaited(open, document, next),
    ...openRatings(state, next),
    ...(open.length > 0 && next.branch.timeZone !== document.branch.timeZone
      ? [{ reason: 'time-zone', name: document.branch.name, count: open.length } as const]
      : []),
  ];
}

/** Queues with people in them that some counter serves now and none would serve then. */
function unservedQueues(
  open: readonly Ticket[],
  before: BankDocument,
  after: BankDocument,
): readonly DocumentBlock[] {
  const [servedNow, servedThen] = [servedQueueIds(before), servedQueueIds(after)];
  return after.queues.flatMap(({ id, name }) => {
    if (!servedNow.has(id) || servedThen.has(id)) return [];
    const count = open.filter(ticket => ticket.queueId === id).length;
    return count > 0 ? [{ reason: 'queue-unserved', name, count } as const] : [];
  });
}

function servedQueueIds(document: BankDocument): ReadonlySet<string> {
  const profileIds = new Set(document.counters.map(counter => counter.profileId));
  return new Set(document.profiles.filter(({ id }) => profileIds.has(id)).flatMap(one => one.queueIds));
}

/** Counters at work that would go, and tellers on one who could not serve any more. */
function countersInUse(state: ConfiguredState, next: BankDocument): readonly DocumentBlock[] {
  const blocks: DocumentBlock[] = [];
  for (const { counterId, status, staffNumber } of state.counters.values()) {
    if (status === 'closed') continue;
    const counter = state.document.counters.find(({ id }) => id === counterId);
    const isKept = next.counters.some(({ id }) => id === counterId);
    if (!isKept)
      blocks.push({
        reason: 'counter-in-use',
        name: counter?.name ?? { zh: counterId, en: counterId },
        count: 1,
      });
    const member = state.document.staff.find(({ number }) => number === staffNumber);
    if (member && !canServe(next, member.number))
      blocks.push({ reason: 'teller-at-counter', name: member.name, count: 1 });
  }
  return blocks;
}

/** Counters that go while a ticket may be called there only, or shall come back there when its papers are complete. */
function countersAwaited(
  open: readonly Ticket[],
  before: BankDocument,
  after: BankDocument,
): readonly DocumentBlock[] {
  const kept = new Set(after.counters.map(({ id }) => id));
  return before.counters.flatMap(({ id, name }) => {
    const count = kept.has(id)
      ? 0
      : open.filter(
          ticket =>
            ticket.onlyCounterId === id ||
            (ticket.status === 'parked' && ticket.visit.parking?.counterId === id),
        ).length;
    return count > 0 ? [{ reason: 'counter-awaited', name, count } as const] : [];
  });
}

function canServe(document: BankDocument, staffNumber: string): boolean {
  const roleIds = document.staff.find(({ number }) => number === staffNumber)?.roleIds ?? [];
  return document.roles.some(role => roleIds.includes(role.id) && role.rights.includes('serve'));
}

/** A customer who is asked to rate presses the keys that were shown: their meaning may not change under the finger. */
function openRatings(state: ConfiguredState, next: BankDocument): readonly DocumentBlock[] {
  const meaning = (document: BankDocument) => JSON.stringify(document.ratingLevels);
  if (meaning(state.document) === meaning(next)) return [];
  return [...state.counters.values()].flatMap(({ counterId, openRating }) => {
    if (!openRating) return [];
    const counter = state.document.counters.find(({ id }) => id === counterId);
    const name = counter?.name ?? { zh: counterId, en: counterId };
    return [{ reason: 'rating-open', name, count: 1 } as const];
  });
}
