import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import {
  bankWith,
  CUSTOMER,
  DAY_MS,
  LOBBY,
  MINUTE_MS,
  MORNING_MS,
  openBranch,
  type PlayedBranch,
  SYSTEM,
  TELLER_1,
} from '../played-branch.ts';
import { bankWithBusiness, bankWithHours, customer } from './arrivals.ts';

const ticket = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;
const issuedOf = (branch: PlayedBranch) =>
  branch.events.flatMap(event => (event.type === 'ticket-issued' ? [event.data] : []));

describe('who comes', () => {
  it('[TK2] an identified customer is recorded by hash, mask and ciphertext, and gets the own class', () => {
    const branch = openBranch();
    const gold = customer(1, { classId: 'gold', birthDate: '1990-01-01' });
    branch.issue('personal-cash', { customer: gold });
    const { key, masked, medium, sealed } = gold;
    expect(issuedOf(branch)).toMatchObject([{ classId: 'gold', customer: { key, masked, medium, sealed } }]);
    expect(Object.keys(issuedOf(branch)[0]?.customer ?? {}).sort()).toEqual([
      'key',
      'masked',
      'medium',
      'sealed',
    ]);
    expect(branch.ticket(branch.issue()).customer).toBeNull();
  });

  it('[TK2] a class never falls below that of the queue', () => {
    const branch = openBranch();
    const classOf = (businessId: string, key: number, classId: string) =>
      branch.ticket(branch.issue(businessId, { customer: customer(key, { classId }) })).classId;
    expect([classOf('wealth', 1, 'ordinary'), classOf('wealth', 2, 'private')]).toEqual(['gold', 'private']);
    expect(classOf('personal-cash', 3, 'no-longer-a-class')).toBe('ordinary');
  });

  it('[TK2] an identification is good for five minutes, also when the clock was set back', () => {
    const branch = openBranch();
    const args = { ...ticket, customer: customer(1) };
    branch.now = MORNING_MS + 5 * MINUTE_MS + 1;
    expect(branch.codeOf('issue-ticket', args, CUSTOMER)).toBe('T844');
    branch.now = MORNING_MS - 6 * MINUTE_MS;
    expect(branch.codeOf('issue-ticket', args, CUSTOMER)).toBe('T844');
    branch.now = MORNING_MS + 5 * MINUTE_MS;
    expect(branch.codeOf('issue-ticket', args, CUSTOMER)).toBe('ok');
  });

  it('[TK5] has one open ticket per queue, and may have one of another queue', () => {
    const branch = openBranch();
    branch.issue('personal-cash', { customer: customer(1) });
    const again = branch.give('issue-ticket', { ...ticket, customer: customer(1) }, CUSTOMER);
    expect(again).toMatchObject({ ok: false, error: { code: 'T840', facts: { number: 'A001' } } });
    // Another business of the same queue is the same line.
    const same = { ...ticket, businessId: 'large-withdrawal', customer: customer(1) };
    expect(branch.codeOf('issue-ticket', same, CUSTOMER)).toBe('T840');
    expect(branch.codeOf('issue-ticket', { ...ticket, customer: customer(2) }, CUSTOMER)).toBe('ok');
    const other = { ...ticket, businessId: 'credit-card', customer: customer(1) };
    expect(branch.codeOf('issue-ticket', other, CUSTOMER)).toBe('ok');
  });

  it('[TK5] the ticket counts while it is called or served, not when it is over', () => {
    const branch = openBranch();
    branch.issue('personal-cash', { customer: customer(1) });
    const args = { ...ticket, customer: customer(1) };
    const ticketId = branch.call();
    expect(branch.codeOf('issue-ticket', args, CUSTOMER)).toBe('T840');
    branch.must('start-service', { counterId: 'counter-1', ticketId }, TELLER_1);
    expect(branch.codeOf('issue-ticket', args, CUSTOMER)).toBe('T840');
    branch.must('finish-service', { counterId: 'counter-1', ticketId }, TELLER_1);
    expect(branch.codeOf('issue-ticket', args, CUSTOMER)).toBe('ok');
  });

  it('[TK5] the own ticket is printed again, nobody else’s, and not while the printer is at it', () => {
    const branch = openBranch();
    const ticketId = branch.issue('personal-cash', { customer: customer(1) });
    const jobId = branch.ticket(ticketId).print.jobId ?? '';
    branch.must('report-print', { ticketId, jobId, outcome: 'printed', code: null });
    const reprint = (who: number) =>
      branch.codeOf('reprint-own-ticket', { ticketId, customer: customer(who) }, CUSTOMER);
    expect([reprint(2), reprint(1), reprint(1)]).toEqual(['T803', 'ok', 'ok']);
    expect(branch.ticket(ticketId).print).toMatchObject({ status: 'waiting', copies: 2 });
    branch.now += 6 * MINUTE_MS;
    expect(reprint(1)).toBe('T844');
  });
});

describe('priority persons', () => {
  it('[TK9] say why at the kiosk, or the lobby manager says it, or the ID’s age; the reason is kept', () => {
    const branch = openBranch();
    branch.issue('personal-cash', { priorityReasonId: 'pregnant' });
    branch.must('issue-ticket', { ...ticket, priorityReasonId: 'unwell' }, LOBBY);
    const old = customer(1, { medium: 'id-card', birthDate: '1961-03-02' });
    branch.issue('personal-cash', { customer: old });
    branch.issue('personal-cash', { customer: customer(2, { birthDate: '1961-03-03' }) });
    expect(issuedOf(branch).map(({ classId, priority }) => [classId, priority])).toEqual([
      ['priority', { reasonId: 'pregnant', source: 'customer' }],
      ['priority', { reasonId: 'unwell', source: 'staff' }],
      ['priority', { reasonId: 'elderly', source: 'age' }],
      ['ordinary', null],
    ]);
    expect(branch.codeOf('issue-ticket', { ...ticket, priorityReasonId: 'in-a-hurry' }, CUSTOMER)).toBe(
      'T849',
    );
  });

  it('[TK9] wait in the care queue where the bank has one; without a class for them nobody goes first', () => {
    const { arrival } = SAMPLE_BANK;
    const withQueue = openBranch(bankWith({ arrival: { ...arrival, careQueueId: 'convenience' } }));
    const reason = { priorityReasonId: 'disabled' };
    expect(withQueue.ticket(withQueue.issue('personal-cash', reason)).number).toBe('E001');
    const without = openBranch(bankWith({ arrival: { ...arrival, priorityClassId: null } }));
    expect(without.codeOf('issue-ticket', { ...ticket, ...reason }, CUSTOMER)).toBe('T849');
  });
});

describe('self-service first', () => {
  const machine = 'payment-terminal-1';
  const payments = { ...ticket, businessId: 'payments' };

  it('[TK1] diverted, declined and down are recorded, and the rate is worked out of them', () => {
    const branch = openBranch();
    expect(branch.must('accept-self-service', { businessId: 'payments' }, CUSTOMER)).toEqual({
      machineId: machine,
    });
    branch.must('issue-ticket', payments, CUSTOMER);
    branch.must('set-self-service-state', { machineId: machine, state: 'busy' }, LOBBY);
    branch.must('accept-self-service', { businessId: 'payments' }, LOBBY);
    branch.must('set-self-service-state', { machineId: machine, state: 'down' }, LOBBY);
    branch.must('issue-ticket', payments, CUSTOMER);
    expect(branch.codeOf('accept-self-service', { businessId: 'payments' }, CUSTOMER)).toBe('T850');
    branch.issue('wealth');
    expect(issuedOf(branch).map(data => data.selfService)).toEqual(['declined', 'down', 'none']);
    expect(branch.figures.arrival).toMatchObject({ diverted: 2, declined: 1, machinesDown: 1 });
  });

  it('[TK1] the free one of several machines is offered; a state set twice is recorded once', () => {
    const branch = openBranch();
    const set = (machineId: string, state: 'free' | 'busy' | 'down') =>
      branch.must('set-self-service-state', { machineId, state }, LOBBY);
    const offered = () =>
      branch.must('accept-self-service', { businessId: 'personal-cash' }, CUSTOMER).machineId;
    expect(offered()).toBe('cash-machine-1');
    set('cash-machine-1', 'busy');
    expect(offered()).toBe('cash-machine-2');
    set('cash-machine-2', 'down');
    expect(offered()).toBe('cash-machine-1');
    const count = branch.events.length;
    set('cash-machine-2', 'down');
    expect(branch.events).toHaveLength(count);
    const unknown = { machineId: 'coffee-machine', state: 'free' } as const;
    expect(branch.codeOf('set-self-service-state', unknown, LOBBY)).toBe('T848');
    expect(branch.codeOf('set-self-service-state', { ...unknown, machineId: machine }, CUSTOMER)).toBe(
      'M605',
    );
  });
});

describe('quotas', () => {
  const instead = { zh: '可预约明天', en: 'Book tomorrow' };
  const quota = { weekdays: [1], fromMinute: 9 * 60, toMinute: 10 * 60, tickets: 2, instead };
  const args = { ...ticket, businessId: 'change' };

  it('[TK6] are counted per business, weekday and time band', () => {
    const branch = openBranch(bankWithBusiness('change', { quotas: [quota] }));
    const issue = () => branch.codeOf('issue-ticket', args, CUSTOMER);
    expect([issue(), issue(), issue()]).toEqual(['ok', 'ok', 'T841']);
    expect(branch.codeOf('issue-ticket', { ...args, businessId: 'payments' }, CUSTOMER)).toBe('ok');
    branch.now += 60 * MINUTE_MS - 1;
    expect(issue()).toBe('T841');
    branch.now += 1;
    expect([issue(), issue(), issue()]).toEqual(['ok', 'ok', 'ok']);
    branch.now = MORNING_MS + DAY_MS;
    expect([issue(), issue(), issue()]).toEqual(['ok', 'ok', 'ok']);
    branch.now = MORNING_MS + 7 * DAY_MS;
    expect([issue(), issue(), issue()]).toEqual(['ok', 'ok', 'T841']);
  });

  it('[TK6] tickets issued before a quota was set count too; zero means none', () => {
    const branch = openBranch();
    for (let n = 0; n < 2; n++) branch.must('issue-ticket', args, CUSTOMER);
    const document = { ...bankWithBusiness('change', { quotas: [quota] }), version: 2 };
    branch.must('apply-bank-document', { document }, SYSTEM);
    expect(branch.codeOf('issue-ticket', args, CUSTOMER)).toBe('T841');
    const none = openBranch(bankWithBusiness('change', { quotas: [{ ...quota, tickets: 0 }] }));
    expect(none.codeOf('issue-ticket', args, CUSTOMER)).toBe('T841');
  });
});

describe('closing', () => {
  it('[TK12] no numbers outside opening hours, for customers and lobby manager alike', () => {
    const branch = openBranch(bankWithHours());
    const issue = (actor = CUSTOMER) => branch.give('issue-ticket', ticket, actor);
    branch.now = MORNING_MS - 1;
    const early = issue();
    expect(early).toMatchObject({ error: { code: 'T842', facts: { date: '2026-03-02', time: '09:00' } } });
    branch.now = MORNING_MS + 8 * 60 * MINUTE_MS - 1;
    expect(issue().ok).toBe(true);
    branch.now += 1;
    expect(issue(LOBBY)).toMatchObject({
      error: { code: 'T842', facts: { date: '2026-03-03', time: '09:00' } },
    });
  });

  it('[TK12] who still waits two hours later is unserved, never handled; who is at a window is served', () => {
    const branch = openBranch(bankWithHours());
    branch.issue();
    const [waiting, other] = [branch.issue(), branch.issue('wealth')];
    const served = branch.call();
    branch.must('start-service', { counterId: 'counter-1', ticketId: served }, TELLER_1);
    branch.wait(10 * 60 * MINUTE_MS - 1);
    expect(branch.state.tickets.has(waiting)).toBe(true);
    const from = branch.events.length;
    branch.wait(1);
    expect(branch.typesOf(from)).toEqual(['ticket-unserved', 'ticket-unserved']);
    expect([branch.state.tickets.has(waiting), branch.state.tickets.has(other)]).toEqual([false, false]);
    branch.must('finish-service', { counterId: 'counter-1', ticketId: served }, TELLER_1);
    branch.wait(MINUTE_MS);
    expect(branch.ticket(served).status).toBe('done');
    const ended = [...branch.figures.currentLegByTicket.values()].map(leg => leg.ended);
    expect(ended.filter(how => how === 'unserved')).toHaveLength(2);
  });

  it('[TK12] those who wait stay through a break', () => {
    const weekly = [
      { weekday: 1, fromMinute: 9 * 60, toMinute: 12 * 60 },
      { weekday: 1, fromMinute: 16 * 60, toMinute: 18 * 60 },
    ];
    const branch = openBranch(bankWithHours({ weekly, unservedAfterMinutes: 30 }));
    const ticketId = branch.issue();
    branch.wait(4 * 60 * MINUTE_MS);
    expect(branch.codeOf('issue-ticket', ticket, CUSTOMER)).toBe('T842');
    expect(branch.ticket(ticketId).status).toBe('waiting');
  });
});
