import { describe, expect, test } from 'vitest';
import { BankDocument } from '#core/branch/bank-document.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { alarmsOf } from '#core/views/alarms.ts';
import { guidanceView } from '#core/views/guidance-view.ts';
import { asksOfCounter, lobbyFloor, openAsks } from '#core/views/lobby-floor.ts';
import { lobbyScreenSide } from '#core/views/lobby-screen-side.ts';
import { GuidanceView, LobbyFloor } from '#core/wire/views-lobby.ts';
import { bankWith, LOBBY, MINUTE_MS, openBranch, TELLER_1, TELLER_2 } from '../played-branch.ts';

const OFF = { state: 'off', durableSeq: 0, lastSeq: 0, code: null } as const;

describe('what the lobby manager has set going', () => {
  test('[LB2] is shown until it is ended: left, asked, noted, cared for, parked', () => {
    const branch = openBranch();
    const left = branch.issue();
    branch.must('mark-left', { ticketId: left }, LOBBY);
    branch.issue();
    const parked = branch.call();
    branch.must(
      'park-ticket',
      { counterId: 'counter-1', ticketId: parked, paperIds: ['document-1'], note: '' },
      TELLER_1,
    );
    branch.must('ask-counter-to-open', { counterId: 'counter-3' }, LOBBY);
    branch.must('note-incident', { kind: 'emergency', text: '停电', ticketId: null }, LOBBY);
    const floor = lobbyFloor(branch.configured(), branch.now);
    expect(LobbyFloor.parse(floor)).toEqual(floor);
    expect(floor).toMatchObject({
      left: [{ ticketId: left, number: 'A001' }],
      asks: [{ kind: 'open', whom: { zh: '3号窗口' }, by: { zh: '大堂经理01' }, answer: null }],
      incidents: [{ text: '停电' }],
      parked: [{ ticketId: parked, missing: [{ id: 'document-1', isHere: false }] }],
    });
    expect(lobbyFloor(branch.configured(), branch.now + 31 * MINUTE_MS).left).toEqual([]);
  });

  test('[LB2] an ask reaches the window and the colleague it is for, and nobody else', () => {
    const branch = openBranch();
    branch.must('call-colleague', { staffNumber: '1002', note: '授权' }, LOBBY);
    branch.must('ask-counter-to-open', { counterId: 'counter-3' }, LOBBY);
    const state = branch.configured();
    expect(asksOfCounter(state, 'counter-2', '1002')).toMatchObject([{ kind: 'come', note: '授权' }]);
    expect(asksOfCounter(state, 'counter-1', '1001')).toEqual([]);
    expect(asksOfCounter(state, 'counter-1', null)).toEqual([]);
    expect(openAsks(state)).toMatchObject([{ counterId: 'counter-3', by: { zh: '大堂经理01' } }]);
    const [ask] = asksOfCounter(state, 'counter-2', '1002');
    branch.must('answer-ask', { askId: ask?.askId ?? '', answer: 'cannot' }, TELLER_2);
    expect(asksOfCounter(branch.configured(), 'counter-2', '1002')).toEqual([]);
  });

  test('[LB2] an incident is a red alarm until it is handled', () => {
    const branch = openBranch();
    const args = { kind: 'complaint', text: '等太久', ticketId: null } as const;
    const incidentId = String(branch.must('note-incident', args, LOBBY).incidentId);
    const facts = { now: branch.now, upload: OFF, uploadSince: 0 } as Parameters<typeof alarmsOf>[1];
    expect(alarmsOf(branch.configured(), facts)[0]).toMatchObject({ level: 'red', kind: 'complaint' });
    branch.must('handle-incident', { incidentId, note: '已致歉' }, LOBBY);
    expect(alarmsOf(branch.configured(), facts).filter(alarm => alarm.kind === 'complaint')).toEqual([]);
  });
});

describe('guidance and the lobby screen', () => {
  test('[LB4] every business has what to bring and how to fill its forms', () => {
    const view = guidanceView(openBranch().configured());
    expect(GuidanceView.parse(view)).toEqual(view);
    expect(view.businesses).toHaveLength(SAMPLE_BANK.businesses.length);
    const account = view.businesses.find(business => business.id === 'personal-account');
    expect(account?.forms[0]?.fill.length).toBeGreaterThan(0);
  });

  test('[DV5] rates that are not yet in force are not on the wall', () => {
    const [table] = SAMPLE_BANK.lobbyScreen.rates;
    if (!table) throw new Error('no sample rates');
    const rates = [table, { ...table, date: '2026-03-03' }];
    const branch = openBranch(bankWith({ lobbyScreen: { ...SAMPLE_BANK.lobbyScreen, rates } }));
    expect(lobbyScreenSide(branch.configured(), [], branch.now).rates).toEqual([table]);
    expect(lobbyScreenSide(branch.configured(), [], branch.now + 24 * 60 * MINUTE_MS).rates).toEqual(rates);
  });

  test('[DV4] a rate under the wrong heading is refused with its field', () => {
    const [table] = SAMPLE_BANK.lobbyScreen.rates;
    if (!table) throw new Error('no sample rates');
    const wrong = { ...table, rows: [{ name: table.title, values: ['1', '2'] }] };
    const parsed = BankDocument.safeParse(
      bankWith({ lobbyScreen: { ...SAMPLE_BANK.lobbyScreen, rates: [wrong] } }),
    );
    expect(parsed.error?.issues[0]?.path.join('.')).toBe('lobbyScreen.rates.0.rows.0.values');
  });

  test('[DV3] [DV4] documents from before there was a lobby screen go on as they were', () => {
    const { lobbyScreen: _screen, announcing: _announcing, ...rest } = SAMPLE_BANK;
    const before = { ...rest, businesses: rest.businesses.map(({ forms: _forms, ...business }) => business) };
    const read = BankDocument.parse(before);
    expect(read.announcing).toEqual({ languages: null, times: null });
    expect(read.lobbyScreen.rates).toEqual([]);
    expect(read.businesses[0]?.forms).toEqual([]);
  });
});

describe('the one best action of a late queue', () => {
  const lateFacts = (branch: ReturnType<typeof openBranch>) => {
    const facts = { now: branch.now, upload: OFF, uploadSince: 0 } as Parameters<typeof alarmsOf>[1];
    return alarmsOf(branch.configured(), facts).find(alarm => alarm.kind === 'over-limit')?.facts;
  };

  test('[LB2] [MO2] is to ask a window that could help: a paused one before a closed one, none twice', () => {
    const branch = openBranch();
    branch.issue('personal-cash');
    branch.wait(30 * MINUTE_MS);
    expect(lateFacts(branch)?.counterId).toBe('counter-3');
    branch.must('pause-counter', { counterId: 'counter-2', reasonId: 'lunch' }, TELLER_2);
    expect(lateFacts(branch)?.counterId).toBe('counter-2');
    for (const counterId of ['counter-2', 'counter-3', 'care-counter'])
      branch.must('ask-counter-to-open', { counterId }, LOBBY);
    expect(lateFacts(branch)).toMatchObject({ queueId: 'personal-cash' });
    expect(lateFacts(branch)?.counterId).toBeUndefined();
  });
});
