import type { BankDocument } from '../branch/bank-document.ts';
import { findBusiness, findQueue } from '../branch/decision.ts';
import { type BranchState, counterOf, type DeviceState, type Ticket } from '../branch/state.ts';
import { findStaff } from '../staff/rights.ts';
import type { LocalText } from '../wire/fields.ts';
import type { View } from '../wire/views.ts';
import type { ProgramFacts } from './program-facts.ts';

/** Pieces that several views show in the same way. */

export const MINUTE_MS = 60_000;

export function branchHead(
  document: BankDocument,
): Pick<View<'sign-in'>, 'bankName' | 'branchName' | 'timeZone'> {
  const { bankName, name, timeZone } = document.branch;
  return { bankName, branchName: name, timeZone };
}

/** A name for something the document no longer has: the id itself, which is better than an empty place. */
const named = (name: LocalText | undefined, id: string): LocalText => name ?? { zh: id, en: id };

export function businessName(document: BankDocument, businessId: string): LocalText {
  return named(findBusiness(document, businessId)?.name, businessId);
}

export function counterName(document: BankDocument, counterId: string): LocalText {
  return named(document.counters.find(counter => counter.id === counterId)?.name, counterId);
}

export function className(document: BankDocument, classId: string): LocalText {
  return named(document.classes.find(one => one.id === classId)?.name, classId);
}

/** The promise to this ticket's queue, in milliseconds. */
export function waitLimitMs(document: BankDocument, queueId: string): number {
  return (findQueue(document, queueId)?.waitLimitMinutes ?? 30) * MINUTE_MS;
}

export type CounterHead = View<'sign-in'>['counters'][number];

/** A counter with who is on it, as all staff screens show it. */
export function counterHead(state: BranchState, document: BankDocument, counterId: string): CounterHead {
  const { status, statusSince, staffNumber, pauseReasonId } = counterOf(state, counterId);
  const counter = document.counters.find(candidate => candidate.id === counterId);
  const staff = staffNumber === null ? undefined : findStaff(document, staffNumber);
  const reason = document.pauseReasons.find(candidate => candidate.id === pauseReasonId);
  return {
    counterId,
    number: counter?.number ?? null,
    name: counterName(document, counterId),
    status,
    statusSince,
    staffNumber,
    staffName: staff?.name ?? null,
    pauseReason: reason?.name ?? null,
  };
}

export function deviceLine(
  { deviceId, kind, counterId, health, since }: DeviceState,
  { deviceName }: Pick<ProgramFacts, 'deviceName'>,
): View<'lobby'>['devices'][number] {
  return { deviceId, kind, name: deviceName?.(deviceId) ?? '', counterId, health, since };
}

export function ticketsInState(state: BranchState, ...wanted: Ticket['status'][]): Ticket[] {
  return [...state.tickets.values()].filter(ticket => wanted.includes(ticket.status));
}

/** When the longest waiting of these tickets entered its queue. */
export function oldestSince(tickets: readonly Ticket[]): number | null {
  return tickets.reduce<number | null>(
    (oldest, ticket) => (oldest === null ? ticket.queuedAt : Math.min(oldest, ticket.queuedAt)),
    null,
  );
}
