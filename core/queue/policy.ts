import { type BankDocument, DEFAULT_OVERTAKING_CAP, type WorkProfile } from '../branch/bank-document.ts';
import type { Gate, GateOf } from '../branch/bank-document-gates.ts';
import type { Ticket } from '../branch/state.ts';
import { classInTurn, type RatioCalls } from './ratio.ts';

/** What chose a ticket: a gate of the policy, the cap that kept a gate from choosing (CS2), or a person (CS4). */
export type CallGate = Gate['kind'] | 'overtaking-cap' | 'chosen';

/** Whom to call, and why (CS1, CS2). */
export interface Choice {
  readonly ticket: Ticket;
  readonly gate: CallGate;
  /** Waiting tickets that the same counter could have called, arrived earlier, and were passed. */
  readonly passed: readonly Ticket[];
}

/** All that a choice depends on besides the tickets. */
export interface CallingRules {
  readonly profile: WorkProfile;
  /** For the caps of the classes. */
  readonly classes: BankDocument['classes'];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Calls of the unfinished round of the profile's ratio gate. */
  readonly ratioCalls: RatioCalls;
}

type Candidates = readonly Ticket[];
type Gates = {
  readonly [K in Gate['kind']]: (
    gate: GateOf<K>,
    candidates: Candidates,
    rules: CallingRules,
  ) => Ticket | undefined;
};

const MINUTE_MS = 60_000;

/** Order of arrival, then of numbers. */
export const byArrival = (a: Ticket, b: Ticket) =>
  a.arrival - b.arrival || (a.number < b.number ? -1 : a.number > b.number ? 1 : 0);

/** Not in turn: a returned no-show that lets others go first (CS3), an appointment before its time (TK8). */
const isInTurn = (ticket: Ticket, now: number) =>
  (ticket.returnsAfterCalls ?? 0) === 0 && (ticket.appointmentAt ?? 0) <= now;

/** So far, in milliseconds; none while its time is still to come. */
const waitedMs = (ticket: Ticket, now: number) => Math.max(0, now - ticket.queuedAt);

/** The candidate with the largest measure above `floor`, the first in line among equals. */
function largest(
  candidates: Candidates,
  floor: number,
  measure: (ticket: Ticket) => number,
): Ticket | undefined {
  let most = floor;
  let found: Ticket | undefined;
  for (const ticket of candidates) {
    const value = measure(ticket);
    if (value <= most) continue;
    most = value;
    found = ticket;
  }
  return found;
}

/** One rule of choice: candidates in order of arrival, all in turn → whom to call, or undefined: the next gate decides. */
const GATES: Gates = {
  // A bank may leave out the gate `returned`: then returned tickets take their place by the other gates.
  returned: (_, candidates) => candidates.find(ticket => ticket.returnsAfterCalls === 0),
  'parked-ready': (_, candidates) =>
    largest(candidates, Number.NEGATIVE_INFINITY, ({ readyAt }) =>
      readyAt === null ? Number.NEGATIVE_INFINITY : -readyAt,
    ),
  'appointment-due': (_, candidates) =>
    largest(candidates, Number.NEGATIVE_INFINITY, ({ appointmentAt }) =>
      appointmentAt === null ? Number.NEGATIVE_INFINITY : -appointmentAt,
    ),
  'longest-wait': ({ limits }, candidates, { now }) => {
    const limitMs = new Map(limits.map(({ classId, minutes }) => [classId, minutes * MINUTE_MS]));
    return largest(
      candidates,
      0,
      ticket => waitedMs(ticket, now) - (limitMs.get(ticket.classId) ?? Number.POSITIVE_INFINITY),
    );
  },
  ratio: (gate, candidates, { ratioCalls }) => {
    const classId = classInTurn(gate, ratioCalls, new Set(candidates.map(ticket => ticket.classId)));
    return candidates.find(ticket => ticket.classId === classId);
  },
  ageing: ({ weights }, candidates, { now }) => {
    const weightOf = new Map(weights.map(({ classId, weight }) => [classId, weight]));
    return largest(
      candidates,
      -1,
      ticket => waitedMs(ticket, now) * ((weightOf.get(ticket.classId) ?? 0) + 1),
    );
  },
  arrival: (_, candidates) => candidates[0],
};

/** Can this counter call that ticket? By its queue, unless the ticket is meant for one counter only (CS6, CS7). */
export function isCallableAt(
  ticket: Ticket,
  { queueIds }: Pick<WorkProfile, 'queueIds'>,
  counterId: string | null,
): boolean {
  if (ticket.status !== 'waiting') return false;
  return ticket.onlyCounterId === null
    ? queueIds.includes(ticket.queueId)
    : ticket.onlyCounterId === counterId;
}

/**
 * Tickets a counter with this work profile could call, in order of arrival.
 * @param counterId null for any counter of the profile
 */
export function callableTickets(
  tickets: Iterable<Ticket>,
  profile: Pick<WorkProfile, 'queueIds'>,
  counterId: string | null,
): Ticket[] {
  return [...tickets].filter(ticket => isCallableAt(ticket, profile, counterId)).sort(byArrival);
}

/**
 * CS1, CS2: tries the profile's gates in their order; the first that finds a ticket decides, among those that would
 * not overtake a ticket at its cap: whatever the gates, nobody is overtaken more often. A ticket whose turn has not
 * come is called when nobody else is waiting: nobody is left waiting in front of an idle window.
 * @param callable `callableTickets` of the counter
 * @returns undefined when nobody is waiting
 */
export function chooseNext(callable: readonly Ticket[], rules: CallingRules): Choice | undefined {
  const inTurn = callable.filter(ticket => isInTurn(ticket, rules.now));
  const wanted = tryGates(inTurn, rules);
  if (!wanted) {
    const [ticket] = callable;
    return ticket && { ticket, gate: byPlace(ticket), passed: [] };
  }
  const passed = passedBy(wanted.ticket, callable, rules.now);
  const barrier = passed.find(ticket => isAtCap(ticket, rules.classes));
  if (!barrier) return { ...wanted, passed };
  // The gates once more, among those who pass nobody at the cap.
  const allowed = inTurn.filter(ticket => byArrival(ticket, barrier) <= 0);
  const ticket = tryGates(allowed, rules)?.ticket ?? barrier;
  return { ticket, gate: 'overtaking-cap', passed: passedBy(ticket, callable, rules.now) };
}

function tryGates(inTurn: Candidates, rules: CallingRules): Pick<Choice, 'ticket' | 'gate'> | undefined {
  for (const gate of rules.profile.gates) {
    const ticket = (GATES[gate.kind] as Gates['arrival'])(gate as GateOf<'arrival'>, inTurn, rules);
    if (ticket) return { ticket, gate: gate.kind };
  }
  const [first] = inTurn;
  return first && { ticket: first, gate: byPlace(first) };
}

/** Why the first in line is called when no gate has chosen. */
const byPlace = (ticket: Ticket) => (ticket.returnsAfterCalls === null ? 'arrival' : 'returned');

/**
 * CS2: the waiting tickets a call of `ticket` overtakes, in order of arrival. One whose turn has not come is not
 * overtaken: a returned no-show lets others go first (CS3), an appointment waits for its time (TK8).
 * @param callable `callableTickets` of the calling counter
 * @param now milliseconds since 1970
 */
export function passedBy(ticket: Ticket, callable: readonly Ticket[], now: number): Ticket[] {
  return callable.filter(other => byArrival(other, ticket) < 0 && isInTurn(other, now));
}

/** CS2: may this ticket not be overtaken any more? */
export function isAtCap(ticket: Ticket, classes: BankDocument['classes']): boolean {
  const ownClass = classes.find(one => one.id === ticket.classId);
  const cap = ownClass?.overtakingCap ?? DEFAULT_OVERTAKING_CAP;
  return ticket.overtakes >= cap;
}
