import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BankDocument } from '#core/branch/bank-document.ts';
import type { EventData } from '#core/branch/events.ts';
import { counterOf, type Ticket } from '#core/branch/state.ts';
import { LOBBY, openBranch, type PlayedBranch, staff } from '../core/played-branch.ts';
import { SEED } from '../seed.ts';
import { checkHolding, checkReplay, checkTickets } from './branch-checks.ts';
import { anyBank, BUSINESS_IDS, COUNTER_IDS } from './random-policy.ts';
import { referenceChoice, slotsAfter } from './reference-policy.ts';

/** 3001 has the right to choose. */
const TELLERS: Record<string, string> = {
  'counter-1': '1001',
  'counter-2': '1002',
  'counter-4': '1004',
  'care-counter': '3001',
};
/** Forth by seconds and minutes, back by an hour: places in the line must not depend on it. */
const TIMES_MS = [0, 1000, 20_000, 20_000, 60_000, 300_000, 900_000, -3_600_000];
const POSITIONS = ['front', 'arrival', 'back'] as const;

const anyStep = fc.tuple(
  fc.constantFrom(
    'issue',
    'issue',
    'issue',
    'work',
    'work',
    'work',
    'work',
    'time',
    'return',
    'ready',
    'choose',
  ),
  fc.nat(10_000),
  fc.nat(10_000),
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

/** How long a ticket that never missed a call may have to wait, in calls of counters that could serve it. */
interface Patience {
  calls: number;
  /** Those before it when it came, those who came back before it since, and its cap. */
  bound: number;
}

/** A day under one bank's policy, with the promises of CS1 and CS2 checked at every call. */
class CallingDay {
  readonly branch: PlayedBranch;
  readonly #bank: BankDocument;
  readonly #slotsLeft = new Map<string, string[]>();
  readonly #patience = new Map<string, Patience>();

  constructor(bank: BankDocument) {
    this.#bank = bank;
    this.branch = openBranch(bank);
    this.branch.signIn('3001');
    this.branch.must('open-counter', { counterId: 'care-counter' }, staff('3001'));
  }

  play([what, a, b]: Step): void {
    const { branch } = this;
    if (what === 'time') branch.now += TIMES_MS[a % TIMES_MS.length] ?? 0;
    else if (what === 'issue') this.#issue(BUSINESS_IDS[a % BUSINESS_IDS.length] ?? '');
    else if (what === 'return' || what === 'ready') {
      const status = what === 'return' ? 'no-show' : 'parked';
      const those = this.#tickets(ticket => ticket.status === status);
      const ticketId = those[a % Math.max(1, those.length)]?.ticketId;
      if (ticketId === undefined) return;
      const returnTo = b % 2 ? 'same-counter' : 'any-counter';
      const done =
        what === 'return'
          ? branch.give('return-no-show', { ticketId }, LOBBY)
          : branch.give('ready-ticket', { ticketId, returnTo }, LOBBY);
      if (done.ok) this.#comesBack(branch.ticket(ticketId));
    } else this.work(COUNTER_IDS[a % COUNTER_IDS.length] ?? '', b, what === 'choose');
  }

  /** The next thing a teller does. */
  work(counterId: string, choice: number, chooses = false): void {
    const { branch } = this;
    const teller = staff(TELLERS[counterId] ?? '');
    const inHand = branch.state.tickets.get(counterOf(branch.state, counterId).ticketId ?? '');
    if (!inHand) {
      if (chooses) this.#choose(choice);
      else this.#call(counterId);
      return;
    }
    const args = { counterId, ticketId: inHand.ticketId };
    if (inHand.status === 'called') {
      const missed = choice % 4 === 0;
      branch.must(missed ? 'mark-no-show' : 'start-service', args, teller);
    } else if (choice % 5 === 1) branch.must('park-ticket', { ...args, paperIds: [], note: '' }, teller);
    else if (choice % 5 === 2) {
      const queues = this.#bank.queues;
      const to = { kind: 'queue', queueId: queues[choice % queues.length]?.id ?? '' } as const;
      const position = POSITIONS[choice % 3] ?? 'back';
      if (branch.give('transfer-ticket', { ...args, to, position, note: '' }, teller).ok)
        this.#comesBack(branch.ticket(args.ticketId));
      else branch.give('finish-service', args, teller);
    } else if (!branch.give('finish-service', args, teller).ok) branch.wait(11_000);
  }

  /** Every counter serves until nobody waits whom it could call; the last of them is reached. */
  drain(): void {
    const most = 8 * this.branch.state.tickets.size + 40;
    for (let round = 0; ; round++) {
      if (round > most) throw new Error('somebody is never called');
      for (const counterId of COUNTER_IDS) this.work(counterId, 3);
      const isOver = COUNTER_IDS.every(
        id => counterOf(this.branch.state, id).ticketId === null && this.#callable(id).length === 0,
      );
      if (isOver) return;
    }
  }

  #issue(businessId: string): void {
    const ticket = this.branch.ticket(this.branch.issue(businessId));
    const before = this.#tickets(other => other.status === 'waiting' && other.arrival < ticket.arrival);
    this.#patience.set(ticket.ticketId, { calls: 0, bound: before.length + this.#capOf(ticket) });
  }

  /** Somebody who comes back, or into another queue, may stand before those who waited meanwhile. */
  #comesBack(back: Ticket): void {
    this.#patience.delete(back.ticketId);
    for (const [ticketId, patience] of this.#patience)
      if (this.branch.state.tickets.get(ticketId)?.status === 'waiting') patience.bound++;
  }

  #call(counterId: string): void {
    const { branch } = this;
    const profile = this.#profileOf(counterId);
    const callable = this.#callable(counterId);
    const caps = Object.fromEntries(this.#bank.classes.map(({ id, overtakingCap }) => [id, overtakingCap]));
    const slotsLeft = this.#slotsLeft.get(profile.id) ?? [];
    const rules = { gates: profile.gates, caps, now: branch.now, slotsLeft };
    const expected = referenceChoice(
      callable.map(ticket => ({
        ...ticket,
        id: ticket.ticketId,
        place: ticket.arrival,
        since: ticket.queuedAt,
        callsToGo: ticket.returnsAfterCalls,
      })),
      rules,
    );
    const called = branch.give('call-next', { counterId }, staff(TELLERS[counterId] ?? ''));
    if (!called.ok) {
      expect([called.error.code, expected]).toEqual(['T805', undefined]);
      return;
    }
    const data = this.#checkCall(counterId, callable);
    expect({ id: data.ticketId, gate: data.gate, passed: data.passed }).toEqual(expected);
    const ratio = profile.gates.find(gate => gate.kind === 'ratio');
    const { classId } = branch.ticket(data.ticketId);
    if (ratio && data.gate === 'ratio')
      this.#slotsLeft.set(profile.id, slotsAfter(ratio, slotsLeft, classId));
  }

  #choose(choice: number): void {
    const counterId = 'care-counter';
    if (counterOf(this.branch.state, counterId).ticketId !== null) return;
    const callable = this.#callable(counterId);
    const number = callable[choice % Math.max(1, callable.length)]?.number ?? 'A999';
    const args = { counterId, number, reasonId: 'unwell' };
    const code = this.branch.codeOf('call-chosen', args, staff('3001'));
    if (code === 'ok') this.#checkCall(counterId, callable);
    else expect(['T831', 'T832']).toContain(code);
  }

  /** CS2: who was overtaken is counted, by the plain meaning of the word, and nobody was at the cap. */
  #checkCall(counterId: string, callable: readonly Ticket[]): EventData<'ticket-called'> {
    const { branch } = this;
    const event = branch.events.findLast(({ type }) => type === 'ticket-called');
    const data = event?.data as EventData<'ticket-called'>;
    const place = callable.find(({ ticketId }) => ticketId === data.ticketId)?.arrival ?? -1;
    for (const before of callable) {
      const isPassed = before.arrival < place && !before.returnsAfterCalls;
      const now = branch.ticket(before.ticketId).overtakes;
      expect(now, `${before.number} at ${counterId}`).toBe(before.overtakes + (isPassed ? 1 : 0));
      expect(now).toBeLessThanOrEqual(this.#capOf(before));
      const patience = this.#patience.get(before.ticketId);
      if (patience) expect(++patience.calls, before.number).toBeLessThanOrEqual(patience.bound + 1);
    }
    this.#patience.delete(data.ticketId);
    return data;
  }

  #callable(counterId: string): Ticket[] {
    const { queueIds } = this.#profileOf(counterId);
    return this.#tickets(
      ({ status, queueId, onlyCounterId }) =>
        status === 'waiting' &&
        (onlyCounterId === null ? queueIds.includes(queueId) : onlyCounterId === counterId),
    );
  }

  #tickets(isWanted: (ticket: Ticket) => boolean): Ticket[] {
    return [...this.branch.state.tickets.values()].filter(isWanted);
  }

  #profileOf(counterId: string) {
    const { counters, profiles } = this.#bank;
    const profileId = counters.find(({ id }) => id === counterId)?.profileId;
    const profile = profiles.find(({ id }) => id === profileId);
    if (!profile) throw new Error(`no profile for ${counterId}`);
    return profile;
  }

  #capOf({ classId }: Ticket): number {
    return this.#bank.classes.find(({ id }) => id === classId)?.overtakingCap ?? 5;
  }
}

it(`[CS1] [CS2] [CS4] [CS5] any policy: nobody lost or held twice, passed more than the cap, or never reached (seed ${SEED})`, () => {
  const gatesSeen = new Set<string>();
  fc.assert(
    fc.property(anyBank, fc.array(anyStep, { minLength: 30, maxLength: 160, size: 'max' }), (bank, steps) => {
      const day = new CallingDay(bank);
      for (const step of steps) {
        day.play(step);
        checkHolding(day.branch);
      }
      day.drain();
      checkTickets(day.branch);
      checkReplay(day.branch);
      for (const { type, data } of day.branch.events) if (type === 'ticket-called') gatesSeen.add(data.gate);
    }),
    { seed: SEED, numRuns: 60 },
  );
  // The days are only worth their time when they get everywhere.
  for (const gate of [
    'ageing',
    'chosen',
    'longest-wait',
    'overtaking-cap',
    'parked-ready',
    'ratio',
    'returned',
  ])
    expect([...gatesSeen]).toContain(gate);
}, 120_000);
