import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { bankWith, CUSTOMER, LOBBY, MINUTE_MS, openBranch, TELLER_1, TELLER_2 } from '../played-branch.ts';

const anyTicket = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;

describe('issuing a ticket', () => {
  it('[TK1] starts from the business, which decides the queue, the letter and the class', () => {
    const branch = openBranch();
    const cash = branch.ticket(branch.issue('personal-cash'));
    const wealth = branch.ticket(branch.issue('wealth'));
    expect([cash.queueId, cash.number, cash.classId]).toEqual(['personal-cash', 'A001', 'ordinary']);
    expect([wealth.queueId, wealth.number, wealth.classId]).toEqual(['wealth', 'V001', 'gold']);
    expect(branch.codeOf('issue-ticket', { ...anyTicket, businessId: 'haircut' }, CUSTOMER)).toBe('T801');
  });

  it('[TK4] records the number before it asks for paper, and says so when no printer can print', () => {
    const branch = openBranch();
    const from = branch.events.length;
    const answer = branch.must('issue-ticket', anyTicket, CUSTOMER);
    expect(branch.typesOf(from)).toEqual(['ticket-issued', 'ticket-print-requested']);
    expect(answer).toMatchObject({ number: 'A001', ahead: 0, printing: false });
    branch.setPrinter('ready');
    expect(branch.must('issue-ticket', anyTicket, CUSTOMER)).toMatchObject({
      number: 'A002',
      printing: true,
    });
    branch.setPrinter('down');
    expect(branch.must('issue-ticket', anyTicket, CUSTOMER)).toMatchObject({
      number: 'A003',
      printing: false,
    });
  });

  it('[TK4] a reprint is the same number as another copy; asked twice while under way it prints once', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    branch.must('reprint-ticket', { ticketId }, LOBBY);
    expect(branch.ticket(ticketId).print).toMatchObject({ status: 'waiting', copies: 1 });
    const { jobId } = branch.ticket(ticketId).print;
    branch.must('report-print', { ticketId, jobId: jobId ?? '', outcome: 'failed', code: 'P101' });
    branch.must('reprint-ticket', { ticketId }, LOBBY);
    branch.must('reprint-ticket', { ticketId }, LOBBY);
    const requests = branch.events.filter(event => event.type === 'ticket-print-requested');
    expect(requests.map(event => event.data.reprint)).toEqual([false, true]);
    expect(branch.ticket(ticketId)).toMatchObject({
      number: 'A001',
      print: { status: 'waiting', copies: 2 },
    });
    branch.miss();
    expect(branch.codeOf('reprint-ticket', { ticketId: 'nobody' }, LOBBY)).toBe('T803');
  });

  it('[TK4] a served ticket needs no paper any more', () => {
    const branch = openBranch();
    branch.issue();
    expect(branch.codeOf('reprint-ticket', { ticketId: branch.serve() }, LOBBY)).toBe('T804');
  });

  it('[HW2] news of a print job only makes us surer of what became of the paper', () => {
    const outcomes = ['sent', 'processed', 'printed', 'uncertain', 'failed'] as const;
    /** Accepted changes, from the delivery states of hardware-protocols 2.6; everything else is ignored. */
    const accepted = new Set([
      ...outcomes.map(outcome => `waiting>${outcome}`),
      ...['uncertain', 'failed', 'processed', 'printed'].map(outcome => `sent>${outcome}`),
      ...['failed', 'processed', 'printed'].map(outcome => `uncertain>${outcome}`),
      'processed>printed',
      'failed>printed',
    ]);
    for (const first of outcomes)
      for (const second of outcomes) {
        const branch = openBranch();
        const ticketId = branch.issue();
        const jobId = branch.ticket(ticketId).print.jobId ?? '';
        branch.must('report-print', { ticketId, jobId, outcome: first, code: null });
        expect(branch.ticket(ticketId).print.status).toBe(first);
        branch.must('report-print', { ticketId, jobId, outcome: second, code: 'P110' });
        const wanted = accepted.has(`${first}>${second}`) ? second : first;
        expect(branch.ticket(ticketId).print.status, `${first} then ${second}`).toBe(wanted);
      }
  });

  it('[TK4] news of an older copy or an ended ticket changes nothing', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    const oldJob = branch.ticket(ticketId).print.jobId ?? '';
    branch.must('report-print', { ticketId, jobId: oldJob, outcome: 'uncertain', code: 'P104' });
    branch.must('reprint-ticket', { ticketId }, LOBBY);
    const count = branch.events.length;
    branch.must('report-print', { ticketId, jobId: oldJob, outcome: 'printed', code: null });
    branch.must('report-print', { ticketId: 'gone', jobId: oldJob, outcome: 'printed', code: null });
    expect(branch.events).toHaveLength(count);
  });
});

describe('a no-show that comes back', () => {
  it('[CS3] returns by the lobby manager within 30 minutes, to the millisecond', () => {
    const branch = openBranch();
    branch.issue();
    branch.issue();
    const [first, second] = [branch.miss(), branch.miss()];
    branch.now += 30 * MINUTE_MS;
    expect(branch.codeOf('return-no-show', { ticketId: first }, LOBBY)).toBe('ok');
    expect(branch.ticket(first).status).toBe('waiting');
    branch.now += 1;
    expect(branch.codeOf('return-no-show', { ticketId: second }, LOBBY)).toBe('T818');
    expect(branch.codeOf('return-no-show', { ticketId: first }, LOBBY)).toBe('T804');
    expect(branch.codeOf('return-no-show', { ticketId: 'nobody' }, LOBBY)).toBe('T803');
  });

  it('[CS3] re-enters after the next three calls of its queue, whichever window makes them', () => {
    const branch = openBranch();
    const [missed, ...others] = Array.from({ length: 6 }, () => branch.issue());
    branch.issue('change');
    expect(branch.miss()).toBe(missed);
    branch.must('return-no-show', { ticketId: String(missed) }, LOBBY);
    const called = [branch.serve('counter-1')];
    called.push(branch.call('counter-2', TELLER_2));
    branch.wait(10_000);
    called.push(branch.serve('counter-1'));
    branch.wait(10_000);
    expect(called).toEqual(others.slice(0, 3));
    expect(branch.serve('counter-1')).toBe(missed);
    branch.wait(10_000);
    expect(branch.serve('counter-1')).toBe(others[3]);
  });

  it('[CS3] calls of another queue do not bring it nearer', () => {
    const branch = openBranch();
    branch.issue();
    const missed = branch.miss();
    for (let n = 0; n < 4; n++) branch.issue('change');
    branch.issue();
    branch.must('return-no-show', { ticketId: missed }, LOBBY);
    for (let n = 0; n < 4; n++) {
      branch.miss();
      expect(branch.ticket(missed).returnsAfterCalls).toBe(3);
    }
    branch.miss();
    expect(branch.ticket(missed).returnsAfterCalls).toBe(2);
  });

  it('[CS3] its number is forgotten when the time to return is over, and was never given again', () => {
    const branch = openBranch(bankWith({ limits: { ...SAMPLE_BANK.limits, noShowReturnMs: MINUTE_MS } }));
    branch.issue();
    const missed = branch.miss();
    branch.now += MINUTE_MS + 1;
    const next = branch.issue();
    expect(branch.state.tickets.has(missed)).toBe(false);
    expect(branch.ticket(next).number).toBe('A002');
    expect(branch.codeOf('return-no-show', { ticketId: missed }, LOBBY)).toBe('T803');
  });

  it('[CS3] only somebody of the lobby may bring it back', () => {
    const branch = openBranch();
    branch.issue();
    const missed = branch.miss();
    expect(branch.codeOf('return-no-show', { ticketId: missed }, TELLER_1)).toBe('S704');
    expect(branch.codeOf('return-no-show', { ticketId: missed }, CUSTOMER)).toBe('M605');
  });
});
