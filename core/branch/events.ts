import { z } from 'zod';
import { DeviceHealth, DeviceKind, PrintOutcome } from '../wire/device-news.ts';
import type { EventEnvelope } from '../wire/event-envelope.ts';
import { DurationMs, Id, Instant, Language, TicketNumber } from '../wire/fields.ts';
import { fail, ok, type Result } from '../wire/result.ts';
import { BankDocument } from './bank-document.ts';
import { ARRIVAL_EVENT_DATA, ARRIVAL_OF_TICKET } from './events-arrival.ts';
import { DOCUMENT_EVENTS } from './events-documents.ts';
import { HARDWARE_EVENTS } from './events-hardware.ts';
import { LOBBY_EVENTS } from './events-lobby.ts';
import { SERVING_EVENTS } from './events-serving.ts';
import { STATION_EVENTS } from './events-stations.ts';

/**
 * Everything that can have happened in a branch. Events are never rewritten: a changed shape is a new version
 * beside an upcaster in `UPCASTERS`.
 */
const ticketAtCounter = { ticketId: Id, counterId: Id };

export const EVENT_DATA = {
  // Branch
  'bank-document-applied': z.strictObject({ document: BankDocument }),
  ...DOCUMENT_EVENTS,
  'business-day-started': z.strictObject({ businessDay: z.iso.date() }),
  'device-health-changed': z.strictObject({
    deviceId: Id,
    kind: DeviceKind,
    /** The counter the device stands at, if any. */
    counterId: Id.nullable(),
    health: DeviceHealth,
  }),

  ...HARDWARE_EVENTS,

  // Several PCs (BR)
  ...STATION_EVENTS,

  // Staff (ID1)
  'staff-signed-in': z.strictObject({ sessionId: Id, staffNumber: z.string() }),
  'staff-signed-out': z.strictObject({
    sessionId: Id,
    staffNumber: z.string(),
    /** `removed`: the bank document no longer knows this person. */
    reason: z.enum(['asked', 'signed-in-elsewhere', 'day-ended', 'removed']),
  }),
  'sign-in-failed': z.strictObject({ staffNumber: z.string(), lockedUntil: Instant.nullable() }),

  // Counters (CS8)
  'counter-opened': z.strictObject({ counterId: Id, staffNumber: z.string() }),
  'counter-paused': z.strictObject({ counterId: Id, reasonId: Id }),
  'counter-resumed': z.strictObject({ counterId: Id }),
  'counter-closed': z.strictObject({ counterId: Id, reason: z.enum(['asked', 'moved', 'day-ended']) }),

  // Tickets (TK)
  'ticket-issued': z.strictObject({
    ticketId: Id,
    number: TicketNumber,
    queueId: Id,
    businessId: Id,
    classId: Id,
    language: Language,
    largeType: z.boolean(),
    /** Unguessable name of the progress page (TK7, TK11). */
    progressToken: Id,
    /** As printed on the ticket. */
    ahead: z.int().min(0),
    estimate: z.strictObject({ fromMinutes: z.int().min(0), toMinutes: z.int().min(0) }).nullable(),
    /** BR7: a PC without its host gave it, from its own numbers; the host recorded it later. */
    kept: z.literal(true).optional(),
    ...ARRIVAL_OF_TICKET,
  }),
  ...ARRIVAL_EVENT_DATA,
  'ticket-print-requested': z.strictObject({
    ticketId: Id,
    jobId: Id,
    reprint: z.boolean(),
    /** BR7: its PC had it printed before this was recorded: no printer acts on it. */
    kept: z.literal(true).optional(),
  }),
  'ticket-print-reported': z.strictObject({
    ticketId: Id,
    jobId: Id,
    outcome: PrintOutcome,
    code: z.string().max(8).nullable(),
  }),

  // Calling and serving (CS)
  'ticket-called': z.strictObject({
    ...ticketAtCounter,
    /** The gate that chose it and the tickets that came earlier and were passed (CS2). */
    gate: z.string().max(32),
    passed: z.array(Id).max(5000),
    /** CS4: called out of turn, and why; null when the policy chose it. */
    chosen: z.strictObject({ reasonId: Id }).nullable().default(null),
  }),
  'ticket-recalled': z.strictObject({ ...ticketAtCounter, recall: z.int().min(1) }),
  'ticket-no-show': z.strictObject(ticketAtCounter),
  'no-show-returned': z.strictObject({ ticketId: Id, afterCalls: z.int().min(0) }),
  'service-started': z.strictObject(ticketAtCounter),
  'service-finished': z.strictObject(ticketAtCounter),
  'finish-undone': z.strictObject(ticketAtCounter),
  /** Never handled: the day ended first (TK12). */
  'ticket-unserved': z.strictObject({ ticketId: Id }),

  ...SERVING_EVENTS,
  ...LOBBY_EVENTS,

  // Rating (RT)
  'rating-prompted': z.strictObject({
    ratingId: Id,
    ...ticketAtCounter,
    staffNumber: z.string(),
    openMs: DurationMs,
  }),
  'rating-given': z.strictObject({
    ratingId: Id,
    ...ticketAtCounter,
    staffNumber: z.string(),
    levelId: Id,
    satisfied: z.boolean(),
    bad: z.boolean(),
    afterMs: DurationMs,
  }),
  /** Closed without a press: silence, a keypad that was missing or broken, or the finish was taken back. */
  'rating-closed': z.strictObject({
    ratingId: Id,
    ...ticketAtCounter,
    staffNumber: z.string(),
    outcome: z.enum(['unrated', 'keypad-absent', 'withdrawn']),
  }),
  /** 安抚: what was done about a bad rating (RT3). */
  'bad-rating-handled': z.strictObject({ ratingId: Id, note: z.string().min(1).max(500) }),
} as const;

export type EventType = keyof typeof EVENT_DATA;
export type EventData<T extends EventType> = z.infer<(typeof EVENT_DATA)[T]>;

/** What `decide` produces: a fact that has no place, time or author yet. */
export type NewEvent<T extends EventType = EventType> = {
  [K in T]: { readonly type: K; readonly data: EventData<K> };
}[T];

/** What `evolve` reads: the fact with its time and author. */
export type BranchEvent<T extends EventType = EventType> = NewEvent<T> & {
  readonly at: number;
  readonly actor: string;
  readonly station: string;
};

/** Current version of each event type; all start at 1. */
export const EVENT_VERSIONS: Readonly<Record<EventType, number>> = Object.fromEntries(
  Object.keys(EVENT_DATA).map(type => [type, 1]),
) as Record<EventType, number>;

type Upcaster = (data: Record<string, unknown>) => Record<string, unknown>;

/** `UPCASTERS[type][n]` turns data of version n into version n + 1. None yet. */
const UPCASTERS: Partial<Record<EventType, Record<number, Upcaster>>> = {};

function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENT_DATA, type);
}

/**
 * Reads a recorded event into today's shape.
 * @returns D407 when the type or version is unknown, or the data do not fit: the caller keeps the raw event.
 */
export function envelopeToEvent(envelope: EventEnvelope): Result<BranchEvent> {
  const { type, version, seq, at, actor, station } = envelope;
  if (!isEventType(type) || version > EVENT_VERSIONS[type]) return fail('D407', { seq, type });
  let data: Record<string, unknown> = envelope.data;
  for (let from = version; from < EVENT_VERSIONS[type]; from++) {
    const upcast = UPCASTERS[type]?.[from];
    if (!upcast) return fail('D407', { seq, type });
    data = upcast(data);
  }
  const parsed = EVENT_DATA[type].safeParse(data);
  if (!parsed.success) return fail('D407', { seq, type });
  return ok({ type, data: parsed.data, at, actor, station } as BranchEvent);
}
