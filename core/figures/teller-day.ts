import type { BranchEvent } from '../branch/events.ts';

/** One teller's business day, folded from the journal beside the branch's own figures. */
export interface TellerDay {
  /** Businesses finished, walk-ins among them. */
  served: number;
  walkIns: number;
  /** Sum of the service times of `timed` finishes, in milliseconds. */
  serviceMs: number;
  timed: number;
  rated: number;
  satisfied: number;
  unrated: number;
  /** The last ones, newest first. */
  readonly finishes: Finish[];
}

export interface Finish {
  readonly ticketId: string;
  /** Empty for a walk-in. */
  readonly number: string;
  readonly businessId: string;
  readonly finishedAt: number;
  readonly serviceMs: number | null;
  outcome: 'open' | 'rated' | 'unrated' | 'keypad-absent' | null;
  levelId: string | null;
}

/** What the fold remembers of a ticket and a counter to know whose a finish is. */
export interface TellerDays {
  readonly days: Map<string, TellerDay>;
  readonly staffAt: Map<string, string>;
  readonly tickets: Map<string, { readonly number: string; businessId: string; startedAt: number | null }>;
}

const KEPT_FINISHES = 10;

export function createTellerDays(): TellerDays {
  return { days: new Map(), staffAt: new Map(), tickets: new Map() };
}

/** A day on which nothing was done yet. */
export function emptyTellerDay(): TellerDay {
  return { served: 0, walkIns: 0, serviceMs: 0, timed: 0, rated: 0, satisfied: 0, unrated: 0, finishes: [] };
}

/** Adds one event to the tellers' day; changes `tellers` in place. */
export function addTellerEvent(tellers: TellerDays, event: BranchEvent): void {
  const { type, data, at } = event;
  switch (type) {
    case 'counter-opened':
      tellers.staffAt.set(data.counterId, data.staffNumber);
      return;
    case 'ticket-issued':
      tellers.tickets.set(data.ticketId, {
        number: data.number,
        businessId: data.businessId,
        startedAt: null,
      });
      return;
    case 'walk-in-started':
      tellers.tickets.set(data.ticketId, { number: '', businessId: data.businessId, startedAt: at });
      dayAt(tellers, data.counterId).walkIns++;
      return;
    case 'service-started': {
      const ticket = tellers.tickets.get(data.ticketId);
      if (ticket) ticket.startedAt = at;
      return;
    }
    case 'service-finished':
      finish(tellers, data, at);
      return;
    case 'business-finished': {
      finish(tellers, data, at);
      const ticket = tellers.tickets.get(data.ticketId);
      if (ticket) Object.assign(ticket, { businessId: data.nextBusinessId, startedAt: at });
      return;
    }
    case 'finish-undone':
      takeBack(dayAt(tellers, data.counterId), data.ticketId);
      return;
    case 'rating-prompted':
    case 'rating-given':
    case 'rating-closed':
      rate(dayOf(tellers, data.staffNumber), event);
  }
}

function dayOf({ days }: TellerDays, staffNumber: string): TellerDay {
  const day = days.get(staffNumber) ?? emptyTellerDay();
  days.set(staffNumber, day);
  return day;
}

function dayAt(tellers: TellerDays, counterId: string): TellerDay {
  return dayOf(tellers, tellers.staffAt.get(counterId) ?? '');
}

function finish(tellers: TellerDays, of: { ticketId: string; counterId: string }, at: number): void {
  const day = dayAt(tellers, of.counterId);
  const ticket = tellers.tickets.get(of.ticketId);
  if (!ticket) return;
  const serviceMs = ticket.startedAt === null ? null : Math.max(0, at - ticket.startedAt);
  day.served++;
  if (serviceMs !== null) {
    day.serviceMs += serviceMs;
    day.timed++;
  }
  const { number, businessId } = ticket;
  const { ticketId } = of;
  day.finishes.unshift({
    ticketId,
    number,
    businessId,
    finishedAt: at,
    serviceMs,
    outcome: null,
    levelId: null,
  });
  day.finishes.splice(KEPT_FINISHES);
}

/** A finish taken back was none; a key that was pressed for it still counts (RT6). */
function takeBack(day: TellerDay, ticketId: string): void {
  const index = day.finishes.findIndex(one => one.ticketId === ticketId);
  const [finish] = index < 0 ? [] : day.finishes.splice(index, 1);
  if (!finish) return;
  day.served--;
  if (finish.serviceMs !== null) {
    day.serviceMs -= finish.serviceMs;
    day.timed--;
  }
  if (finish.outcome === 'unrated') day.unrated--;
}

function rate(
  day: TellerDay,
  { type, data }: BranchEvent<'rating-prompted' | 'rating-given' | 'rating-closed'>,
): void {
  const finish = day.finishes.find(one => one.ticketId === data.ticketId);
  if (type === 'rating-given') {
    day.rated++;
    if (data.satisfied) day.satisfied++;
    if (finish) Object.assign(finish, { outcome: 'rated', levelId: data.levelId });
    return;
  }
  const outcome = type === 'rating-prompted' ? 'open' : data.outcome === 'withdrawn' ? null : data.outcome;
  if (outcome === 'unrated') day.unrated++;
  if (finish) finish.outcome = outcome;
}
