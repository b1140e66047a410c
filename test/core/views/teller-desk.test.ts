import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { tellerView } from '#core/views/teller-view.ts';
import { VIEWS } from '#core/wire/views.ts';
import { KEYPAD, MINUTE_MS, openBranch, type PlayedBranch, TELLER_1, TELLER_4 } from '../played-branch.ts';

function viewOf(branch: PlayedBranch, counterId = 'counter-1') {
  const upload = { state: 'off', durableSeq: 0, lastSeq: 0, code: null } as const;
  const facts = { now: branch.now, upload, uploadSince: branch.now };
  const view = tellerView(branch.configured(), counterId, facts, branch.figures);
  expect(VIEWS.teller.parse(view)).toEqual(view);
  return view;
}
const nowSaid = (branch: PlayedBranch, counterId?: string) =>
  viewOf(branch, counterId)
    .desk.sayings.filter(({ isNow }) => isNow)
    .map(({ stage }) => stage);

describe('[CS12] the four sayings', () => {
  it('[CS12] greeting, cash in and out, farewell; a business without cash has its details checked', () => {
    const branch = openBranch();
    expect(nowSaid(branch)).toEqual(['greeting']);
    branch.issue();
    const ticketId = branch.call();
    expect(nowSaid(branch)).toEqual(['greeting']);
    branch.must('start-service', { counterId: 'counter-1', ticketId }, TELLER_1);
    expect(nowSaid(branch)).toEqual(['cash-in', 'cash-out']);
    branch.must('finish-service', { counterId: 'counter-1', ticketId }, TELLER_1);
    expect(nowSaid(branch)).toEqual(['farewell']);

    const other = branch.issue('personal-transfer');
    branch.call('counter-4', TELLER_4);
    branch.must('start-service', { counterId: 'counter-4', ticketId: other }, TELLER_4);
    expect(nowSaid(branch, 'counter-4')).toEqual(['details']);
    expect(viewOf(branch, 'counter-4').saying).toEqual(SAMPLE_BANK.texts.sayingServing);
  });

  it('[CS12] says farewell also where no keypad asks for a rating', () => {
    const branch = openBranch();
    branch.setKeypad('counter-1', 'absent');
    branch.issue();
    branch.serve();
    expect(nowSaid(branch)).toEqual(['farewell']);
    branch.wait(10_000);
    expect(nowSaid(branch)).toEqual(['greeting']);
  });
});

describe('the teller’s full window', () => {
  it('[CS4] says who comes next and why, without class or identity, and the calls bring just them', () => {
    const branch = openBranch();
    const secret = SAMPLE_BANK.classes.map(({ name }) => name.zh);
    for (const businessId of ['personal-cash', 'change', 'personal-cash']) branch.issue(businessId);
    const { upcoming } = viewOf(branch).desk;
    for (const word of secret) expect(JSON.stringify(upcoming)).not.toContain(word);
    const called = upcoming.map(() => branch.ticket(branch.miss()).number);
    expect(upcoming.map(({ number }) => number)).toEqual(called);
  });

  it('[CS6] [CS7] [TK10] shows what the visit carries: legs, notes, businesses, papers, all waits', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    branch.must('add-business', { ticketId, businessId: 'credit-card' }, TELLER_1);
    branch.wait(5 * MINUTE_MS);
    branch.call();
    branch.must('start-service', { counterId: 'counter-1', ticketId }, TELLER_1);
    branch.wait(MINUTE_MS);
    const park = { counterId: 'counter-1', ticketId, paperIds: ['form'], note: '缺申请表' };
    branch.must('park-ticket', park, TELLER_1);
    expect(viewOf(branch).desk.parked).toMatchObject([{ number: 'A001', missing: 1, here: 0 }]);
    branch.must('tick-paper', { ticketId, paperId: 'form', isHere: true }, TELLER_1);
    branch.must('ready-ticket', { ticketId, returnTo: 'same-counter' }, TELLER_1);
    branch.wait(2 * MINUTE_MS);
    branch.call();
    const { visit } = viewOf(branch).desk;
    expect(visit).toMatchObject({
      waitedMs: 7 * MINUTE_MS,
      legs: [{ counterName: { zh: '1号窗口' }, waitMs: 5 * MINUTE_MS, serviceMs: MINUTE_MS, end: 'parked' }],
      notes: [{ text: '缺申请表' }],
      missing: [{ id: 'form', isHere: true }],
    });
    expect(visit?.businesses.map(({ id, status, isServedHere }) => [id, status, isServedHere])).toEqual([
      ['personal-cash', 'now', true],
      ['credit-card', 'later', false],
    ]);
  });

  it('[MO1] shows the own day of whoever is signed in, not the window’s', () => {
    const branch = openBranch();
    branch.issue();
    branch.serve('counter-1', TELLER_1, 3 * MINUTE_MS);
    branch.must('press-rating', { counterId: 'counter-1', position: 4 }, KEYPAD);
    expect(viewOf(branch).desk.day).toEqual({
      served: 1,
      walkIns: 0,
      averageServiceMs: 3 * MINUTE_MS,
      rated: 1,
      unrated: 0,
      satisfaction: 0,
    });
    expect(viewOf(branch).desk.finishes).toMatchObject([{ number: 'A001', outcome: 'rated' }]);
    expect(viewOf(branch, 'counter-4').desk.day.served).toBe(0);
  });

  it('[CS11] is safe with a thousand waiting', () => {
    const branch = openBranch();
    for (let count = 0; count < 799; count++) branch.issue();
    expect(viewOf(branch).desk.upcoming).toHaveLength(5);
  });
});
