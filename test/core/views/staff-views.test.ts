import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { alarmsOf } from '#core/views/alarms.ts';
import { kioskView } from '#core/views/kiosk-view.ts';
import { lobbyView } from '#core/views/lobby-view.ts';
import { signInView } from '#core/views/public-views.ts';
import { tellerView } from '#core/views/teller-view.ts';
import { VIEWS } from '#core/wire/views.ts';
import {
  bankWith,
  KEYPAD,
  LOBBY,
  MINUTE_MS,
  openBranch,
  type PlayedBranch,
  TELLER_1,
  TELLER_2,
} from '../played-branch.ts';

const facts = (branch: PlayedBranch) => ({
  now: branch.now,
  upload: { state: 'up-to-date', durableSeq: 1, lastSeq: 1, code: null } as const,
  uploadSince: branch.now,
});
const teller = (branch: PlayedBranch) => tellerView(branch.configured(), 'counter-1', facts(branch));
const lobby = (branch: PlayedBranch) => lobbyView(branch.configured(), branch.figures, facts(branch));

describe('the teller bar', () => {
  it('[CS4] shows the class only after the call', () => {
    const branch = openBranch(
      bankWith({ queues: SAMPLE_BANK.queues.map(queue => ({ ...queue, classId: 'private' })) }),
    );
    branch.issue();
    const before = JSON.stringify(teller(branch));
    expect(before).not.toContain('private');
    expect(before).not.toContain('私人银行客户');
    branch.call();
    expect(teller(branch).ticket?.customerClass.zh).toBe('私人银行客户');
  });

  it('[LB1] devices have the names people gave them, on the bar and in the lobby', () => {
    const branch = openBranch();
    branch.setKeypad('counter-1');
    const keypad = 'keypad-counter-1';
    const named = {
      ...facts(branch),
      deviceName: (deviceId: string) => (deviceId === keypad ? '一号评价器' : ''),
    };
    const bar = tellerView(branch.configured(), 'counter-1', named);
    const hall = lobbyView(branch.configured(), branch.figures, named);
    expect(
      [bar, hall].map(({ devices }) => devices.find(({ deviceId }) => deviceId === keypad)?.name),
    ).toEqual(['一号评价器', '一号评价器']);
    expect(teller(branch).devices.every(({ name }) => name === '')).toBe(true);
  });

  it('[CS2] says whom the next call would bring and why, and the call brings just that', () => {
    const branch = openBranch();
    branch.issue();
    branch.issue();
    const { next } = teller(branch);
    expect(next).toMatchObject({ number: 'A001', gate: 'ageing', passedCount: 0 });
    branch.call();
    expect(teller(branch).ticket).toMatchObject({ number: next?.number, gate: next?.gate, recallsLeft: 3 });
  });

  it('[CS10] offers to take a finish back exactly as long as it would be accepted', () => {
    for (const afterMs of [0, 5000, 10_000, 10_001, 60_000]) {
      const branch = openBranch();
      branch.issue();
      const ticketId = branch.serve();
      branch.now += afterMs;
      const offered = teller(branch).undo !== null;
      const code = branch.codeOf('undo-finish', { counterId: 'counter-1', ticketId }, TELLER_1);
      expect(offered, `${afterMs} ms`).toBe(code === 'ok');
    }
  });

  it('[CS12] cues the words for the stage at hand', () => {
    const branch = openBranch();
    const { sayingGreeting, sayingCashIn, sayingFarewell } = SAMPLE_BANK.texts;
    expect(teller(branch).saying).toEqual(sayingGreeting);
    branch.issue();
    const ticketId = branch.call();
    branch.must('start-service', { counterId: 'counter-1', ticketId }, TELLER_1);
    // Since there is 唱收唱付: cash is read back; other businesses have their details checked (teller-desk.test.ts).
    expect(teller(branch).saying).toEqual(sayingCashIn);
    branch.must('finish-service', { counterId: 'counter-1', ticketId }, TELLER_1);
    expect(teller(branch).saying).toEqual(sayingFarewell);
    branch.wait(10_000);
    expect(teller(branch).saying).toEqual(sayingGreeting);
  });

  it('[RT1] shows the open prompt, then the result', () => {
    const branch = openBranch();
    branch.issue();
    branch.serve();
    expect(teller(branch).rating).toMatchObject({
      status: 'open',
      number: 'A001',
      until: branch.now + 10_000,
    });
    branch.must('press-rating', { counterId: 'counter-1', position: 1 }, KEYPAD);
    expect(teller(branch).rating).toMatchObject({ status: 'rated', level: { zh: '非常满意' } });
  });
});

describe('the lobby manager’s screen', () => {
  it('[LB1] shows queues with the oldest wait, windows with who is on them, and tickets', () => {
    const branch = openBranch();
    const since = branch.now;
    branch.issue();
    branch.wait(MINUTE_MS);
    branch.issue();
    const view = lobby(branch);
    expect(view.hall).toMatchObject({ waiting: 2, oldestSince: since, openCounters: 3, counters: 8 });
    expect(view.queues[0]).toMatchObject({ prefix: 'A', waiting: 2, oldestSince: since, openCounters: 2 });
    expect(view.counters[0]).toMatchObject({ status: 'open', staffNumber: '1001', idleWhileWaiting: true });
    expect(view.counters[3]).toMatchObject({ idleWhileWaiting: false });
    expect(view.tickets.map(ticket => ticket.number)).toEqual(['A001', 'A002']);
    branch.must('pause-counter', { counterId: 'counter-2', reasonId: 'lunch' }, TELLER_2);
    expect(lobby(branch).counters[1]).toMatchObject({ status: 'paused', pauseReason: { zh: '午餐' } });
  });

  it('[CS3] offers the return of a no-show exactly as long as it would be accepted', () => {
    for (const afterMs of [0, 30 * MINUTE_MS, 30 * MINUTE_MS + 1]) {
      const branch = openBranch();
      branch.issue();
      const ticketId = branch.miss();
      branch.now += afterMs;
      const { returnable } = lobby(branch).tickets[0] ?? {};
      expect(returnable).toBe(branch.codeOf('return-no-show', { ticketId }, LOBBY) === 'ok');
    }
  });

  it('[MO1] today’s figures are those of the report', () => {
    const branch = openBranch();
    branch.issue();
    branch.issue();
    branch.wait(MINUTE_MS);
    branch.serve();
    branch.must('press-rating', { counterId: 'counter-1', position: 4 }, KEYPAD);
    branch.miss();
    // The second waited while the first was served for a minute.
    expect(lobby(branch).today).toEqual({
      issued: 2,
      done: 1,
      noShows: 1,
      averageWaitMs: 90_000,
      longestWaitMs: 120_000,
      rated: 1,
      unrated: 0,
      keypadAbsent: 0,
      satisfaction: 0,
    });
  });
});

describe('alarms', () => {
  /** A branch with one alarm of each kind; the bad rating is the oldest. */
  function alarming() {
    const branch = openBranch();
    branch.issue();
    branch.serve();
    branch.must('press-rating', { counterId: 'counter-1', position: 4 }, KEYPAD);
    const ticketId = branch.issue();
    const jobId = branch.ticket(ticketId).print.jobId ?? '';
    branch.must('report-print', { ticketId, jobId, outcome: 'failed', code: 'P101' });
    branch.setPrinter('warning');
    branch.wait(MINUTE_MS);
    branch.setKeypad('counter-2', 'down');
    branch.wait(25 * MINUTE_MS);
    return { branch, ticketId };
  }

  it('[MO2] come worst first, then newest', () => {
    const { branch } = alarming();
    const upload = { state: 'waiting', durableSeq: 3, lastSeq: 10, code: 'U501' } as const;
    const alarms = alarmsOf(branch.configured(), { now: branch.now, upload, uploadSince: branch.now });
    expect(alarms.map(alarm => [alarm.level, alarm.kind])).toEqual([
      ['red', 'bad-rating'],
      ['orange', 'over-limit'],
      ['orange', 'device-down'],
      ['orange', 'not-printed'],
      ['yellow', 'upload'],
      // Nobody called A002 for over three minutes (CS9).
      ['yellow', 'idle-window'],
      ['yellow', 'idle-window'],
      ['yellow', 'device-down'],
    ]);
    expect(alarms.find(alarm => alarm.kind === 'upload')?.facts).toEqual({ behind: 7 });
    expect(new Set(alarms.map(alarm => alarm.id)).size).toBe(alarms.length);
  });

  it('[RT3] a bad rating is there at once, with the ticket, and goes when it was dealt with', () => {
    const { branch } = alarming();
    const [alarm] = alarmsOf(branch.configured(), facts(branch));
    expect(alarm).toMatchObject({
      kind: 'bad-rating',
      facts: { number: 'A001' },
      subject: { zh: '1号窗口' },
    });
    const { ratingId } = branch.state.recentRatings[0] ?? { ratingId: '' };
    branch.must('handle-bad-rating', { ratingId, note: '已道歉' }, LOBBY);
    expect(alarmsOf(branch.configured(), facts(branch)).some(one => one.kind === 'bad-rating')).toBe(false);
  });

  it('[TK4] a ticket without paper is told to the lobby manager until it is printed or called', () => {
    const { branch, ticketId } = alarming();
    const unprinted = () =>
      alarmsOf(branch.configured(), facts(branch)).filter(one => one.kind === 'not-printed');
    expect(unprinted()).toMatchObject([{ code: 'P101', facts: { number: 'A002', certainty: 'failed' } }]);
    branch.must('reprint-ticket', { ticketId }, LOBBY);
    expect(unprinted()).toEqual([]);
  });

  it('[MO2] a queue is late by the longest wait in it, also when a returned no-show is older', () => {
    const branch = openBranch();
    branch.issue();
    const returned = branch.miss();
    branch.wait(MINUTE_MS);
    branch.issue();
    const since = branch.now;
    branch.wait(MINUTE_MS);
    branch.must('return-no-show', { ticketId: returned }, LOBBY);
    branch.wait(30 * MINUTE_MS);
    const late = alarmsOf(branch.configured(), facts(branch)).filter(one => one.kind === 'over-limit');
    expect(late).toMatchObject([{ since: since + 20 * MINUTE_MS, facts: { count: 2, minutes: 20 } }]);
  });
});

describe('the kiosk', () => {
  it('[TK1] offers businesses by group, with waiting and wait; one without numbers is not offered', () => {
    const queues = SAMPLE_BANK.queues.map(queue => ({ ...queue, lastNumber: 1 }));
    const branch = openBranch(bankWith({ queues }));
    branch.issue('credit-card');
    const view = kioskView(branch.configured(), branch.now);
    expect(view.groups.flatMap(group => group.businesses)).toHaveLength(SAMPLE_BANK.businesses.length);
    const offered = new Map(
      view.groups.flatMap(group => group.businesses.map(one => [one.id, one] as const)),
    );
    expect(offered.get('credit-card')).toMatchObject({ offered: false, waiting: 1 });
    expect(offered.get('personal-cash')).toMatchObject({ offered: true, waiting: 0 });
  });

  it('[TK4] follows what becomes of a ticket’s paper for two minutes', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    expect(kioskView(branch.configured(), branch.now).prints).toEqual([
      { ticketId, number: 'A001', status: 'waiting', code: null },
    ]);
    expect(kioskView(branch.configured(), branch.now + 2 * MINUTE_MS).prints).toEqual([]);
  });
});

describe('the sign-in page', () => {
  it('[ID1] lists windows and no staff but those who are at one', () => {
    const branch = openBranch();
    const view = signInView(branch.configured());
    expect(VIEWS['sign-in'].parse(view)).toEqual(view);
    expect(view.counters).toHaveLength(8);
    expect(JSON.stringify(view)).not.toContain('大堂经理01');
  });
});
