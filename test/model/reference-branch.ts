import type { Actor, Command } from '#core/branch/commands.ts';
import type { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { type ReferenceChoice, referenceChoice } from './reference-policy.ts';

/**
 * A second, simpler telling of the rules of a branch, to compare `decide` and `evolve` with. It keeps every ticket
 * of the day, changes in place, knows nothing of events, and shares no code with what it checks.
 */
export interface ReferenceTicket {
  readonly ticketId: string;
  readonly number: string;
  queueId: string;
  readonly classId: string;
  arrival: number;
  businessId: string;
  /** Businesses still to do. */
  later: string[];
  readonly isWalkIn: boolean;
  /** The one counter that may call it. */
  onlyAt: string | null;
  /** Parked or sent to the front, and may come next since. */
  readyAt: number | null;
  /** Where it was parked, and the papers that were missing then. */
  parkedAt: string | null;
  missing: string[];
  /** Since when it waits. */
  since: number;
  overtakes: number;
  status: 'waiting' | 'called' | 'serving' | 'parked' | 'done' | 'no-show' | 'left';
  /** What it was before its customer left, and when that was said. */
  before?: {
    readonly status: ReferenceTicket['status'];
    readonly callsToGo: number | null;
    readonly at: number;
  };
  /** Further calls of its queue before a returned no-show is in turn; null when it never missed a call. */
  callsToGo: number | null;
  recalls: number;
  missedAt: number;
  rated: boolean;
}

interface ReferenceCounter {
  status: 'closed' | 'open' | 'paused';
  teller: string | null;
  ticket: ReferenceTicket | null;
  finished: { ticket: ReferenceTicket; at: number } | null;
  prompt: { ticket: ReferenceTicket; at: number; ratingId: string } | null;
}

type Bank = typeof SAMPLE_BANK;
const HOUR_MS = 3_600_000;
/** What a ticket loses when it leaves a counter unserved. */
const AGAIN = { callsToGo: null, readyAt: null, onlyAt: null, recalls: 0, rated: false } as const;

export class ReferenceBranch {
  readonly tickets = new Map<string, ReferenceTicket>();
  readonly counters = new Map<string, ReferenceCounter>();
  /** Session to staff number. */
  readonly sessions = new Map<string, string>();
  readonly keypads = new Set<string>();
  day = -1;
  /** Complaints and emergencies nobody has handled: kept over night. */
  #incidents = 0;
  #arrivals = 0;
  readonly #locks = new Map<string, { failures: number; until: number }>();
  readonly #bank: Bank;

  constructor(bank: Bank) {
    this.#bank = bank;
    for (const { id } of bank.counters)
      this.counters.set(id, { status: 'closed', teller: null, ticket: null, finished: null, prompt: null });
  }

  /**
   * Says whether the command is to be accepted at `now`, and if so does what it says. `made` holds the ids and the
   * number that the rules under test made up.
   */
  give(command: Command, now: number, made: { ticketId: string; number: string; ratingId: string }): boolean {
    if (!this.#mayGive(command.actor, command)) return false;
    // Shanghai is eight hours ahead of UTC.
    const today = Math.floor((now + 8 * HOUR_MS) / (24 * HOUR_MS));
    if (today > this.day) {
      if (command.actor.kind === 'staff') return false;
      if (!this.#isAcceptable(command, now, true)) return false;
      this.#endDay(today);
    } else if (!this.#isAcceptable(command, now, false)) return false;
    this.#apply(command, now, made);
    return true;
  }

  /** Who comes next at a window, by the gates of its profile. The sample bank has no ratio gate. */
  next(counterId: string, now: number): ReferenceChoice | undefined {
    const profileId = this.#bank.counters.find(counter => counter.id === counterId)?.profileId;
    const queueIds = this.#bank.profiles.find(profile => profile.id === profileId)?.queueIds ?? [];
    const waiting = [...this.tickets.values()].filter(
      ticket =>
        ticket.status === 'waiting' &&
        (ticket.onlyAt === null ? queueIds.includes(ticket.queueId) : ticket.onlyAt === counterId),
    );
    const gates = this.#bank.profiles.find(profile => profile.id === profileId)?.gates ?? [];
    const caps = Object.fromEntries(this.#bank.classes.map(({ id, overtakingCap }) => [id, overtakingCap]));
    const asWaiting = waiting.map(ticket => ({
      ...ticket,
      id: ticket.ticketId,
      place: ticket.arrival,
      appointmentAt: null,
    }));
    return referenceChoice(asWaiting, { gates, caps, now, slotsLeft: [] });
  }

  #mayGive(actor: Actor, { type }: Command): boolean {
    const kinds: Partial<Record<Command['type'], string>> = {
      'issue-ticket': 'customer staff',
      'add-business': 'customer staff',
      'reprint-own-ticket': 'customer staff',
      'accept-self-service': 'customer staff',
      'check-in': 'customer staff',
      'end-appointments': 'system',
      'end-waiting': 'system',
      'press-rating': 'device',
      'close-rating': 'device system',
      'change-device-health': 'device system',
      'record-device-settings': 'staff system',
      'report-print': 'device system',
      'start-business-day': 'system',
      'give-number-block': 'system',
      'record-sign-in': 'system',
      'apply-bank-document': 'system',
      'apply-pending-document': 'system',
    };
    if (!(kinds[type] ?? 'staff').split(' ').includes(actor.kind)) return false;
    if (actor.kind !== 'staff') return true;
    if (this.sessions.get(actor.sessionId) !== actor.staffNumber) return false;
    if (type === 'sign-out') return true;
    const setUp = ['propose-document', 'withdraw-document', 'record-password', 'record-device-settings'];
    if (setUp.includes(type)) return actor.staffNumber === '9001';
    if (type === 'answer-ask') return true;
    const lobby = [
      'issue-ticket',
      'return-no-show',
      'reprint-ticket',
      'handle-bad-rating',
      'mark-left',
      'take-back-left',
      'move-ticket',
      'set-care',
      'ask-counter-to-open',
      'call-colleague',
      'withdraw-ask',
      'note-incident',
      'handle-incident',
    ].includes(type);
    const either = ['tick-paper', 'ready-ticket', 'add-business', 'remove-business'].includes(type);
    if (either) return /^[12]|3001/.test(actor.staffNumber);
    if (type === 'handle-cue') return /^2|3001/.test(actor.staffNumber);
    // Numbers of the sample bank: 1xxx tellers, 2001 lobby, 3001 branch manager with both rights, 9001 neither.
    return actor.staffNumber === '3001' || actor.staffNumber.startsWith(lobby ? '2' : '1');
  }

  #isAcceptable(command: Command, now: number, newDay: boolean): boolean {
    const { type, args, actor } = command;
    const staffNumber = actor.kind === 'staff' ? actor.staffNumber : '';
    const counterId = 'counterId' in args ? args.counterId : null;
    const counter = counterId ? this.counters.get(counterId) : undefined;
    const own = counter !== undefined && counter.teller === staffNumber && staffNumber !== '';
    const ticket = 'ticketId' in args && !newDay ? this.tickets.get(args.ticketId ?? '') : undefined;
    const inHand = own && ticket !== undefined && counter.ticket === ticket;
    switch (type) {
      case 'issue-ticket': {
        const queue = this.#queueOf(args.businessId);
        if (!queue) return false;
        const issued = [...this.tickets.values()].filter(({ number }) =>
          number.startsWith(queue.prefix),
        ).length;
        return newDay || queue.firstNumber + issued <= queue.lastNumber;
      }
      case 'sign-out':
        return ![...this.counters.values()].some(one => one.teller === staffNumber && one.ticket);
      case 'open-counter':
        if (!counter) return false;
        if (own) return true;
        return (
          counter.teller === null &&
          ![...this.counters.values()].some(one => one.teller === staffNumber && one.ticket)
        );
      case 'pause-counter':
        if (!own || counter.ticket) return false;
        return (
          counter.status === 'paused' || this.#bank.pauseReasons.some(reason => reason.id === args.reasonId)
        );
      case 'resume-counter':
        return own;
      case 'close-counter':
        return own && !counter.ticket;
      case 'call-next':
        return (
          own && counter.status === 'open' && !counter.ticket && this.next(args.counterId, now) !== undefined
        );
      case 'call-chosen':
        return false;
      case 'recall-ticket':
      case 'start-service':
      case 'mark-no-show':
        return inHand && ticket.status === 'called';
      case 'finish-service':
        return inHand && ticket.status === 'serving' && !counter.prompt;
      case 'undo-finish':
        return (
          own &&
          !counter.ticket &&
          ticket !== undefined &&
          counter.finished?.ticket === ticket &&
          now - counter.finished.at <= 10_000
        );
      case 'transfer-ticket': {
        if (!inHand || ticket.isWalkIn) return false;
        const { to } = args;
        if (to.kind === 'queue') return this.#bank.queues.some(({ id }) => to.queueId === id);
        const target = this.counters.get(to.counterId);
        return target !== undefined && target !== counter && target.teller !== null;
      }
      case 'park-ticket': {
        const documents = this.#bank.businesses.find(({ id }) => id === ticket?.businessId)?.documents ?? [];
        const papers = [...documents.map((_, index) => `document-${index + 1}`), 'form'];
        return inHand && !ticket.isWalkIn && args.paperIds.every(id => papers.includes(id));
      }
      case 'tick-paper':
        return ticket?.status === 'parked' && ticket.missing.includes(args.paperId);
      case 'ready-ticket':
        if (ticket?.status === 'waiting') return ticket.parkedAt !== null && ticket.readyAt !== null;
        return ticket?.status === 'parked';
      case 'add-business':
        if (!ticket || ticket.status === 'done' || ticket.status === 'no-show') return false;
        if (!this.#queueOf(args.businessId)) return false;
        return [ticket.businessId, ...ticket.later].includes(args.businessId) || ticket.later.length < 5;
      case 'remove-business':
        return ticket !== undefined && ticket.status !== 'done' && ticket.status !== 'no-show';
      case 'start-next-business': {
        if (!inHand || ticket.status !== 'serving') return false;
        if (ticket.businessId === args.businessId) return true;
        if (!ticket.later.includes(args.businessId)) return false;
        return this.#serves(args.counterId, args.businessId) || (!ticket.isWalkIn && !counter.prompt);
      }
      case 'start-walk-in':
        return own && counter.status === 'open' && !counter.ticket && Boolean(this.#queueOf(args.businessId));
      case 'raise-cue':
        return own && args.cueId === 'large-cash';
      case 'handle-cue':
        return false;
      case 'mark-left':
        return ticket !== undefined && ['waiting', 'parked', 'no-show', 'left'].includes(ticket.status);
      case 'take-back-left':
        return (
          ticket !== undefined && (ticket.status !== 'left' || now - (ticket.before?.at ?? 0) <= 30 * 60_000)
        );
      case 'move-ticket':
        return ticket?.status === 'waiting' && this.#bank.queues.some(({ id }) => id === args.queueId);
      case 'ask-counter-to-open':
        return counter !== undefined && (newDay || counter.status !== 'open');
      case 'note-incident':
        return this.#incidents < 50;
      // The steps name no reason, no colleague and no ask.
      case 'set-care':
      case 'call-colleague':
      case 'answer-ask':
        return false;
      case 'return-no-show':
        return ticket?.status === 'no-show' && now - ticket.missedAt <= 30 * 60_000;
      case 'reprint-ticket':
        return ticket !== undefined && ticket.status !== 'done' && !ticket.isWalkIn;
      case 'press-rating': {
        const prompt = newDay ? null : counter?.prompt;
        return (
          Boolean(prompt) && now - (prompt?.at ?? 0) < 10_000 && args.position >= 1 && args.position <= 4
        );
      }
      case 'record-sign-in': {
        const lock = this.#locks.get(args.staffNumber);
        const locked = lock !== undefined && now < lock.until && lock.until - now <= 15 * 60_000;
        return !locked && this.#bank.staff.some(member => member.number === args.staffNumber);
      }
      // Nobody is identified or booked in these days, and the steps name no business or machine.
      case 'reprint-own-ticket':
      case 'accept-self-service':
      case 'check-in':
      case 'set-self-service-state':
      case 'book-appointment':
      case 'cancel-appointment':
      case 'handle-bad-rating':
      case 'propose-document':
      case 'withdraw-document':
        return false;
      case 'record-password':
        return this.#bank.staff.some(member => member.number === args.staffNumber);
      default:
        return true;
    }
  }

  #apply({ type, args, actor }: Command, now: number, made: Parameters<ReferenceBranch['give']>[2]): void {
    const counterId = 'counterId' in args ? args.counterId : null;
    const counter = counterId ? this.counters.get(counterId) : undefined;
    const ticket = 'ticketId' in args ? this.tickets.get(args.ticketId ?? '') : undefined;
    switch (type) {
      case 'issue-ticket': {
        const queueId = this.#queueOf(args.businessId)?.id ?? '';
        this.tickets.set(made.ticketId, {
          ticketId: made.ticketId,
          number: made.number,
          queueId,
          classId: this.#queueOf(args.businessId)?.classId ?? '',
          ...this.#newVisit(args.businessId, false),
          arrival: this.#arrivals++,
          since: now,
          overtakes: 0,
          status: 'waiting',
          callsToGo: null,
          recalls: 0,
          missedAt: 0,
          rated: false,
        });
        return;
      }
      case 'record-sign-in':
        this.#signIn(args, now);
        return;
      case 'record-password':
        this.#locks.delete(args.staffNumber);
        return;
      case 'sign-out':
        if (actor.kind !== 'staff') return;
        this.sessions.delete(actor.sessionId);
        this.#leave(actor.staffNumber);
        return;
      case 'change-device-health':
        if (args.kind !== 'keypad' || args.counterId === null) return;
        if (args.health.status === 'ready') this.keypads.add(args.counterId);
        else this.keypads.delete(args.counterId);
        return;
      case 'record-device-settings':
        // A keypad that was taken out of the settings is no keypad any more (RT2).
        for (const { deviceId, change } of args.changes)
          if (change === 'removed') this.keypads.delete(deviceId.replace(/^keypad-/, ''));
        return;
      case 'ready-ticket': {
        if (ticket?.status !== 'parked' || ticket.parkedAt === null) return;
        const isStaffed = this.counters.get(ticket.parkedAt)?.teller !== null;
        const onlyAt = args.returnTo === 'same-counter' && isStaffed ? ticket.parkedAt : null;
        Object.assign(ticket, { status: 'waiting', since: now, readyAt: now, onlyAt });
        return;
      }
      case 'add-business':
        if (ticket && ![ticket.businessId, ...ticket.later].includes(args.businessId))
          ticket.later.push(args.businessId);
        return;
      case 'remove-business':
        if (ticket) ticket.later = ticket.later.filter(id => id !== args.businessId);
        return;
      case 'mark-left':
        if (!ticket || ticket.status === 'left') return;
        ticket.before = { status: ticket.status, callsToGo: ticket.callsToGo, at: now };
        ticket.status = 'left';
        return;
      case 'take-back-left':
        if (ticket?.status !== 'left' || !ticket.before) return;
        ticket.status = ticket.before.status;
        ticket.callsToGo = ticket.before.callsToGo;
        if (ticket.onlyAt !== null && this.counters.get(ticket.onlyAt)?.teller === null) ticket.onlyAt = null;
        return;
      case 'move-ticket': {
        if (!ticket) return;
        const isThere = ticket.queueId === args.queueId && ticket.onlyAt === null;
        if (isThere && args.position === 'arrival') return;
        if (isThere && args.position === 'front' && ticket.readyAt !== null) return;
        Object.assign(ticket, { queueId: args.queueId, onlyAt: null, callsToGo: null });
        ticket.readyAt = args.position === 'front' ? now : null;
        if (args.position === 'back') Object.assign(ticket, { since: now, arrival: this.#arrivals++ });
        return;
      }
      case 'note-incident':
        this.#incidents++;
        return;
      case 'return-no-show':
        if (ticket) Object.assign(ticket, { status: 'waiting', callsToGo: 3, recalls: 0, since: now });
        return;
    }
    if (!counter) return;
    switch (type) {
      case 'open-counter':
        if (actor.kind !== 'staff' || counter.teller === actor.staffNumber) return;
        this.#leave(actor.staffNumber);
        Object.assign(counter, { status: 'open', teller: actor.staffNumber, finished: null });
        return;
      case 'pause-counter':
        counter.status = 'paused';
        return;
      case 'resume-counter':
        counter.status = 'open';
        return;
      case 'close-counter':
        this.#leave(counter.teller ?? '');
        return;
      case 'call-next': {
        const choice = this.next(args.counterId, now);
        const called = this.tickets.get(choice?.id ?? '');
        if (!choice || !called) return;
        for (const id of choice.passed) {
          const passed = this.tickets.get(id);
          if (passed) passed.overtakes += 1;
        }
        for (const other of this.tickets.values())
          if (other.status === 'waiting' && other.queueId === called.queueId && other.callsToGo)
            other.callsToGo -= 1;
        Object.assign(called, { status: 'called', callsToGo: null, readyAt: null, onlyAt: null });
        Object.assign(counter, { ticket: called, finished: null });
        return;
      }
      case 'close-rating':
        if (counter.prompt?.ratingId === args.ratingId) counter.prompt = null;
        return;
      case 'press-rating':
        if (counter.prompt?.ticket.status === 'done') counter.prompt.ticket.rated = true;
        counter.prompt = null;
        return;
    }
    if (type === 'start-walk-in') {
      const queue = this.#queueOf(args.businessId);
      const walkIn: ReferenceTicket = {
        ticketId: made.ticketId,
        number: '',
        queueId: queue?.id ?? '',
        classId: queue?.classId ?? '',
        ...this.#newVisit(args.businessId, true),
        arrival: this.#arrivals++,
        since: now,
        overtakes: 0,
        status: 'serving',
        callsToGo: null,
        recalls: 0,
        missedAt: 0,
        rated: false,
      };
      this.tickets.set(made.ticketId, walkIn);
      Object.assign(counter, { ticket: walkIn, finished: null });
      return;
    }
    if (!ticket) return;
    switch (type) {
      case 'transfer-ticket': {
        const { to, position } = args;
        const target = to.kind === 'counter' ? this.#queuesAt(to.counterId) : [to.queueId];
        const queueId =
          to.kind === 'counter' && target.includes(ticket.queueId) ? ticket.queueId : (target[0] ?? '');
        this.#sendOn(counter, ticket, queueId, position, now);
        if (to.kind === 'counter') ticket.onlyAt = to.counterId;
        return;
      }
      case 'park-ticket':
        counter.ticket = null;
        Object.assign(ticket, { ...AGAIN, status: 'parked', parkedAt: args.counterId });
        ticket.missing = [...args.paperIds];
        return;
      case 'start-next-business': {
        if (ticket.businessId === args.businessId) return;
        const asks = !ticket.rated && this.keypads.has(args.counterId);
        ticket.businessId = args.businessId;
        ticket.later = ticket.later.filter(id => id !== args.businessId);
        Object.assign(ticket, { rated: false, parkedAt: null });
        if (this.#serves(args.counterId, args.businessId)) return;
        if (asks) counter.prompt = { ticket, at: now, ratingId: made.ratingId };
        this.#sendOn(counter, ticket, this.#queueOf(args.businessId)?.id ?? '', 'arrival', now);
        return;
      }
      case 'recall-ticket':
        ticket.recalls += 1;
        if (ticket.recalls > 3) this.#miss(counter, ticket, now);
        return;
      case 'mark-no-show':
        this.#miss(counter, ticket, now);
        return;
      case 'start-service':
        ticket.status = 'serving';
        return;
      case 'finish-service':
        ticket.status = 'done';
        Object.assign(counter, { ticket: null, finished: { ticket, at: now } });
        if (!ticket.rated && this.keypads.has(args.counterId))
          counter.prompt = { ticket, at: now, ratingId: made.ratingId };
        return;
      case 'undo-finish':
        ticket.status = 'serving';
        Object.assign(counter, { ticket, finished: null, prompt: null });
    }
  }

  #newVisit(businessId: string, isWalkIn: boolean) {
    return { businessId, later: [], isWalkIn, onlyAt: null, readyAt: null, parkedAt: null, missing: [] };
  }

  #queuesAt(counterId: string): string[] {
    const profileId = this.#bank.counters.find(({ id }) => id === counterId)?.profileId;
    return this.#bank.profiles.find(({ id }) => id === profileId)?.queueIds ?? [];
  }

  #serves(counterId: string, businessId: string): boolean {
    return this.#queuesAt(counterId).includes(this.#queueOf(businessId)?.id ?? 'none');
  }

  /** Out of the counter's hands into a queue. */
  #sendOn(
    counter: ReferenceCounter,
    ticket: ReferenceTicket,
    queueId: string,
    position: string,
    now: number,
  ): void {
    counter.ticket = null;
    Object.assign(ticket, { ...AGAIN, status: 'waiting', queueId, parkedAt: null });
    if (position === 'front') ticket.readyAt = now;
    if (position === 'back') Object.assign(ticket, { since: now, arrival: this.#arrivals++ });
  }

  #miss(counter: ReferenceCounter, ticket: ReferenceTicket, now: number): void {
    counter.ticket = null;
    Object.assign(ticket, { status: 'no-show', missedAt: now });
  }

  #leave(staffNumber: string): void {
    for (const [counterId, counter] of this.counters)
      if (counter.teller === staffNumber) {
        Object.assign(counter, { status: 'closed', teller: null, finished: null });
        for (const ticket of this.tickets.values()) if (ticket.onlyAt === counterId) ticket.onlyAt = null;
      }
  }

  #signIn(
    {
      staffNumber,
      passwordFits,
      sessionId,
    }: { staffNumber: string; passwordFits: boolean; sessionId: string },
    now: number,
  ): void {
    if (passwordFits) {
      this.#locks.delete(staffNumber);
      for (const [session, holder] of this.sessions)
        if (holder === staffNumber) this.sessions.delete(session);
      this.sessions.set(sessionId, staffNumber);
      return;
    }
    const before = this.#locks.get(staffNumber);
    const failures = (before && before.until === 0 ? before.failures : 0) + 1;
    this.#locks.set(staffNumber, { failures, until: failures >= 5 ? now + 15 * 60_000 : 0 });
  }

  #endDay(today: number): void {
    this.day = today;
    this.tickets.clear();
    this.sessions.clear();
    for (const counter of this.counters.values())
      Object.assign(counter, { status: 'closed', teller: null, ticket: null, finished: null, prompt: null });
  }

  #queueOf(businessId: string): Bank['queues'][number] | undefined {
    const business = this.#bank.businesses.find(one => one.id === businessId);
    return this.#bank.queues.find(queue => queue.id === business?.queueId);
  }
}
