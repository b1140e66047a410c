import { describe, expect, it } from 'vitest';
import { figureReport, findFigure, type Kpi } from '#core/figures/day-figures.ts';
import { emptyTellerDay } from '#core/figures/teller-day.ts';
import {
  KEYPAD,
  LOBBY,
  MINUTE_MS,
  openBranch,
  type PlayedBranch,
  TELLER_1,
  TELLER_4,
} from '../played-branch.ts';

const C1 = 'counter-1';
const figure = (branch: PlayedBranch, kpi: Kpi) => {
  const { numerator, denominator } = findFigure(figureReport(branch.figures), kpi);
  return [numerator, denominator];
};

/** Waits 5 minutes, is served 2, sent on to window 4, waits 3 more, is served 4. */
function transferred(): PlayedBranch {
  const branch = openBranch();
  const ticketId = branch.issue();
  branch.wait(5 * MINUTE_MS);
  branch.call();
  branch.must('start-service', { counterId: C1, ticketId }, TELLER_1);
  branch.wait(2 * MINUTE_MS);
  const to = { kind: 'queue', queueId: 'cards' } as const;
  branch.must('transfer-ticket', { counterId: C1, ticketId, to, position: 'arrival', note: '' }, TELLER_1);
  branch.wait(3 * MINUTE_MS);
  branch.serve('counter-4', TELLER_4, 4 * MINUTE_MS);
  return branch;
}

describe('figures of legs', () => {
  it('[CS6] [MO1] each leg has its own wait, none is lost, and the leg sent on is not done', () => {
    const branch = transferred();
    expect(figure(branch, 'average-wait')).toEqual([8 * MINUTE_MS, 2]);
    expect(figure(branch, 'legs-done')).toEqual([1, 1]);
    expect(figure(branch, 'average-service-time')).toEqual([4 * MINUTE_MS, 1]);
    expect(figure(branch, 'transfers')).toEqual([1, 1]);
    expect(figure(branch, 'abandonment-rate')).toEqual([0, 1]);
  });

  it('[TK10] [RT1] two businesses are two legs and one prompt, which is all of them', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    branch.must('add-business', { ticketId, businessId: 'change' }, LOBBY);
    branch.wait(5 * MINUTE_MS);
    branch.call();
    branch.must('start-service', { counterId: C1, ticketId }, TELLER_1);
    branch.wait(2 * MINUTE_MS);
    branch.must('start-next-business', { counterId: C1, ticketId, businessId: 'change' }, TELLER_1);
    branch.wait(MINUTE_MS);
    branch.must('finish-service', { counterId: C1, ticketId }, TELLER_1);
    expect(figure(branch, 'legs-done')).toEqual([2, 1]);
    expect(figure(branch, 'average-wait')).toEqual([5 * MINUTE_MS, 1]);
    expect(figure(branch, 'average-service-time')).toEqual([3 * MINUTE_MS, 2]);
    expect(figure(branch, 'prompt-rate')).toEqual([1, 1]);
  });

  it('[TK10] [RT2] a rating pressed on the way to the next counter belongs to the one that asked', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    branch.must('add-business', { ticketId, businessId: 'credit-card' }, LOBBY);
    branch.call();
    branch.must('start-service', { counterId: C1, ticketId }, TELLER_1);
    branch.must('start-next-business', { counterId: C1, ticketId, businessId: 'credit-card' }, TELLER_1);
    branch.wait(5000);
    branch.must('press-rating', { counterId: C1, position: 4 }, KEYPAD);
    branch.serve('counter-4', TELLER_4);
    branch.wait(10_000);
    expect(figure(branch, 'rating-participation')).toEqual([1, 2]);
    expect(figure(branch, 'dissatisfaction')).toEqual([1, 1]);
    expect(branch.figures.tellers.days.get('1001')).toMatchObject({ rated: 1, unrated: 0 });
    expect(branch.figures.tellers.days.get('1004')).toMatchObject({ rated: 0, unrated: 1 });
  });

  it('[CS9] the walk-in rate is walk-ins over walk-ins and legs done; a walk-in is no ticket', () => {
    const branch = openBranch();
    branch.issue();
    branch.serve();
    branch.wait(11_000);
    for (let visit = 0; visit < 2; visit++) {
      const args = { counterId: C1, businessId: 'personal-cash' };
      const ticketId = String(branch.must('start-walk-in', args, TELLER_1).ticketId);
      branch.wait(MINUTE_MS);
      branch.must('finish-service', { counterId: C1, ticketId }, TELLER_1);
      branch.wait(11_000);
    }
    expect(figure(branch, 'walk-in-rate')).toEqual([2, 3]);
    expect(figure(branch, 'tickets-issued')).toEqual([1, 1]);
    expect(figure(branch, 'legs-done')).toEqual([1, 1]);
    expect(figure(branch, 'average-wait')[1]).toBe(1);
  });

  it('[CS7] parked and gone at the end of the day is abandoned, once', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    branch.call();
    branch.must('park-ticket', { counterId: C1, ticketId, paperIds: ['form'], note: '' }, TELLER_1);
    expect(figure(branch, 'abandonment-rate')).toEqual([0, 1]);
    expect(figure(branch, 'parkings')).toEqual([1, 1]);
    branch.happen({
      type: 'ticket-unserved',
      data: { ticketId },
      at: branch.now,
      actor: 'system',
      station: 'pc-1',
    });
    expect(figure(branch, 'abandonment-rate')).toEqual([1, 1]);
  });
});

describe('[MO1] a teller’s own day', () => {
  it('[CS10] a finish taken back is none, and counts again with the time of the whole service', () => {
    const branch = openBranch();
    branch.issue();
    const ticketId = branch.serve('counter-1', TELLER_1, 2 * MINUTE_MS);
    branch.wait(5000);
    branch.must('undo-finish', { counterId: C1, ticketId }, TELLER_1);
    expect(branch.figures.tellers.days.get('1001')).toEqual(emptyTellerDay());
    branch.wait(MINUTE_MS);
    branch.must('finish-service', { counterId: C1, ticketId }, TELLER_1);
    const served = branch.figures.tellers.days.get('1001');
    expect(served).toMatchObject({ served: 1, timed: 1, serviceMs: 3 * MINUTE_MS + 5000 });
    expect(served?.finishes).toMatchObject([{ number: 'A001', outcome: 'open' }]);
  });

  it('keeps the last ten finishes', () => {
    const branch = openBranch();
    for (let visit = 0; visit < 12; visit++) {
      branch.issue();
      branch.serve();
      branch.wait(11_000);
    }
    const { served, unrated, finishes } = branch.figures.tellers.days.get('1001') ?? emptyTellerDay();
    expect([served, unrated, finishes.length, finishes[0]?.number]).toEqual([12, 12, 10, 'A012']);
  });
});
