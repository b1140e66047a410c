import { describe, expect, it } from 'vitest';
import { newCode } from '#core/arrival/appointments.ts';
import {
  CUSTOMER,
  DAY_MS,
  LOBBY,
  MINUTE_MS,
  MORNING_MS,
  openBranch,
  type PlayedBranch,
  TELLER_1,
} from '../played-branch.ts';
import { bankWithBusiness, bankWithHours } from './arrivals.ts';

const TEN = 10 * 60;
const contact = { key: 'f'.repeat(64), masked: '**** 5678', sealed: 'v1.2026-03.phone' };
const monday = { businessId: 'credit-card', date: '2026-03-02', minute: TEN, contact } as const;
const at = (hour: number, minute = 0) => MORNING_MS + ((hour - 9) * 60 + minute) * MINUTE_MS;

function book(branch: PlayedBranch, more: Partial<typeof monday> | { minute: number } = {}) {
  const answer = branch.must('book-appointment', { ...monday, ...more }, LOBBY);
  return { code: String(answer.code), appointmentId: String(answer.appointmentId), answer };
}

const byCode = (code: string) => ({ code, phoneKey: null, language: 'zh', largeType: false }) as const;

describe('an appointment', () => {
  it('[TK8] is booked by the lobby manager with a code of six digits, for a time on the branch’s wall', () => {
    const branch = openBranch();
    const { code, answer } = book(branch);
    expect(code).toMatch(/^\d{6}$/);
    expect(answer.startsAt).toBe(at(10));
    expect(branch.codeOf('book-appointment', monday, TELLER_1)).toBe('S704');
    expect(branch.codeOf('book-appointment', monday, CUSTOMER)).toBe('M605');
    expect(branch.codeOf('book-appointment', { ...monday, businessId: 'haircut' }, LOBBY)).toBe('T801');
  });

  it('[TK8] cannot be in the past, too far ahead, or when the branch is closed', () => {
    const branch = openBranch(bankWithHours());
    const code = (more: object) => branch.codeOf('book-appointment', { ...monday, ...more }, LOBBY);
    expect(code({ minute: 8 * 60 })).toBe('T851');
    expect(code({ minute: 17 * 60 })).toBe('T851');
    expect(code({ date: '2026-03-31' })).toBe('ok');
    expect(code({ date: '2026-04-10' })).toBe('T851');
  });

  it('[TK8] checks in from half an hour before to a quarter of an hour after, to the millisecond', () => {
    const branch = openBranch();
    const { code } = book(branch);
    const checkIn = (now: number) => {
      branch.now = now;
      const decision = branch.give('check-in', byCode(code), CUSTOMER);
      return decision.ok ? 'ok' : decision.error;
    };
    const facts = { date: '2026-03-02', time: '10:00' };
    expect(checkIn(at(9, 30) - 1)).toEqual({ code: 'T846', facts });
    expect(checkIn(at(10, 15) + 1)).toEqual({ code: 'T847', facts });
    expect(checkIn(at(9, 30))).toBe('ok');
    expect(checkIn(at(9, 30))).toEqual({ code: 'T845' });
    const late = openBranch();
    const second = book(late).code;
    late.now = at(10, 15);
    expect(late.codeOf('check-in', byCode(second), CUSTOMER)).toBe('ok');
  });

  it('[TK8] its wait counts from its time, in the state and in the figures; late comers wait from when they came', () => {
    const branch = openBranch();
    const early = book(branch).code;
    const late = book(branch, { minute: TEN }).code;
    branch.now = at(9, 40);
    const first = String(branch.must('check-in', byCode(early), CUSTOMER).ticketId);
    branch.now = at(10, 5);
    const second = String(branch.must('check-in', byCode(late), CUSTOMER).ticketId);
    expect(branch.ticket(first)).toMatchObject({
      appointmentAt: at(10),
      queuedAt: at(10),
      issuedAt: at(9, 40),
    });
    expect(branch.ticket(second)).toMatchObject({ appointmentAt: at(10), queuedAt: at(10, 5) });
    expect(branch.figures.legs.map(leg => leg.queuedAt)).toEqual([at(10), at(10, 5)]);
  });

  it('[TK8] is found by telephone too, the nearest of several', () => {
    const branch = openBranch();
    book(branch, { minute: 15 * 60 });
    book(branch);
    branch.now = at(9, 50);
    const byPhone = { code: null, phoneKey: contact.key, language: 'zh', largeType: false } as const;
    branch.must('check-in', byPhone, CUSTOMER);
    expect([...branch.state.appointments.values()].map(one => one.startsAt)).toEqual([at(15)]);
    expect(branch.codeOf('check-in', { ...byPhone, phoneKey: 'e'.repeat(64) }, CUSTOMER)).toBe('T845');
  });

  it('[TK8] has its place whatever the quota says, and takes none of it', () => {
    const instead = { zh: '改日', en: 'Another day' };
    const quotas = [{ weekdays: [1], fromMinute: 0, toMinute: 1440, tickets: 1, instead }];
    const branch = openBranch(bankWithBusiness('credit-card', { quotas }));
    const { code } = book(branch);
    branch.now = at(10);
    branch.must('check-in', byCode(code), CUSTOMER);
    const walkIn = { businessId: 'credit-card', language: 'zh', largeType: false } as const;
    expect(branch.codeOf('issue-ticket', walkIn, CUSTOMER)).toBe('ok');
    expect(branch.codeOf('issue-ticket', walkIn, CUSTOMER)).toBe('T841');
  });

  it('[TK8] nobody came to is recorded as missed by the clock, once; one can be cancelled', () => {
    const branch = openBranch();
    book(branch);
    const { appointmentId } = book(branch, { minute: 12 * 60 });
    branch.wait(75 * MINUTE_MS);
    expect(branch.state.appointments.size).toBe(2);
    branch.wait(1);
    branch.wait(1);
    expect(branch.events.filter(({ type }) => type === 'appointment-missed')).toHaveLength(1);
    expect(branch.figures.arrival.appointmentsMissed).toBe(1);
    branch.must('cancel-appointment', { appointmentId }, LOBBY);
    expect(branch.codeOf('cancel-appointment', { appointmentId }, LOBBY)).toBe('T845');
    expect(branch.state.appointments.size).toBe(0);
  });

  it('[TK8] of another day is still there on that day', () => {
    const branch = openBranch();
    book(branch, { date: '2026-03-03' } as object);
    branch.wait(DAY_MS);
    expect(branch.state.appointments.size).toBe(1);
    expect(branch.state.businessDay).toBe('2026-03-03');
  });

  it('[TK8] codes of open appointments differ, also when the ids would give the same', () => {
    const ids = ['same', 'same', 'other'];
    const newId = () => ids.shift() ?? 'none left';
    const first = newCode(new Map(), newId);
    const taken = new Map([['a', { ...monday, appointmentId: 'a', code: first, startsAt: 0 }]]);
    expect(newCode(taken, newId)).not.toBe(first);
  });
});
