import { describe, expect, it } from 'vitest';
import { MAX_LATER_BUSINESSES } from '#core/branch/decide-businesses.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { windowBoardContent } from '#core/views/board-texts.ts';
import {
  CUSTOMER,
  KEYPAD,
  LOBBY,
  MINUTE_MS,
  openBranch,
  type PlayedBranch,
  TELLER_1,
  TELLER_2,
  TELLER_4,
} from '../played-branch.ts';

const C1 = 'counter-1';

/** In service at window 1 for personal cash, with more businesses on the ticket. */
function serving(...more: string[]): { branch: PlayedBranch; ticketId: string } {
  const branch = openBranch();
  const ticketId = branch.issue();
  for (const businessId of more) branch.must('add-business', { ticketId, businessId }, CUSTOMER);
  branch.wait(5 * MINUTE_MS);
  branch.call();
  branch.must('start-service', { counterId: C1, ticketId }, TELLER_1);
  branch.wait(2 * MINUTE_MS);
  return { branch, ticketId };
}

const next = (branch: PlayedBranch, ticketId: string, businessId: string) =>
  branch.codeOf('start-next-business', { counterId: C1, ticketId, businessId }, TELLER_1);

describe('[TK10] several businesses on one ticket', () => {
  it('[TK10] the next one starts at the same counter that can serve it, with one rating at the end', () => {
    const { branch, ticketId } = serving('change');
    const from = branch.events.length;
    expect(next(branch, ticketId, 'change')).toBe('ok');
    expect(branch.typesOf(from)).toEqual(['business-finished']);
    expect(branch.ticket(ticketId)).toMatchObject({ status: 'serving', businessId: 'change', counterId: C1 });
    expect(next(branch, ticketId, 'change')).toBe('ok');
    expect(branch.events).toHaveLength(from + 1);
    branch.wait(MINUTE_MS);
    branch.must('finish-service', { counterId: C1, ticketId }, TELLER_1);
    expect(branch.events.filter(event => event.type === 'rating-prompted')).toHaveLength(1);
  });

  it('[TK10] [RT1] else it waits in the queue of that business by original arrival, and this counter is rated', () => {
    const { branch, ticketId } = serving('credit-card');
    branch.issue('credit-card');
    const from = branch.events.length;
    expect(next(branch, ticketId, 'credit-card')).toBe('ok');
    expect(branch.typesOf(from)).toEqual(['business-finished', 'rating-prompted', 'ticket-transferred']);
    branch.must('press-rating', { counterId: C1, position: 4 }, KEYPAD);
    expect(branch.call('counter-4', TELLER_4)).toBe(ticketId);
    branch.must('start-service', { counterId: 'counter-4', ticketId }, TELLER_4);
    branch.must('finish-service', { counterId: 'counter-4', ticketId }, TELLER_4);
    // The second counter is asked about as well: the first key press was not its own.
    expect(branch.events.filter(event => event.type === 'rating-prompted')).toHaveLength(2);
    expect(branch.ticket(ticketId).visit.legs).toMatchObject([{ businessId: 'personal-cash', end: 'done' }]);
  });

  it('[TK10] a business is added once, removed, and never without end', () => {
    const { branch, ticketId } = serving();
    const add = (businessId: string) => branch.codeOf('add-business', { ticketId, businessId }, LOBBY);
    const count = branch.events.length;
    expect(add('personal-cash')).toBe('ok');
    expect(branch.events).toHaveLength(count);
    expect(add('no-such-business')).toBe('T801');
    const others = SAMPLE_BANK.businesses.map(({ id }) => id).filter(id => id !== 'personal-cash');
    for (const id of others.slice(0, MAX_LATER_BUSINESSES)) {
      expect(add(id)).toBe('ok');
      expect(add(id)).toBe('ok');
    }
    expect(branch.ticket(ticketId).visit.laterBusinessIds).toHaveLength(MAX_LATER_BUSINESSES);
    expect(add(others[MAX_LATER_BUSINESSES] ?? '')).toBe('T876');
    branch.must('remove-business', { ticketId, businessId: others[0] ?? '' }, TELLER_1);
    expect(next(branch, ticketId, others[0] ?? '')).toBe('T871');
    branch.must('finish-service', { counterId: C1, ticketId }, TELLER_1);
    expect(add('wealth')).toBe('T804');
    expect(branch.codeOf('add-business', { ticketId: 'none', businessId: 'wealth' }, LOBBY)).toBe('T803');
  });

  it('[RT1] leaving for another counter is no way past a rating that is still open', () => {
    const branch = openBranch();
    branch.issue();
    const second = branch.issue();
    branch.serve();
    branch.must('add-business', { ticketId: second, businessId: 'credit-card' }, TELLER_1);
    branch.call();
    branch.must('start-service', { counterId: C1, ticketId: second }, TELLER_1);
    expect(next(branch, second, 'credit-card')).toBe('T814');
    branch.wait(10_000);
    expect(next(branch, second, 'credit-card')).toBe('ok');
  });
});

describe('[CS9] walk-ins', () => {
  const walkIn = { counterId: C1, businessId: 'personal-cash' };

  it('[CS9] are served without a number, on record as that, and asked to rate like everybody', () => {
    const branch = openBranch();
    const ticketId = String(branch.must('start-walk-in', walkIn, TELLER_1).ticketId);
    expect(branch.ticket(ticketId)).toMatchObject({ status: 'serving', number: '', counterId: C1 });
    expect(windowBoardContent(branch.configured(), C1).text).toEqual(SAMPLE_BANK.texts.boardBusy);
    branch.wait(MINUTE_MS);
    branch.must('finish-service', { counterId: C1, ticketId }, TELLER_1);
    expect(branch.typesOf().slice(-2)).toEqual(['service-finished', 'rating-prompted']);
    expect(branch.codeOf('undo-finish', { counterId: C1, ticketId }, TELLER_1)).toBe('ok');
    expect(branch.state.lastNumberByPrefix.size).toBe(0);
  });

  it('[CS9] need a free, open window of one’s own and a business', () => {
    const branch = openBranch();
    expect(branch.codeOf('start-walk-in', { ...walkIn, businessId: 'none' }, TELLER_1)).toBe('T801');
    expect(branch.codeOf('start-walk-in', walkIn, TELLER_2)).toBe('T809');
    branch.must('pause-counter', { counterId: C1, reasonId: 'lunch' }, TELLER_1);
    expect(branch.codeOf('start-walk-in', walkIn, TELLER_1)).toBe('T807');
    branch.must('resume-counter', { counterId: C1 }, TELLER_1);
    branch.must('start-walk-in', walkIn, TELLER_1);
    expect(branch.codeOf('start-walk-in', walkIn, TELLER_1)).toBe('T806');
  });

  it('[CS9] cannot be sent on: nobody could call somebody without a number', () => {
    const branch = openBranch();
    const ticketId = String(branch.must('start-walk-in', walkIn, TELLER_1).ticketId);
    const to = { kind: 'queue', queueId: 'cards' } as const;
    const args = { counterId: C1, ticketId, note: '' };
    expect(branch.codeOf('transfer-ticket', { ...args, to, position: 'front' }, TELLER_1)).toBe('T872');
    expect(branch.codeOf('park-ticket', { ...args, paperIds: [] }, TELLER_1)).toBe('T872');
    branch.must('add-business', { ticketId, businessId: 'credit-card' }, TELLER_1);
    expect(next(branch, ticketId, 'credit-card')).toBe('T872');
    expect(branch.codeOf('reprint-ticket', { ticketId }, LOBBY)).toBe('T804');
  });
});
