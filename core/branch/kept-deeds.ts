import { businessDayOf } from '../queue/business-day.ts';
import { numberToValue } from '../queue/numbers.ts';
import { type Actor, actorToText } from './commands.ts';
import type { BranchEvent, EventData, EventType, NewEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { lateVerdict } from './late-rules.ts';
import { type BranchState, counterOf, isNumberGiven } from './state.ts';

/** BR7: what a PC without its host may do and keep, and what each deed can make happen. */
export const KEPT_DEEDS = {
  'start-service': ['service-started'],
  'finish-service': ['service-finished', 'rating-prompted', 'rating-closed'],
  'press-rating': ['rating-given'],
  'close-rating': ['rating-closed'],
  'issue-ticket': ['ticket-issued', 'ticket-print-requested'],
  'report-print': ['ticket-print-reported'],
  'accept-self-service': ['customer-diverted'],
} as const satisfies Record<string, readonly EventType[]>;
export type KeptDeedType = keyof typeof KEPT_DEEDS;

/**
 * What of a decision is the deed itself: a new day, which it may have begun here, every host finds out by itself.
 * Empty: the command is none a PC without its host may give.
 */
export function eventsOfDeed(type: string, events: readonly NewEvent[]): NewEvent[] {
  const known = Object.hasOwn(KEPT_DEEDS, type)
    ? (KEPT_DEEDS[type as KeptDeedType] as readonly EventType[])
    : [];
  return events.filter(event => known.includes(event.type));
}

/** A deed as the host hears of it. */
export interface DoneDeed {
  readonly id: string;
  readonly type: KeptDeedType;
  readonly actor: Actor;
  /** Whose PC it was. */
  readonly station: string;
  /** By that PC's clock. */
  readonly doneAt: number;
  /** How long ago, by a clock that nobody sets. */
  readonly ageMs: number;
  readonly events: readonly NewEvent[];
}

/** What a host records of a deed: with its own time, or, set aside, with the present one. */
export interface TakenDeed {
  readonly at: number;
  /** Empty: it was known already, or has nothing left to change. */
  readonly events: readonly NewEvent[];
}

type Reason = EventData<'kept-deed-set-aside'>['reason'];

/** What a message may take. Where the other PC's clock is that little behind, it is the right one. */
const ON_THE_WAY_MS = 1_000;

/**
 * BR7: takes what a PC did without its host into the log, as having happened then. What cannot take effect any more
 * is set aside whole and shown; nothing is refused. Pure.
 * @param now the host's clock, on the business day of `state`
 */
export function takeKeptDeed(state: BranchState, deed: DoneDeed, now: number): TakenDeed {
  const at = timeOf(state, deed, now);
  const { station, doneAt, events } = deed;
  if (isSettled(state, events)) return { at, events: [] };
  let present = state;
  for (const event of events) {
    const happened = { ...event, at, actor: actorToText(deed.actor), station } as BranchEvent;
    const reason = judge(present, deed, happened);
    if (reason !== null) {
      const kept = events.map(({ type, data }) => ({ type, data: { ...data } }));
      const data = { deedId: deed.id, doneAt, reason, events: kept };
      return { at: now, events: [{ type: 'kept-deed-set-aside', data }] };
    }
    present = evolve(present, happened);
  }
  return { at, events: events.map(asKept) };
}

/**
 * When it happened, by the host's clock: a wrong clock of the other PC changes nothing. Never after now, and never
 * before what is known of its ticket and its counter.
 */
function timeOf(state: BranchState, { doneAt, ageMs, events }: DoneDeed, now: number): number {
  const byAge = Math.round(now - Math.max(0, ageMs));
  const told = doneAt <= byAge && byAge - doneAt <= ON_THE_WAY_MS ? doneAt : byAge;
  const floors = events.flatMap(({ data }) => lastTimes(state, data as Partial<Record<string, unknown>>));
  return Math.min(now, Math.max(told, ...floors));
}

function lastTimes(state: BranchState, data: Partial<Record<string, unknown>>): number[] {
  const ticket = state.tickets.get(String(data.ticketId ?? ''));
  const recall = state.recentCalls.find(({ ticketId }) => ticketId === ticket?.ticketId);
  const counter = state.counters.get(String(data.counterId ?? ''));
  const known = [
    ticket?.statusSince,
    ticket?.call?.calledAt,
    recall?.at,
    counter?.statusSince,
    counter?.freedAt,
    counter?.openRating?.promptedAt,
    counter?.lastRating?.at,
  ];
  return known.flatMap(time => time ?? []);
}

/** A rating that is closed needs no closing. */
function isSettled(state: BranchState, events: readonly NewEvent[]): boolean {
  return events.every(({ type, data }) => {
    if (type === 'ticket-print-reported') return state.tickets.get(data.ticketId)?.print.jobId !== data.jobId;
    if (type !== 'rating-closed' || data.outcome === 'withdrawn') return false;
    return events.length === 1 && counterOf(state, data.counterId).openRating?.ratingId !== data.ratingId;
  });
}

/** Why it cannot take effect; null: it can. */
function judge(state: BranchState, deed: DoneDeed, event: BranchEvent): Reason | null {
  const allowed: readonly EventType[] = KEPT_DEEDS[deed.type];
  if (!allowed.includes(event.type) || !mayAct(state, deed, event)) return 'not-allowed';
  const { document, businessDay } = state;
  if (document === null || businessDayOf(event.at, document.branch.timeZone) !== businessDay)
    return 'day-over';
  if (event.type === 'ticket-issued') {
    const { number } = event.data;
    if (!isOwnNumber(state, deed.station, number)) return 'not-allowed';
    if (isNumberGiven(state, number)) return 'number-taken';
  }
  if (event.type === 'rating-given' && !mayRate(state, event.data)) return 'overtaken';
  // Somebody else is being asked there by now.
  if (event.type === 'rating-closed' && counterOf(state, event.data.counterId).openRating !== null)
    return counterOf(state, event.data.counterId).openRating?.ratingId === event.data.ratingId
      ? null
      : 'overtaken';
  return lateVerdict(state, event) === 'takes-effect' ? null : 'overtaken';
}

/** ID3: who served is still the one who is on that counter, in the session it was done in. */
function mayAct(state: BranchState, { type, actor }: DoneDeed, { data }: BranchEvent): boolean {
  if (type === 'issue-ticket' || type === 'accept-self-service')
    return actor.kind === 'customer' || actor.kind === 'staff';
  if (type !== 'start-service' && type !== 'finish-service') return actor.kind === 'device';
  if (actor.kind !== 'staff' || !('counterId' in data)) return false;
  const isHere = state.sessions.get(actor.sessionId)?.staffNumber === actor.staffNumber;
  return isHere && counterOf(state, String(data.counterId)).staffNumber === actor.staffNumber;
}

/** Its prompt is open, or was closed as unrated before this was heard: then nobody else is being asked now. */
function mayRate(state: BranchState, { ratingId, ticketId, counterId }: EventData<'rating-given'>): boolean {
  const { openRating } = counterOf(state, counterId);
  if (openRating !== null) return openRating.ratingId === ratingId;
  const closed = state.recentRatings.find(rating => rating.ratingId === ratingId);
  return closed?.outcome === 'unrated' && state.tickets.get(ticketId)?.rated !== true;
}

function isOwnNumber(state: BranchState, station: string, number: string): boolean {
  const own = state.stations.ownNumbers.get(station);
  const value = numberToValue(number);
  return own !== undefined && own.first <= value && value <= own.last;
}

/** Nobody prints because of what was printed already. */
function asKept(event: NewEvent): NewEvent {
  if (event.type === 'ticket-print-requested') return { ...event, data: { ...event.data, kept: true } };
  return event.type === 'ticket-issued' ? { ...event, data: { ...event.data, kept: true } } : event;
}
