import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { CUSTOMER, DAY_MS, LOBBY, openBranch, TELLER_1, TELLER_4 } from '../played-branch.ts';

const anyTicket = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;

/** A branch in the evening: one done, one serving, one called, one no-show, two waiting. */
function evening() {
  const branch = openBranch();
  for (let n = 0; n < 5; n++) branch.issue();
  branch.issue('credit-card');
  const done = branch.serve();
  branch.wait(10_000);
  const missed = branch.miss();
  const serving = branch.call();
  branch.must('start-service', { counterId: 'counter-1', ticketId: serving }, TELLER_1);
  const called = branch.call('counter-4', TELLER_4);
  const waiting = [...branch.state.tickets.values()].filter(ticket => ticket.status === 'waiting');
  return { branch, done, missed, serving, called, waiting: waiting.map(ticket => ticket.ticketId) };
}

describe('a new business day', () => {
  it('[TK12] records what is unserved as unserved, closes windows and signs everybody out', () => {
    const { branch, serving, called, waiting } = evening();
    const from = branch.events.length;
    branch.wait(DAY_MS);
    const happened = branch.events.slice(from);
    const unserved = happened.flatMap(event =>
      event.type === 'ticket-unserved' ? [event.data.ticketId] : [],
    );
    expect(unserved.sort()).toEqual([serving, called, ...waiting].sort());
    expect(happened.at(-1)).toMatchObject({
      type: 'business-day-started',
      data: { businessDay: '2026-03-03' },
    });
    expect(branch.state.tickets.size).toBe(0);
    expect([...branch.state.counters.values()].every(one => one.status === 'closed' && !one.ticketId)).toBe(
      true,
    );
    expect(branch.state.sessions.size).toBe(0);
  });

  it('[TK3] starts numbers again, also when a ticket is the first thing to happen', () => {
    const { branch } = evening();
    branch.now += DAY_MS;
    expect(branch.must('issue-ticket', anyTicket, CUSTOMER)).toMatchObject({ number: 'A001', ahead: 0 });
  });

  it('[CS8] a session of yesterday opens no window and takes no number today', () => {
    const { branch } = evening();
    branch.now += DAY_MS;
    expect(branch.codeOf('open-counter', { counterId: 'counter-3' }, TELLER_1)).toBe('S703');
    expect(branch.codeOf('issue-ticket', anyTicket, LOBBY)).toBe('S703');
    expect(branch.codeOf('sign-out', {}, TELLER_1)).toBe('S703');
  });

  it('[TK3] a clock set back to yesterday starts no day: numbers go on', () => {
    const { branch } = evening();
    branch.wait(DAY_MS);
    branch.issue();
    branch.wait(-2 * DAY_MS);
    expect(branch.ticket(branch.issue()).number).toBe('A002');
    branch.wait(2 * DAY_MS);
    expect(branch.ticket(branch.issue()).number).toBe('A003');
    expect(branch.state.businessDay).toBe('2026-03-03');
  });

  it('[RT3] keeps bad ratings until somebody has dealt with them, and forgets the others', () => {
    const branch = openBranch();
    for (const position of [1, 4]) {
      branch.issue();
      branch.serve();
      branch.must('press-rating', { counterId: 'counter-1', position }, { kind: 'device', deviceId: 'k' });
    }
    branch.wait(DAY_MS);
    expect(branch.state.recentRatings).toMatchObject([{ levelId: 'dissatisfied', handledNote: null }]);
  });

  it('[RT2] a prompt open at midnight is closed as unrated on the day it belongs to', () => {
    const branch = openBranch();
    branch.issue();
    branch.serve();
    const from = branch.events.length;
    branch.wait(DAY_MS);
    expect(branch.typesOf(from).indexOf('rating-closed')).toBe(0);
    expect(branch.state.counters.get('counter-1')?.openRating).toBeNull();
  });
});

describe('a bank document that changes during the day', () => {
  it('[TK3] a letter given to another queue goes on after its last number', () => {
    const branch = openBranch();
    branch.issue('personal-cash');
    branch.issue('personal-cash');
    const swapped = SAMPLE_BANK.queues.map(queue =>
      queue.id === 'personal-cash' || queue.id === 'cards'
        ? { ...queue, prefix: queue.id === 'cards' ? 'A' : 'C' }
        : queue,
    );
    branch.must('apply-bank-document', { document: { ...SAMPLE_BANK, version: 2, queues: swapped } });
    expect(branch.ticket(branch.issue('credit-card')).number).toBe('A003');
    expect(branch.ticket(branch.issue('personal-cash')).number).toBe('C001');
  });

  it('[TK3] a range that moved never repeats a number', () => {
    const branch = openBranch();
    for (let n = 0; n < 3; n++) branch.issue();
    const move = (version: number, firstNumber: number) => {
      const queues = SAMPLE_BANK.queues.map(queue => ({ ...queue, firstNumber }));
      branch.must('apply-bank-document', { document: { ...SAMPLE_BANK, version, queues } });
    };
    move(2, 500);
    expect(branch.ticket(branch.issue()).number).toBe('A500');
    move(3, 1);
    expect(branch.ticket(branch.issue()).number).toBe('A501');
  });
});
