import fc from 'fast-check';
import { expect } from 'vitest';
import { type Actor, COMMAND_RULES, type Command, type CommandType } from '#core/branch/commands.ts';
import { dueCommands } from '#core/branch/due.ts';
import { counterOf } from '#core/branch/state.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { CUSTOMER, DAY_MS, KEYPAD, MINUTE_MS, PlayedBranch, SYSTEM } from '../core/played-branch.ts';
import { ReferenceBranch } from './reference-branch.ts';

/** The sample bank with few numbers in one queue, so that they run out. */
export const BANK = {
  ...SAMPLE_BANK,
  classes: SAMPLE_BANK.classes.map(one => ({
    ...one,
    name: { zh: `密${one.name.zh}`, en: `Secret ${one.name.en}` },
  })),
  queues: SAMPLE_BANK.queues.map(queue => (queue.id === 'convenience' ? { ...queue, lastNumber: 6 } : queue)),
};
const STAFF = ['1001', '1002', '1003', '1004', '2001', '3001', '9001'];
const COUNTERS = ['counter-1', 'counter-2', 'counter-4', 'care-counter', 'no-such-counter'];
const BUSINESSES = ['personal-cash', 'personal-cash', 'change', 'credit-card', 'wealth', 'no-such-business'];
const TYPES = Object.keys(COMMAND_RULES) as CommandType[];

/** One thing that happens: which, and three numbers that choose its particulars from what there is at that moment. */
export type Step = readonly [
  what: CommandType | 'time' | 'tick' | 'sensible',
  a: number,
  b: number,
  c: number,
];

export const step: fc.Arbitrary<Step> = fc.tuple(
  fc.oneof(
    { weight: 8, arbitrary: fc.constant('sensible' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...TYPES) },
    { weight: 2, arbitrary: fc.constantFrom('time' as const, 'tick' as const) },
  ),
  fc.nat(10_000),
  fc.nat(10_000),
  fc.nat(10_000),
);

const TIME_STEPS_MS = [0, 1, 700, 3000, 9_999, 10_000, 10_001, 60_000, 20 * MINUTE_MS, 31 * MINUTE_MS];
const JUMPS_MS = [-1, -5000, -40 * MINUTE_MS, 3 * 3_600_000, DAY_MS, -DAY_MS, 40 * DAY_MS];

/** One of a list by any natural number; `otherwise` when the list is empty. */
export function pick<T>(list: readonly T[], choice: number, otherwise: T): T {
  return list[choice % Math.max(1, list.length)] ?? otherwise;
}

/** A branch under test and the reference beside it, played step by step; they must agree after each one. */
export class Game {
  readonly branch = new PlayedBranch();
  readonly reference = new ReferenceBranch(BANK);
  /** How commands were answered so far. */
  readonly codes = new Set<string>();
  readonly #everIssued: string[] = [];
  readonly #newestSession = new Map<string, string>();
  #sessions = 0;

  constructor() {
    this.branch.must('apply-bank-document', { document: BANK });
    for (const staffNumber of STAFF) this.#try('record-sign-in', this.#signInArgs(staffNumber, true), SYSTEM);
    for (const counterId of COUNTERS.slice(0, 3))
      this.#try('change-device-health', keypadHealth(counterId, true), KEYPAD);
  }

  play([what, a, b, c]: Step): void {
    if (what === 'time') this.branch.now += pick(a % 10 === 0 ? JUMPS_MS : TIME_STEPS_MS, b, 0);
    else if (what === 'tick')
      for (const due of dueCommands(this.branch.state, this.branch.now))
        this.#try(due.type, due.args, SYSTEM);
    else if (what === 'sensible') this.#doSomethingSensible(a, b, c);
    else this.#try(what, this.#args(what, a, b, c), this.#actor(c));
  }

  /** What a teller, a customer or the lobby manager would really do next, so that days get somewhere. */
  #doSomethingSensible(a: number, b: number, c: number): boolean {
    const { state } = this.branch;
    if (state.sessions.size < 3) return this.#signIn(pick(STAFF, b, '1001'));
    const roll = a % 10;
    if (roll < 3) return this.#try('issue-ticket', this.#args('issue-ticket', 0, b, c), CUSTOMER);
    if (roll === 3) {
      const missed = [...state.tickets.values()].filter(ticket => ticket.status === 'no-show');
      return this.#try(
        'return-no-show',
        { ticketId: pick(missed, b, undefined)?.ticketId ?? 'none' },
        this.#as('2001'),
      );
    }
    const counterId = pick(COUNTERS.slice(0, 4), b, 'counter-1');
    if (roll === 4) return this.#try('press-rating', { counterId, position: 1 + (c % 4) }, KEYPAD);
    const counter = counterOf(state, counterId);
    const teller = this.#as(counter.staffNumber ?? pick(STAFF.slice(0, 4), c, '1001'));
    if (counter.status === 'closed') return this.#try('open-counter', { counterId }, teller);
    if (counter.status === 'paused') return this.#try('resume-counter', { counterId }, teller);
    const ticket = state.tickets.get(counter.ticketId ?? '');
    if (!ticket && counter.lastFinish && c % 3 === 0)
      return this.#try('undo-finish', { counterId, ticketId: counter.lastFinish.ticketId }, teller);
    if (!ticket && c % 7 === 0)
      return this.#try('start-walk-in', { counterId, businessId: 'personal-cash' }, teller);
    if (!ticket) return this.#try('call-next', { counterId }, teller);
    const parked = [...state.tickets.values()].find(({ status }) => status === 'parked');
    if (parked && c % 5 === 0)
      return this.#try(
        'ready-ticket',
        this.#args('ready-ticket', a, 0, c, parked.ticketId),
        this.#as('2001'),
      );
    if (ticket.status === 'serving' && c % 4 === 0) {
      const later = ticket.visit.laterBusinessIds[0];
      const serving = ['transfer-ticket', 'park-ticket', 'add-business'] as const;
      const what = later ? 'start-next-business' : pick(serving, b + c, 'park-ticket');
      const args = this.#args(what, a, b, c, ticket.ticketId);
      const next = later ? { businessId: later } : {};
      return this.#try(what, { ...args, ...('counterId' in args ? { counterId } : {}), ...next }, teller);
    }
    const called = ['recall-ticket', 'start-service', 'start-service', 'mark-no-show'] as const;
    const type = ticket.status === 'called' ? pick(called, c, 'start-service') : 'finish-service';
    return this.#try(type, { counterId, ticketId: ticket.ticketId }, teller);
  }

  /** Gives the command to both; they must agree, and a refusal must change nothing (`codeOf` checks that). */
  #try(type: CommandType, args: object, actor: Actor): boolean {
    const { branch, reference } = this;
    const command = { type, args, actor, station: 'pc-1' } as unknown as Command;
    const from = branch.events.length;
    const forgotten = this.#isForgotten(args);
    const code = branch.codeOf(type, args as never, actor);
    this.codes.add(code);
    const made = { ticketId: '', number: '', ratingId: '' };
    for (const { type: happened, data } of branch.events.slice(from)) {
      if (happened === 'ticket-issued') Object.assign(made, { ticketId: data.ticketId, number: data.number });
      if (happened === 'walk-in-started') made.ticketId = data.ticketId;
      if (happened === 'rating-prompted') made.ratingId = data.ratingId;
    }
    if (made.ticketId !== '') this.#everIssued.push(made.ticketId);
    // A clock that went ahead and back lets the branch forget a no-show for good; the reference forgets nothing.
    if (forgotten && code === 'T803') return false;
    const accepted = reference.give(command, branch.now, made);
    expect(code === 'ok', `${JSON.stringify(command)} was answered ${code}`).toBe(accepted);
    this.#compare();
    return accepted;
  }

  #isForgotten(args: object): boolean {
    if (!('ticketId' in args)) return false;
    const id = String(args.ticketId);
    return this.reference.tickets.has(id) && !this.branch.state.tickets.has(id);
  }

  #compare(): void {
    const { branch, reference } = this;
    for (const [counterId, { status, teller, ticket, prompt }] of reference.counters) {
      const counter = counterOf(branch.state, counterId);
      expect([
        counterId,
        counter.status,
        counter.staffNumber,
        counter.ticketId,
        counter.openRating?.ticketId,
      ]).toEqual([counterId, status, teller, ticket?.ticketId ?? null, prompt?.ticket.ticketId]);
    }
    for (const ticket of reference.tickets.values()) {
      const mine = branch.state.tickets.get(ticket.ticketId);
      const gone = ['done', 'no-show', 'left'].includes(ticket.status);
      if (mine || !gone)
        expect([mine?.number, mine?.status, mine?.returnsAfterCalls, mine?.overtakes]).toEqual([
          ticket.number,
          ticket.status,
          ticket.callsToGo,
          ticket.overtakes,
        ]);
    }
    expect(branch.state.sessions.size).toBe(reference.sessions.size);
  }

  #signIn(staffNumber: string): boolean {
    return this.#try('record-sign-in', this.#signInArgs(staffNumber, true), SYSTEM);
  }

  #signInArgs(staffNumber: string, passwordFits: boolean) {
    const sessionId = `session-${++this.#sessions}`;
    if (passwordFits) this.#newestSession.set(staffNumber, sessionId);
    return { staffNumber, passwordFits, sessionId };
  }

  #as(staffNumber: string): Actor {
    return { kind: 'staff', staffNumber, sessionId: this.#newestSession.get(staffNumber) ?? 'none' };
  }

  #actor(choice: number): Actor {
    const forged: Actor = {
      kind: 'staff',
      staffNumber: '3001',
      sessionId: this.#newestSession.get('1001') ?? 'none',
    };
    return pick([...STAFF.map(number => this.#as(number)), forged, CUSTOMER, KEYPAD, SYSTEM], choice, SYSTEM);
  }

  #args(type: CommandType, a: number, b: number, c: number, named?: string): object {
    const counterId = pick(COUNTERS, a, 'counter-1');
    const ticketId = named ?? pick([...this.#everIssued.slice(-12), 'none'], b, 'none');
    const { openRating } = counterOf(this.branch.state, counterId);
    switch (type) {
      case 'issue-ticket':
        return { businessId: pick(BUSINESSES, b, ''), language: c % 2 ? 'zh' : 'en', largeType: c % 3 === 0 };
      case 'record-sign-in':
        return this.#signInArgs(pick([...STAFF, 'nobody'], a, ''), b % 3 !== 0);
      case 'change-device-health':
        return keypadHealth(pick(COUNTERS.slice(0, 4), a, ''), b % 3 !== 0);
      case 'record-device-settings': {
        const change = pick(['added', 'changed', 'removed'] as const, b, 'added');
        return { changes: [{ deviceId: `keypad-${counterId}`, kind: 'keypad', change, name: '' }] };
      }
      case 'report-print': {
        const jobId = this.branch.state.tickets.get(ticketId)?.print.jobId ?? 'none';
        const outcome = pick(['sent', 'processed', 'printed', 'uncertain', 'failed'] as const, c, 'sent');
        return { ticketId, jobId, outcome, code: null };
      }
      case 'apply-bank-document':
        return { document: BANK };
      case 'propose-document':
        return { document: '{}', when: 'now' };
      case 'withdraw-document':
        return { version: b % 3 };
      case 'record-password':
        return { staffNumber: pick([...STAFF, 'nobody'], a, '') };
      case 'mark-left':
      case 'take-back-left':
        return { ticketId };
      case 'move-ticket': {
        const queueId = pick(['cards', 'convenience', 'personal-cash', 'none'], c, '');
        return { ticketId, queueId, position: pick(['front', 'arrival', 'back'], a + c, ''), note: '' };
      }
      case 'set-care':
        return { ticketId, reasonId: 'none' };
      case 'call-colleague':
        return { staffNumber: 'nobody', note: '' };
      case 'answer-ask':
        return { askId: 'none', answer: 'coming' };
      case 'withdraw-ask':
        return { askId: 'none' };
      case 'note-incident':
        return { kind: 'complaint', text: '等候时间长', ticketId: null };
      case 'handle-incident':
        return { incidentId: 'none', note: '已致歉' };
      case 'handle-bad-rating':
        return { ratingId: 'none', note: '已道歉' };
      case 'press-rating':
        return { counterId, position: b % 6 };
      case 'close-rating':
        return {
          counterId,
          ratingId: c % 2 ? (openRating?.ratingId ?? 'none') : 'none',
          keypadAbsent: b % 2 === 0,
        };
      case 'transfer-ticket': {
        const to =
          b % 2
            ? { kind: 'queue', queueId: pick(['cards', 'convenience', 'personal-cash', 'none'], c, '') }
            : { kind: 'counter', counterId: pick(COUNTERS, c, '') };
        return { counterId, ticketId, to, position: pick(['front', 'arrival', 'back'], a + c, ''), note: '' };
      }
      case 'park-ticket': {
        const lists = [[], ['form'], ['document-1', 'form'], ['nonsense']];
        return { counterId, ticketId, paperIds: pick(lists, c, []), note: '请补齐' };
      }
      case 'tick-paper':
        return { ticketId, paperId: pick(['form', 'document-1'], c, ''), isHere: a % 2 === 0 };
      case 'ready-ticket':
        return { ticketId, returnTo: c % 2 ? 'same-counter' : 'any-counter' };
      case 'add-business':
      case 'remove-business':
        return { ticketId, businessId: pick(BUSINESSES, c, '') };
      case 'start-next-business':
        return { counterId, ticketId, businessId: pick(BUSINESSES, c, '') };
      case 'start-walk-in':
        return { counterId, businessId: pick(BUSINESSES, b, '') };
      case 'raise-cue':
        return {
          counterId,
          cueId: b % 3 ? 'large-cash' : 'none',
          action: 'call-help',
          signIds: ['split'],
          note: '',
        };
      case 'handle-cue':
        return { alertId: 'none', note: '已到场' };
      case 'pause-counter':
        return { counterId, reasonId: b % 4 ? 'lunch' : 'nap' };
      case 'return-no-show':
      case 'reprint-ticket':
        return { ticketId };
      case 'open-counter':
      case 'resume-counter':
      case 'close-counter':
      case 'call-next':
        return { counterId };
      case 'call-chosen':
        return { counterId, number: 'A001', reasonId: 'whim' };
      case 'give-number-block':
        return { toStation: `pc-${b % 8}` };
      case 'sign-out':
      case 'start-business-day':
        return {};
      default:
        return { counterId, ticketId };
    }
  }
}

function keypadHealth(counterId: string, ready: boolean) {
  const health = ready ? { status: 'ready', code: null } : { status: 'absent', code: 'K301' };
  return { deviceId: `keypad-${counterId}`, kind: 'keypad', counterId, health };
}
