import { describe, expect, it } from 'vitest';
import { KEYPAD, LOBBY, openBranch, staff, TELLER_1, TELLER_2, TELLER_4 } from '../played-branch.ts';

const one = (ticketId: string) => ({ counterId: 'counter-1', ticketId });

describe('calling', () => {
  it('[CS5] two windows that call at once get two different tickets', () => {
    const branch = openBranch();
    const [first, second] = [branch.issue(), branch.issue()];
    expect(branch.call('counter-1', TELLER_1)).toBe(first);
    expect(branch.call('counter-2', TELLER_2)).toBe(second);
    expect(branch.codeOf('call-next', { counterId: 'counter-2' }, TELLER_2)).toBe('T806');
  });

  it('[CS10] a call key pressed twice calls once', () => {
    const branch = openBranch();
    branch.issue();
    branch.issue();
    branch.call();
    expect(branch.codeOf('call-next', { counterId: 'counter-1' }, TELLER_1)).toBe('T806');
    expect([...branch.state.tickets.values()].map(ticket => ticket.status)).toEqual(['called', 'waiting']);
  });

  it('[CS1] a window calls only from the queues of its work profile', () => {
    const branch = openBranch();
    branch.issue('corporate-settlement');
    expect(branch.codeOf('call-next', { counterId: 'counter-1' }, TELLER_1)).toBe('T805');
    const cards = branch.issue('credit-card');
    expect(branch.call('counter-4', TELLER_4)).toBe(cards);
  });

  it('[CS2] every call keeps the gate that chose it and the tickets it passed', () => {
    const branch = openBranch();
    branch.issue();
    const event = () => branch.events.findLast(happened => happened.type === 'ticket-called');
    branch.call();
    expect(event()?.data).toMatchObject({ gate: 'ageing', passed: [] });
  });

  it('[CS8] nobody calls at a window of somebody else, closed, paused or unknown', () => {
    const branch = openBranch();
    branch.issue();
    expect(branch.codeOf('call-next', { counterId: 'counter-1' }, TELLER_2)).toBe('T809');
    expect(branch.codeOf('call-next', { counterId: 'counter-3' }, TELLER_1)).toBe('T807');
    expect(branch.codeOf('call-next', { counterId: 'counter-99' }, TELLER_1)).toBe('T808');
    branch.must('pause-counter', { counterId: 'counter-1', reasonId: 'lunch' }, TELLER_1);
    expect(branch.codeOf('call-next', { counterId: 'counter-1' }, TELLER_1)).toBe('T807');
    expect(branch.codeOf('call-next', { counterId: 'counter-1' }, LOBBY)).toBe('S704');
    expect(branch.codeOf('call-next', { counterId: 'counter-1' }, KEYPAD)).toBe('M605');
  });
});

describe('a ticket called', () => {
  it('[CS3] recalled three times without an answer becomes a no-show with the next press', () => {
    const branch = openBranch();
    branch.issue();
    const ticketId = branch.call();
    for (const recall of [1, 2, 3]) {
      branch.wait(20_000);
      branch.must('recall-ticket', one(ticketId), TELLER_1);
      expect(branch.ticket(ticketId)).toMatchObject({ status: 'called', call: { recalls: recall } });
    }
    branch.must('recall-ticket', one(ticketId), TELLER_1);
    expect(branch.ticket(ticketId)).toMatchObject({ status: 'no-show', counterId: null });
    expect(branch.state.counters.get('counter-1')?.ticketId).toBeNull();
    expect(branch.codeOf('recall-ticket', one(ticketId), TELLER_1)).toBe('T804');
  });

  it('[MO1] waits until its last call', () => {
    const branch = openBranch();
    branch.issue();
    branch.wait(60_000);
    const ticketId = branch.call();
    branch.wait(30_000);
    branch.must('recall-ticket', one(ticketId), TELLER_1);
    expect(branch.ticket(ticketId).call?.waitMs).toBe(90_000);
  });

  it('[CS10] keys pressed on an old picture do no harm', () => {
    const branch = openBranch();
    branch.issue();
    branch.issue();
    const old = branch.serve();
    branch.wait(10_000);
    const present = branch.call();
    for (const type of ['recall-ticket', 'start-service', 'mark-no-show', 'finish-service'] as const) {
      expect(branch.codeOf(type, one(old), TELLER_1), type).toBe('T804');
      expect(branch.codeOf(type, one('never'), TELLER_1), type).toBe('T803');
    }
    expect(branch.ticket(present).status).toBe('called');
  });

  it('is served only after its service has begun, and begins only once', () => {
    const branch = openBranch();
    branch.issue();
    const ticketId = branch.call();
    expect(branch.codeOf('finish-service', one(ticketId), TELLER_1)).toBe('T804');
    branch.must('start-service', one(ticketId), TELLER_1);
    expect(branch.codeOf('start-service', one(ticketId), TELLER_1)).toBe('T804');
    expect(branch.codeOf('mark-no-show', one(ticketId), TELLER_1)).toBe('T804');
    branch.must('finish-service', one(ticketId), TELLER_1);
    expect(branch.codeOf('finish-service', one(ticketId), TELLER_1)).toBe('T804');
  });
});

describe('taking a finish back', () => {
  it('[CS10] is possible for ten seconds, to the millisecond', () => {
    for (const [afterMs, code] of [
      [0, 'ok'],
      [10_000, 'ok'],
      [10_001, 'T812'],
    ] as const) {
      const branch = openBranch();
      branch.issue();
      const ticketId = branch.serve();
      branch.now += afterMs;
      expect(branch.codeOf('undo-finish', one(ticketId), TELLER_1), `${afterMs} ms`).toBe(code);
    }
  });

  it('[CS10] withdraws the open prompt and asks again after the true finish', () => {
    const branch = openBranch();
    branch.issue();
    const ticketId = branch.serve();
    const from = branch.events.length;
    branch.must('undo-finish', one(ticketId), TELLER_1);
    expect(branch.typesOf(from)).toEqual(['rating-closed', 'finish-undone']);
    expect(branch.ticket(ticketId).status).toBe('serving');
    expect(branch.codeOf('undo-finish', one(ticketId), TELLER_1)).toBe('T810');
    branch.must('finish-service', one(ticketId), TELLER_1);
    expect(branch.state.counters.get('counter-1')?.openRating).toMatchObject({ ticketId });
  });

  it('[CS10] is over when the next one was called, or the window closed', () => {
    const branch = openBranch();
    branch.issue();
    branch.issue();
    const served = branch.serve();
    branch.call();
    expect(branch.codeOf('undo-finish', one(served), TELLER_1)).toBe('T810');
    const other = openBranch();
    other.issue();
    const last = other.serve();
    other.must('close-counter', { counterId: 'counter-1' }, TELLER_1);
    expect(other.codeOf('undo-finish', one(last), TELLER_1)).toBe('T807');
    other.must('open-counter', { counterId: 'counter-1' }, TELLER_1);
    expect(other.codeOf('undo-finish', one(last), TELLER_1)).toBe('T813');
  });

  it('[RT6] one rating a transaction: after a key was pressed, the true finish does not ask again', () => {
    const branch = openBranch();
    branch.issue();
    const ticketId = branch.serve();
    branch.must('press-rating', { counterId: 'counter-1', position: 1 }, KEYPAD);
    branch.must('undo-finish', one(ticketId), TELLER_1);
    const from = branch.events.length;
    branch.must('finish-service', one(ticketId), TELLER_1);
    expect(branch.typesOf(from)).toEqual(['service-finished']);
  });

  it('[RT6] the silence of a finish taken back is no rating: only the true finish counts', () => {
    const branch = openBranch();
    branch.issue();
    const ticketId = branch.serve();
    branch.wait(10_000);
    expect(branch.state.recentRatings).toMatchObject([{ outcome: 'unrated' }]);
    branch.must('undo-finish', one(ticketId), TELLER_1);
    expect(branch.state.recentRatings).toEqual([]);
    branch.must('finish-service', one(ticketId), TELLER_1);
    branch.must('press-rating', { counterId: 'counter-1', position: 2 }, KEYPAD);
    expect(branch.state.recentRatings).toMatchObject([{ outcome: 'rated', levelId: 'satisfied' }]);
  });

  it('[CS10] a clock that jumps ahead and back leaves no window with a ticket nobody can finish', () => {
    const branch = openBranch();
    branch.issue();
    const ticketId = branch.serve();
    branch.now += 20 * 60_000;
    branch.issue();
    branch.now -= 20 * 60_000;
    branch.must('undo-finish', one(ticketId), TELLER_1);
    expect(branch.codeOf('finish-service', one(ticketId), TELLER_1)).toBe('ok');
  });
});

describe('whose word counts', () => {
  it('[ID3] a session speaks for its own holder only', () => {
    const branch = openBranch();
    branch.issue();
    const forged = { kind: 'staff', staffNumber: '1001', sessionId: 'session-1002' } as const;
    expect(branch.codeOf('call-next', { counterId: 'counter-1' }, forged)).toBe('S703');
    expect(branch.codeOf('call-next', { counterId: 'counter-1' }, staff('1003'))).toBe('S703');
  });
});
