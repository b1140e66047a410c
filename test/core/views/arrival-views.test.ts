import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { kioskView } from '#core/views/kiosk-view.ts';
import { lobbyView } from '#core/views/lobby-view.ts';
import { ticketPaper } from '#core/views/ticket-paper.ts';
import { VIEWS } from '#core/wire/views.ts';
import { bankWithBusiness, bankWithHours, customer } from '../arrival/arrivals.ts';
import { bankWith, CUSTOMER, LOBBY, MINUTE_MS, openBranch, type PlayedBranch } from '../played-branch.ts';

const kiosk = (branch: PlayedBranch) => VIEWS.kiosk.parse(kioskView(branch.configured(), branch.now));
const business = (branch: PlayedBranch, id: string) =>
  kiosk(branch)
    .groups.flatMap(group => group.businesses)
    .find(one => one.id === id);
const arrival = (branch: PlayedBranch) => {
  const upload = { state: 'off', durableSeq: 0, lastSeq: 0, code: null } as const;
  const facts = { now: branch.now, upload, uploadSince: 0 };
  return VIEWS.lobby.parse(lobbyView(branch.configured(), branch.figures, facts as never)).arrival;
};
const textsOf = (branch: PlayedBranch, ticketId: string) =>
  ticketPaper(branch.configured(), branch.ticket(ticketId), false).lines.flatMap(line =>
    line.kind === 'text' ? [line.text] : [],
  );

describe('the kiosk', () => {
  it('[TK1] offers the machine with its place and minutes while one is up', () => {
    const branch = openBranch();
    expect(business(branch, 'payments')?.selfService).toMatchObject({ state: 'free', minutes: 2 });
    branch.must('set-self-service-state', { machineId: 'payment-terminal-1', state: 'down' }, LOBBY);
    expect(business(branch, 'payments')?.selfService).toBeNull();
    expect(business(branch, 'wealth')?.selfService).toBeNull();
  });

  it('[TK6] says what to do instead when a quota is used up, and offers the business again in the next band', () => {
    const instead = { zh: '下午再来', en: 'Come back in the afternoon' };
    const quotas = [{ weekdays: [1], fromMinute: 540, toMinute: 570, tickets: 1, instead }];
    const branch = openBranch(bankWithBusiness('change', { quotas }));
    branch.issue('change');
    expect(business(branch, 'change')).toMatchObject({ offered: false, instead });
    expect(arrival(branch).usedUp).toMatchObject([{ businessId: 'change', instead }]);
    branch.now += 30 * MINUTE_MS;
    expect(business(branch, 'change')).toMatchObject({ offered: true, instead: null });
  });

  it('[TK12] says when the branch opens next', () => {
    const branch = openBranch(bankWithHours());
    expect(kiosk(branch).opening).toEqual({ isOpen: true, next: null, dayName: null });
    branch.now += 9 * 60 * MINUTE_MS;
    expect(kiosk(branch).opening).toEqual({
      isOpen: false,
      next: { date: '2026-03-03', time: '09:00' },
      dayName: null,
    });
  });

  it('[TK9] asks for no reasons where the bank has no class for priority persons', () => {
    const { arrival: rules } = SAMPLE_BANK;
    expect(kiosk(openBranch()).priorityReasons).toHaveLength(5);
    const without = openBranch(bankWith({ arrival: { ...rules, priorityClassId: null } }));
    expect(kiosk(without).priorityReasons).toEqual([]);
  });
});

describe('the lobby manager', () => {
  it('[TK2] [TK9] [DV6] sees who was identified by the last digits only; boards and kiosk see nothing of it', () => {
    const branch = openBranch();
    const ticketId = branch.issue('personal-cash', { customer: customer(7), priorityReasonId: 'unwell' });
    branch.issue();
    expect(arrival(branch).tickets).toEqual([
      {
        ticketId,
        customer: '**** 1111',
        priorityReason: { zh: '身体不适', en: 'Not feeling well' },
        appointmentAt: null,
      },
    ]);
    const open = JSON.stringify([kiosk(branch), textsOf(branch, ticketId)]);
    expect(open).not.toContain('1111');
    expect(textsOf(branch, ticketId).join()).not.toMatch(/优先|不适/);
  });

  it('[TK1] [TK2] sees the rates of the day, and none before anybody came', () => {
    const branch = openBranch();
    expect(arrival(branch).today).toMatchObject({ identificationRate: null, diversionRate: null });
    branch.issue('payments', { customer: customer(1) });
    branch.issue('wealth');
    branch.must('accept-self-service', { businessId: 'payments' }, CUSTOMER);
    expect(arrival(branch).today).toMatchObject({
      identified: 1,
      diverted: 1,
      declined: 1,
      identificationRate: 0.5,
      diversionRate: 0.5,
    });
  });
});

describe('the ticket', () => {
  it('[TK7] is in Chinese, with English when chosen, always, or never, as the bank wishes', () => {
    const english = (secondLanguage: 'when-chosen' | 'always' | 'never', language: 'zh' | 'en') => {
      const branch = openBranch(bankWith({ arrival: { ...SAMPLE_BANK.arrival, secondLanguage } }));
      return textsOf(branch, branch.issue('change', { language })).includes('Change and damaged notes');
    };
    expect([english('when-chosen', 'zh'), english('when-chosen', 'en')]).toEqual([false, true]);
    expect([english('always', 'zh'), english('never', 'en')]).toEqual([true, false]);
  });

  it('[TK8] of an appointment says its time', () => {
    const branch = openBranch();
    const booking = { businessId: 'wealth', date: '2026-03-02', minute: 570, contact: null } as const;
    const { code } = branch.must('book-appointment', booking, LOBBY);
    const args = { code: String(code), phoneKey: null, language: 'zh', largeType: true } as const;
    const ticketId = String(branch.must('check-in', args, CUSTOMER).ticketId);
    expect(textsOf(branch, ticketId)).toContain('预约时间 09:30');
  });
});
