import { describe, expect, test } from 'vitest';
import { figureReport, findFigure } from '#core/figures/day-figures.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import {
  CUSTOMER,
  DAY_MS,
  LOBBY,
  MINUTE_MS,
  openBranch,
  type PlayedBranch,
  TELLER_1,
  TELLER_2,
} from '../played-branch.ts';

const asks = (branch: PlayedBranch) => [...branch.state.floor.asks.values()];
const reason = SAMPLE_BANK.arrival.priorityReasons[0]?.id ?? '';

describe('customers who have gone', () => {
  test('[LB2] a customer who left is not called any more', () => {
    const branch = openBranch();
    const gone = branch.issue();
    const stays = branch.issue();
    branch.must('mark-left', { ticketId: gone }, LOBBY);
    expect(branch.call()).toBe(stays);
  });

  test('[LB2] it counts as abandoned, and no longer when taken back and served', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    const abandoned = () => findFigure(figureReport(branch.figures), 'abandonment-rate').numerator;
    branch.must('mark-left', { ticketId }, LOBBY);
    expect(abandoned()).toBe(1);
    branch.must('take-back-left', { ticketId }, LOBBY);
    expect(abandoned()).toBe(0);
    branch.serve();
    expect(abandoned()).toBe(0);
  });

  test('[LB2] taken back, it has its old place in the line', () => {
    const branch = openBranch();
    const first = branch.issue();
    branch.issue();
    branch.must('mark-left', { ticketId: first }, LOBBY);
    branch.wait(MINUTE_MS);
    branch.must('take-back-left', { ticketId: first }, LOBBY);
    expect(branch.call()).toBe(first);
  });

  test('[LB2] after half an hour, or on the next day, it stays gone', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    branch.must('mark-left', { ticketId }, LOBBY);
    branch.wait(30 * MINUTE_MS + 1);
    expect(branch.codeOf('take-back-left', { ticketId }, LOBBY)).toBe('T812');
    branch.wait(DAY_MS);
    branch.signIn('2001');
    expect(branch.codeOf('take-back-left', { ticketId }, LOBBY)).toBe('T803');
  });

  test('[LB2] pressed twice, or by two people, it has one effect', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    branch.must('mark-left', { ticketId }, LOBBY);
    const count = branch.events.length;
    branch.must('mark-left', { ticketId }, LOBBY);
    expect(branch.events.length).toBe(count);
    branch.must('take-back-left', { ticketId }, LOBBY);
    branch.must('take-back-left', { ticketId }, LOBBY);
    expect(branch.events.length).toBe(count + 1);
  });

  test('[LB2] whoever is at a window is the teller’s to let go', () => {
    const branch = openBranch();
    branch.issue();
    const ticketId = branch.call();
    expect(branch.codeOf('mark-left', { ticketId }, LOBBY)).toBe('T804');
    expect(branch.codeOf('mark-left', { ticketId: 'nobody' }, LOBBY)).toBe('T803');
    expect(branch.codeOf('mark-left', { ticketId }, TELLER_1)).toBe('S704');
  });

  test('[LB2] a no-show and a parked ticket can leave too', () => {
    const branch = openBranch();
    branch.issue();
    const missed = branch.miss();
    branch.must('mark-left', { ticketId: missed }, LOBBY);
    branch.issue();
    const parked = branch.call();
    branch.must(
      'park-ticket',
      { counterId: 'counter-1', ticketId: parked, paperIds: [], note: '' },
      TELLER_1,
    );
    branch.must('mark-left', { ticketId: parked }, LOBBY);
    expect(branch.state.tickets.size).toBe(0);
    branch.must('take-back-left', { ticketId: parked }, LOBBY);
    expect(branch.ticket(parked).status).toBe('parked');
  });
});

test('[LB2] [CS6] taken back, it does not wait for a window that has closed meanwhile', () => {
  const branch = openBranch();
  const ticketId = branch.issue();
  branch.call();
  const to = { kind: 'counter', counterId: 'counter-2' } as const;
  branch.must(
    'transfer-ticket',
    { counterId: 'counter-1', ticketId, to, position: 'arrival', note: '' },
    TELLER_1,
  );
  branch.must('mark-left', { ticketId }, LOBBY);
  branch.must('close-counter', { counterId: 'counter-2' }, TELLER_2);
  branch.must('take-back-left', { ticketId }, LOBBY);
  expect(branch.call()).toBe(ticketId);
});

describe('moving and care', () => {
  test('[LB2] a waiting ticket moves to another queue and keeps its place by arrival', () => {
    const branch = openBranch();
    const moved = branch.issue('personal-cash');
    branch.wait(MINUTE_MS);
    branch.issue('personal-account');
    const to = { queueId: 'personal-other', position: 'arrival', note: '' } as const;
    branch.must('move-ticket', { ticketId: moved, ...to }, LOBBY);
    expect(branch.ticket(moved).queuedAt).toBe(branch.now - MINUTE_MS);
    expect(branch.call('counter-4', { kind: 'staff', staffNumber: '1004', sessionId: 'session-1004' })).toBe(
      moved,
    );
  });

  test('[LB2] at the back it comes after those already there; pressed twice it moves once', () => {
    const branch = openBranch();
    const moved = branch.issue('personal-cash');
    const other = branch.issue('personal-cash');
    branch.must(
      'move-ticket',
      { ticketId: moved, queueId: 'personal-cash', position: 'back', note: '' },
      LOBBY,
    );
    expect(branch.call()).toBe(other);
    const count = branch.events.length;
    const same = { ticketId: moved, queueId: 'personal-cash', position: 'arrival', note: '' } as const;
    branch.must('move-ticket', same, LOBBY);
    expect(branch.events.length).toBe(count);
  });

  test('[LB2] [CS6] nothing of the wait is lost when a ticket moves to the back', () => {
    const branch = openBranch();
    const ticketId = branch.issue('personal-cash');
    branch.wait(7 * MINUTE_MS);
    branch.must(
      'move-ticket',
      { ticketId, queueId: 'personal-cash', position: 'back', note: '请稍等' },
      LOBBY,
    );
    branch.wait(2 * MINUTE_MS);
    branch.call();
    expect(findFigure(figureReport(branch.figures), 'longest-wait').value).toBe(9 * MINUTE_MS);
    expect(branch.ticket(ticketId).visit).toMatchObject({
      earlierWaitMs: 7 * MINUTE_MS,
      notes: [{ text: '请稍等', at: branch.now - 2 * MINUTE_MS }],
    });
  });

  test('[LB2] a ticket cannot go to a queue nobody knows, nor from a window', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    const to = { position: 'back', note: '' } as const;
    expect(branch.codeOf('move-ticket', { ticketId, queueId: 'nowhere', ...to }, LOBBY)).toBe('T872');
    branch.call();
    expect(branch.codeOf('move-ticket', { ticketId, queueId: 'cards', ...to }, LOBBY)).toBe('T804');
  });

  test('[TK9] [LB2] care is given with its reason, and taken back to where the ticket stood', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    const before = branch.ticket(ticketId);
    branch.must('set-care', { ticketId, reasonId: reason }, LOBBY);
    expect(branch.ticket(ticketId).classId).toBe(SAMPLE_BANK.arrival.priorityClassId);
    expect(branch.state.floor.care.get(ticketId)?.reasonId).toBe(reason);
    expect(branch.events.at(-1)?.data).toMatchObject({ reasonId: reason });
    branch.must('set-care', { ticketId, reasonId: null }, LOBBY);
    expect(branch.ticket(ticketId)).toEqual(before);
    expect(branch.codeOf('set-care', { ticketId, reasonId: 'because' }, LOBBY)).toBe('T849');
  });
});

describe('asking colleagues', () => {
  test('[LB2] a closed window is asked once, and opening it is the answer', () => {
    const branch = openBranch();
    branch.must('ask-counter-to-open', { counterId: 'counter-3' }, LOBBY);
    branch.must('ask-counter-to-open', { counterId: 'counter-3' }, LOBBY);
    expect(asks(branch)).toMatchObject([
      { kind: 'open', counterId: 'counter-3', staffNumber: '2001', answer: null },
    ]);
    branch.signIn('1003');
    branch.must('open-counter', { counterId: 'counter-3' }, {
      ...TELLER_1,
      staffNumber: '1003',
      sessionId: 'session-1003',
    } as never);
    expect(asks(branch)).toEqual([]);
    expect(branch.codeOf('ask-counter-to-open', { counterId: 'counter-3' }, LOBBY)).toBe('T881');
    expect(branch.codeOf('ask-counter-to-open', { counterId: 'counter-999' }, LOBBY)).toBe('T808');
  });

  test('[LB2] a paused window can say that it cannot, and may be asked again', () => {
    const branch = openBranch();
    branch.must('pause-counter', { counterId: 'counter-1', reasonId: 'lunch' }, TELLER_1);
    branch.must('ask-counter-to-open', { counterId: 'counter-1' }, LOBBY);
    const askId = asks(branch)[0]?.askId ?? '';
    expect(branch.codeOf('answer-ask', { askId, answer: 'cannot' }, TELLER_2)).toBe('M605');
    branch.must('answer-ask', { askId, answer: 'cannot' }, TELLER_1);
    expect(asks(branch)).toMatchObject([{ answer: 'cannot', answeredAt: branch.now }]);
    branch.must('ask-counter-to-open', { counterId: 'counter-1' }, LOBBY);
    expect(asks(branch)).toHaveLength(2);
    branch.must('resume-counter', { counterId: 'counter-1' }, TELLER_1);
    expect(asks(branch)).toEqual([]);
  });

  test('[LB2] a colleague is called with a word, and only that colleague answers', () => {
    const branch = openBranch();
    const note = '请到大堂帮忙 👵';
    branch.must('call-colleague', { staffNumber: '1002', note }, LOBBY);
    const [ask] = asks(branch);
    expect(ask).toMatchObject({ kind: 'come', calledNumber: '1002', staffNumber: '2001', note });
    expect(branch.codeOf('answer-ask', { askId: ask?.askId ?? '', answer: 'coming' }, TELLER_1)).toBe('M605');
    branch.must('answer-ask', { askId: ask?.askId ?? '', answer: 'coming' }, TELLER_2);
    expect(asks(branch)[0]?.answer).toBe('coming');
    expect(branch.codeOf('call-colleague', { staffNumber: '4711', note }, LOBBY)).toBe('T882');
    expect(branch.codeOf('call-colleague', { staffNumber: '2001', note }, LOBBY)).toBe('T882');
    expect(branch.codeOf('answer-ask', { askId: 'none', answer: 'coming' }, TELLER_2)).toBe('T883');
  });

  test('[LB2] an ask is withdrawn without a question, and a stuck key cannot fill the screens', () => {
    const branch = openBranch();
    branch.must('call-colleague', { staffNumber: '1002', note: '' }, LOBBY);
    branch.must('withdraw-ask', { askId: asks(branch)[0]?.askId ?? '' }, LOBBY);
    expect(asks(branch)).toEqual([]);
    for (let index = 0; index < 50; index++)
      branch.must('call-colleague', { staffNumber: '1002', note: `${index}` }, LOBBY);
    expect(branch.codeOf('call-colleague', { staffNumber: '1002', note: 'one more' }, LOBBY)).toBe('T884');
  });
});

describe('incidents', () => {
  test('[LB2] a complaint is noted with its ticket and stays until it is handled, also over night', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    const { incidentId } = branch.must(
      'note-incident',
      { kind: 'complaint', text: '等太久', ticketId },
      LOBBY,
    );
    expect(branch.state.floor.incidents).toMatchObject([
      { kind: 'complaint', text: '等太久', ticketNumber: 'A001', staffNumber: '2001', at: branch.now },
    ]);
    branch.wait(DAY_MS);
    branch.signIn('2001');
    expect(branch.state.floor.incidents).toHaveLength(1);
    branch.must('handle-incident', { incidentId: String(incidentId), note: '已道歉' }, LOBBY);
    branch.must('handle-incident', { incidentId: String(incidentId), note: '已道歉' }, LOBBY);
    expect(branch.state.floor.incidents).toEqual([]);
    expect(branch.typesOf().filter(type => type === 'incident-handled')).toHaveLength(1);
  });

  test('[LB2] only the lobby notes incidents, and only of tickets there are', () => {
    const branch = openBranch();
    const args = { kind: 'emergency', text: '客人晕倒', ticketId: null } as const;
    expect(branch.codeOf('note-incident', args, CUSTOMER)).toBe('M605');
    expect(branch.codeOf('note-incident', args, TELLER_1)).toBe('S704');
    expect(branch.codeOf('note-incident', { ...args, ticketId: 'gone' }, LOBBY)).toBe('T803');
    for (let index = 0; index < 50; index++) branch.must('note-incident', args, LOBBY);
    expect(branch.codeOf('note-incident', args, LOBBY)).toBe('T884');
  });
});
