import { expect, it } from 'vitest';
import { BankDocument } from '#core/branch/bank-document.ts';
import { EVENT_DATA } from '#core/branch/events.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { CUSTOMER, openBranch } from '../played-branch.ts';

it('a bank document written before these rules is read as one without them, and numbers are issued', () => {
  const { arrival, calendar, ...before } = SAMPLE_BANK;
  const businesses = before.businesses.map(({ selfService, quotas, ...business }) => business);
  const read = BankDocument.parse({ ...before, businesses });
  expect([read.calendar.enforced, read.arrival.priorityReasons, read.businesses[0]?.quotas]).toEqual([
    false,
    [],
    [],
  ]);
  expect(
    openBranch(read).codeOf(
      'issue-ticket',
      { businessId: 'change', language: 'zh', largeType: false },
      CUSTOMER,
    ),
  ).toBe('ok');
  expect([arrival.priorityReasons.length, calendar.weekly.length]).toEqual([5, 7]);
});

it('a ticket issued before these rules was identified by nobody and went first for no reason', () => {
  const branch = openBranch();
  branch.issue('personal-cash', { priorityReasonId: 'unwell' });
  const issued = branch.events.find(event => event.type === 'ticket-issued');
  if (issued?.type !== 'ticket-issued') throw new Error('nothing issued');
  const { customer, priority, selfService, appointment, ...before } = issued.data;
  expect(EVENT_DATA['ticket-issued'].parse(before)).toEqual({
    ...before,
    customer: null,
    priority: null,
    selfService: 'none',
    appointment: null,
  });
  expect([customer, priority?.reasonId, selfService, appointment]).toEqual([
    null,
    'unwell',
    'declined',
    null,
  ]);
});

it('[TK1] [TK12] wrong references and empty periods are named', () => {
  const wrong = {
    ...SAMPLE_BANK,
    arrival: { ...SAMPLE_BANK.arrival, careQueueId: 'nowhere', selfServiceMachines: [] },
    calendar: { ...SAMPLE_BANK.calendar, weekly: [{ weekday: 1, fromMinute: 600, toMinute: 600 }] },
  };
  const paths = BankDocument.safeParse(wrong).error?.issues.map(issue => issue.path.join('.'));
  expect(paths).toContain('arrival.careQueueId');
  expect(paths).toContain('calendar.weekly.0.toMinute');
  expect(paths).toContain('businesses.0.selfService');
});
