import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBusiness } from '#core/branch/decision.ts';
import { estimateWait, waitingIn } from '#core/queue/estimate.ts';
import { SEED } from '../../seed.ts';
import { CUSTOMER, openBranch, type PlayedBranch, TELLER_1, TELLER_2 } from '../played-branch.ts';

function estimateOf(branch: PlayedBranch, businessId: string) {
  const { document } = branch.configured();
  const business = findBusiness(document, businessId);
  if (!business) throw new Error(businessId);
  return estimateWait(branch.state, document, business);
}

describe('the wait told to customers', () => {
  it('[TK7] shares the typical minutes of those ahead among the open windows, as a range', () => {
    const branch = openBranch();
    // Two cash windows open. Nobody ahead: at most until one of them is free, 6 min / 2.
    expect(estimateOf(branch, 'personal-cash')).toEqual({ fromMinutes: 0, toMinutes: 3 });
    // Ahead: 6 + 10 + 6 minutes over 2 windows = 11; 0.7 and 1.5 of it are 7.7 and 16.5.
    for (const business of ['personal-cash', 'large-withdrawal', 'personal-cash']) branch.issue(business);
    expect(waitingIn(branch.state, 'personal-cash')).toBe(3);
    expect(estimateOf(branch, 'personal-cash')).toEqual({ fromMinutes: 7, toMinutes: 17 });
    branch.must('pause-counter', { counterId: 'counter-2', reasonId: 'lunch' }, TELLER_2);
    expect(estimateOf(branch, 'personal-cash')).toEqual({ fromMinutes: 15, toMinutes: 33 });
  });

  it('[TK7] is none while no window serves the queue, and stays as printed on the ticket', () => {
    const branch = openBranch();
    expect(estimateOf(branch, 'corporate-settlement')).toBeNull();
    const ticketId = branch.issue();
    branch.must('close-counter', { counterId: 'counter-1' }, TELLER_1);
    branch.must('close-counter', { counterId: 'counter-2' }, TELLER_2);
    const args = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;
    expect(branch.must('issue-ticket', args, CUSTOMER)).toMatchObject({ ahead: 1, estimate: null });
    expect(branch.ticket(ticketId)).toMatchObject({ ahead: 0, estimate: { fromMinutes: 0, toMinutes: 3 } });
  });

  it(`[TK7] is a range of whole minutes that never shrinks while more people come (seed ${SEED})`, () => {
    const businesses = fc.constantFrom('personal-cash', 'large-withdrawal', 'change', 'credit-card');
    fc.assert(
      fc.property(fc.array(businesses, { maxLength: 40 }), comers => {
        const branch = openBranch();
        let before = estimateOf(branch, 'personal-cash');
        for (const comer of comers) {
          branch.issue(comer);
          const now = estimateOf(branch, 'personal-cash');
          if (!now || !before) throw new Error('windows are open');
          expect(Number.isInteger(now.fromMinutes) && Number.isInteger(now.toMinutes)).toBe(true);
          expect(now.fromMinutes).toBeLessThanOrEqual(now.toMinutes);
          expect(now.fromMinutes).toBeGreaterThanOrEqual(before.fromMinutes);
          expect(now.toMinutes).toBeGreaterThanOrEqual(before.toMinutes);
          before = now;
        }
      }),
      { seed: SEED, numRuns: 50 },
    );
  });
});
