import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor, ArgsOf, Command, CommandType } from '#core/branch/commands.ts';
import { decide } from '#core/branch/decide.ts';
import type { OwnNumbers } from '#core/branch/decision.ts';
import { type BranchEvent, EVENT_DATA, type EventType } from '#core/branch/events.ts';
import { evolve } from '#core/branch/evolve.ts';
import { type DoneDeed, eventsOfDeed, type KeptDeedType, takeKeptDeed } from '#core/branch/kept-deeds.ts';
import type { BranchState } from '#core/branch/state.ts';
import { figureReport, findFigure, type Kpi } from '#core/figures/day-figures.ts';
import { SEED } from '../../seed.ts';
import {
  CUSTOMER,
  DAY_MS,
  KEYPAD,
  LOBBY,
  MINUTE_MS,
  openBranch,
  PlayedBranch,
  SECOND_MS,
  TELLER_1,
} from '../played-branch.ts';

const OWN = { first: 900, last: 902 };
const KIOSK = 'pc-3';
const ISSUE = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;

let host: PlayedBranch;

/** A PC that lost its host: it decides on the state it had then, by a clock of its own. */
class AlonePc {
  state: BranchState = host.state;
  readonly deeds: DoneDeed[] = [];
  readonly lasts = new Map<string, number>();
  /** What its clock shows beside the right time. */
  wrongMs = 0;
  #count = 0;

  does<T extends KeptDeedType & CommandType>(type: T, args: ArgsOf<T>, actor: Actor): string {
    const at = host.now + this.wrongMs;
    const own: OwnNumbers = { ...OWN, lasts: this.lasts };
    const mode = type === 'issue-ticket' ? { own } : { keepsDay: true };
    const command = { type, args, actor, station: KIOSK } as unknown as Command;
    const newId = () => `alone-${++this.#count}`;
    const decision = decide(this.state, command, { now: at, newId, ...mode });
    if (!decision.ok) return decision.error.code;
    const events = eventsOfDeed(type, decision.value.events);
    for (const event of decision.value.events)
      this.state = evolve(this.state, { ...event, at, actor: actor.kind, station: KIOSK } as BranchEvent);
    this.deeds.push({ id: newId(), type, actor, station: KIOSK, doneAt: at, ageMs: host.now, events });
    return 'ok';
  }

  /** The link is back: the host hears of everything, each with its age. */
  deliver(deeds = this.deeds): EventType[] {
    const from = host.events.length;
    for (const deed of deeds) {
      const taken = takeKeptDeed(host.state, { ...deed, ageMs: host.now - deed.ageMs }, host.now);
      for (const event of taken.events) {
        expect(EVENT_DATA[event.type].safeParse(event.data).success).toBe(true);
        host.happen({ ...event, at: taken.at, actor: deed.actor.kind, station: deed.station } as BranchEvent);
      }
    }
    return host.typesOf(from);
  }
}

const giveNumbers = () =>
  host.happen({
    ...{ type: 'number-block-given', data: { toStation: KIOSK, ...OWN } },
    ...{ at: host.now, actor: 'system', station: 'pc-1' },
  } as BranchEvent);
const figure = (kpi: Kpi) => findFigure(figureReport(host.figures), kpi).value;
const numberOf = (branch: { readonly state: BranchState }, ticketId: string) =>
  branch.state.tickets.get(ticketId)?.number;
const issuedBy = (pc: AlonePc) =>
  [...pc.state.tickets.values()].filter(({ number }) => number >= 'A900').map(({ ticketId }) => ticketId);

beforeEach(() => {
  host = openBranch();
  host.happen({
    ...{ type: 'epoch-raised', data: { epoch: 1, host: 'pc-1', by: 'start', tookOver: false, over: null } },
    ...{ at: host.now, actor: 'system', station: 'pc-1' },
  } as BranchEvent);
});

describe('[BR5] numbers of a PC’s own', () => {
  it('are given once, the lowest free part, and no host gives them any more', () => {
    host.must('give-number-block', { toStation: 'pc-2' });
    host.must('give-number-block', { toStation: 'pc-3' });
    host.must('give-number-block', { toStation: 'pc-2' });
    expect([...host.state.stations.ownNumbers]).toEqual([
      ['pc-2', { first: 900, last: 919 }],
      ['pc-3', { first: 920, last: 939 }],
    ]);
    for (const station of ['a', 'b', 'c', 'd']) host.must('give-number-block', { toStation: station });
    // There are five parts; the sixth PC goes without.
    expect(host.state.stations.ownNumbers.size).toBe(5);
    expect(host.state.stations.ownNumbers.has('d')).toBe(false);
  });

  it('nobody gets any while an earlier host is still to be heard', () => {
    const raised = { epoch: 2, host: 'pc-2', by: 'hand', tookOver: true, over: null };
    const by = { at: host.now, actor: 'system', station: 'pc-2' };
    host.happen({ type: 'epoch-raised', data: raised, ...by } as BranchEvent);
    host.must('give-number-block', { toStation: KIOSK });
    expect(host.state.stations.ownNumbers.size).toBe(0);
    const nothing = { fromStation: 'pc-1', hashes: [], batches: [], conflicts: [], stale: [] };
    host.happen({ type: 'late-events-merged', data: nothing, ...by } as BranchEvent);
    host.must('give-number-block', { toStation: KIOSK });
    expect(host.state.stations.ownNumbers.get(KIOSK)).toEqual({ first: 900, last: 919 });
  });
});

describe('[BR7] a PC without its host gives numbers of its own', () => {
  beforeEach(giveNumbers);

  it('one after the other, each once, until they are used up', () => {
    host.issue();
    const pc = new AlonePc();
    expect([1, 2, 3, 4].map(() => pc.does('issue-ticket', ISSUE, CUSTOMER))).toEqual([
      ...['ok', 'ok', 'ok'],
      'U571',
    ]);
    expect(issuedBy(pc).map(id => numberOf(pc, id))).toEqual(['A900', 'A901', 'A902']);
    // Another letter has its own.
    expect(pc.does('issue-ticket', { ...ISSUE, businessId: 'credit-card' }, CUSTOMER)).toBe('ok');
    // What its disk remembers counts even where its journal knows nothing of it.
    const again = new AlonePc();
    again.lasts.set('A', 901);
    again.does('issue-ticket', ISSUE, CUSTOMER);
    expect(issuedBy(again).map(id => numberOf(again, id))).toEqual(['A902']);
  });

  it('[TK3] the host records them as they were, with number, time and PC, and goes on with its own', () => {
    host.issue();
    const pc = new AlonePc();
    pc.does('issue-ticket', ISSUE, CUSTOMER);
    const [ticketId = ''] = issuedBy(pc);
    const takenAt = host.now;
    host.now += 10 * MINUTE_MS;
    expect(pc.deliver()).toEqual(['ticket-issued', 'ticket-print-requested']);
    expect(host.ticket(ticketId)).toMatchObject({ number: 'A900', issuedAt: takenAt, status: 'waiting' });
    const printed = host.events.at(-1);
    expect(printed).toMatchObject({ data: { reprint: false, kept: true }, station: KIOSK, at: takenAt });
    expect(numberOf(host, host.issue())).toBe('A002');
  });

  it('[CS1] stands in line where it was taken, and everybody else keeps their order', () => {
    const first = host.issue();
    host.now += MINUTE_MS;
    const pc = new AlonePc();
    pc.does('issue-ticket', ISSUE, CUSTOMER);
    const [kept = ''] = issuedBy(pc);
    host.now += MINUTE_MS;
    const [second, third] = [host.issue(), host.issue()];
    pc.deliver();
    expect([host.serve(), host.serve(), host.serve(), host.serve()]).toEqual([first, kept, second, third]);
    // Four services of a minute each, begun two minutes after the first and one after the kept ticket.
    expect(figure('average-wait')).toBe((2 + 2 + 2 + 3) * (MINUTE_MS / 4));
  });

  it('[TK1] somebody who was sent to a machine is counted, and is nobody’s ticket', () => {
    const pc = new AlonePc();
    expect(pc.does('accept-self-service', { businessId: 'personal-cash' }, CUSTOMER)).toBe('ok');
    host.now += MINUTE_MS;
    expect(pc.deliver()).toEqual(['customer-diverted']);
    expect(host.events.at(-1)).toMatchObject({ at: host.now - MINUTE_MS, station: KIOSK });
    expect(host.figures.arrival.diverted).toBe(1);
  });

  it(`places are by time, and never shared (seed ${SEED})`, () => {
    const step = fc.record({ waitMs: fc.integer({ min: 1, max: 90_000 }), alone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        host = openBranch();
        giveNumbers();
        const pc = new AlonePc();
        for (const { waitMs, alone } of steps) {
          host.now += waitMs;
          if (alone) pc.does('issue-ticket', ISSUE, CUSTOMER);
          else host.issue();
        }
        pc.deliver();
        const inLine = [...host.state.tickets.values()].sort((a, b) => a.arrival - b.arrival);
        expect(new Set(inLine.map(({ arrival }) => arrival)).size).toBe(inLine.length);
        const times = inLine.map(({ issuedAt }) => issuedAt);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(Math.max(0, ...inLine.map(({ arrival }) => arrival))).toBeLessThanOrEqual(host.state.arrivals);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it.each<[string, (deed: DoneDeed) => DoneDeed, string]>([
    ['a number that is not its own', deed => ({ ...deed, station: 'pc-9' }), 'not-allowed'],
    ['somebody who cannot have done it', deed => ({ ...deed, actor: KEYPAD }), 'not-allowed'],
    [
      'a deed that cannot have had this',
      deed => ({ ...deed, type: 'press-rating', actor: KEYPAD }),
      'not-allowed',
    ],
  ])('%s is set aside whole, and shown', (_, change, reason) => {
    const pc = new AlonePc();
    pc.does('issue-ticket', ISSUE, CUSTOMER);
    expect(pc.deliver(pc.deeds.map(change))).toEqual(['kept-deed-set-aside']);
    const event = host.events.at(-1) as BranchEvent<'kept-deed-set-aside'>;
    expect(event.data).toMatchObject({ reason, events: [{ type: 'ticket-issued' }, {}] });
    expect(issuedBy(pc).some(id => host.state.tickets.has(id))).toBe(false);
    expect(host.state.stations.lateConflicts[0]).toMatchObject({ type: 'ticket-issued', number: 'A900' });
  });

  it('a number that was taken meanwhile, and a day that is over, are set aside and shown', () => {
    const pc = new AlonePc();
    pc.does('issue-ticket', ISSUE, CUSTOMER);
    const twin = new AlonePc();
    twin.does('issue-ticket', ISSUE, CUSTOMER);
    pc.deliver();
    twin.deliver(twin.deeds.map(deed => ({ ...deed, id: 'twin' })));
    expect(host.events.at(-1)?.data).toMatchObject({ deedId: 'twin', reason: 'number-taken' });
    const late = new AlonePc();
    late.does('issue-ticket', ISSUE, LOBBY);
    host.wait(DAY_MS);
    expect(late.deliver()).toEqual(['kept-deed-set-aside']);
    expect(host.events.at(-1)?.data).toMatchObject({ reason: 'day-over' });
    expect(host.state.stations.lateConflicts.map(({ number }) => number)).toEqual(['A901', 'A900']);
    expect(figure('tickets-issued')).toBe(0);
  });

  it('a clock that is wrong by a year makes no other time of it', () => {
    for (const wrongMs of [-364 * DAY_MS, 364 * DAY_MS, -3 * MINUTE_MS, 3 * MINUTE_MS]) {
      host = openBranch();
      giveNumbers();
      const pc = new AlonePc();
      pc.wrongMs = wrongMs;
      pc.does('issue-ticket', ISSUE, CUSTOMER);
      const takenAt = host.now;
      host.now += 20 * MINUTE_MS;
      pc.deliver();
      const kept = [...host.state.tickets.values()].find(({ number }) => number === 'A900');
      expect(kept?.issuedAt).toBe(takenAt);
      host.serve();
      expect(figure('average-wait')).toBe(20 * MINUTE_MS);
    }
  });
});

describe('[BR7] times of what was done without the host', () => {
  const counterId = 'counter-1';

  /** Called with the host, served and rated without it. */
  function serveAlone(serviceMs: number, pressMs: number, wrongMs = 0): AlonePc {
    host.issue();
    const ticketId = host.call();
    const pc = new AlonePc();
    pc.wrongMs = wrongMs;
    host.now += 30 * SECOND_MS;
    expect(pc.does('start-service', { counterId, ticketId }, TELLER_1)).toBe('ok');
    host.now += serviceMs;
    expect(pc.does('finish-service', { counterId, ticketId }, TELLER_1)).toBe('ok');
    host.now += pressMs;
    expect(pc.does('press-rating', { counterId, position: 1 }, KEYPAD)).toBe('ok');
    return pc;
  }

  it('service and rating are as long as they were, however late the host hears of them', () => {
    const pc = serveAlone(4 * MINUTE_MS, 3 * SECOND_MS);
    host.now += 30 * MINUTE_MS;
    expect(pc.deliver()).toEqual(['service-started', 'service-finished', 'rating-prompted', 'rating-given']);
    expect(figure('average-service-time')).toBe(4 * MINUTE_MS);
    expect(figure('satisfaction')).toBe(1);
    const given = host.events.at(-1) as BranchEvent<'rating-given'>;
    expect(given.data.afterMs).toBe(3 * SECOND_MS);
    expect(host.state.counters.get(counterId)?.openRating).toBeNull();
    expect(host.figures.tellers.days.get('1001')).toMatchObject({ served: 1, serviceMs: 4 * MINUTE_MS });
  });

  it('somebody else at the counter, or nobody signed in: set aside and shown', () => {
    const pc = serveAlone(MINUTE_MS, SECOND_MS);
    host.must('record-sign-in', { staffNumber: '1001', passwordFits: true, sessionId: 'elsewhere' });
    const types = pc.deliver();
    expect(new Set(types)).toEqual(new Set(['kept-deed-set-aside']));
    expect(host.state.stations.lateConflicts.map(({ type }) => type)).toContain('service-finished');
  });

  it('a rating the host had closed already is not closed again, and a press still counts', () => {
    host.issue();
    const ticketId = host.serve();
    const ratingId = host.state.counters.get(counterId)?.openRating?.ratingId ?? '';
    const pc = new AlonePc();
    pc.does('close-rating', { counterId, ratingId, keypadAbsent: false }, KEYPAD);
    const press = new AlonePc();
    press.does('press-rating', { counterId, position: 1 }, KEYPAD);
    host.wait(MINUTE_MS);
    expect(host.state.counters.get(counterId)?.openRating).toBeNull();
    expect(pc.deliver()).toEqual([]);
    expect(press.deliver()).toEqual(['rating-given']);
    expect(host.ticket(ticketId).rated).toBe(true);
    expect(press.deliver()).toEqual(['kept-deed-set-aside']);
  });

  it(`no clock makes a time before what was known or after now; the journal alone gives the same figures (seed ${SEED})`, () => {
    const wrong = fc.oneof(
      fc.integer({ min: -400 * DAY_MS, max: 400 * DAY_MS }),
      fc.integer({ min: -20_000, max: 20_000 }),
    );
    const span = fc.integer({ min: 0, max: 20 * MINUTE_MS });
    fc.assert(
      fc.property(
        wrong,
        span,
        fc.integer({ min: 0, max: 9_000 }),
        span,
        (wrongMs, serviceMs, pressMs, laterMs) => {
          host = openBranch();
          const calledFrom = host.now;
          const pc = serveAlone(serviceMs, pressMs, wrongMs);
          host.now += laterMs;
          pc.deliver();
          const times = host.events.slice(-4).map(({ at }) => at);
          expect(times.every(at => at >= calledFrom && at <= host.now)).toBe(true);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(figure('average-service-time')).toBe(serviceMs);
          const replayed = new PlayedBranch();
          for (const event of host.events) replayed.happen(event);
          expect(replayed.state).toEqual(host.state);
          expect(figureReport(replayed.figures)).toEqual(figureReport(host.figures));
        },
      ),
      { seed: SEED, numRuns: 60 },
    );
  });
});
