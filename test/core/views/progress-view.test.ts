import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticketsAhead } from '#core/queue/tickets-ahead.ts';
import { type ProgressStage, progressView } from '#core/views/progress-view.ts';
import {
  DAY_MS,
  LOBBY,
  MINUTE_MS,
  openBranch,
  type PlayedBranch,
  SECOND_MS,
  TELLER_1,
  TELLER_2,
} from '../played-branch.ts';

const seed = Number(process.env.FOYER_SEED ?? 20_260_304);

/** What the page shows of a ticket now. */
function stageOf(branch: PlayedBranch, ticketId: string, now = branch.now): ProgressStage {
  const issued = branch.events.find(
    event => event.type === 'ticket-issued' && event.data.ticketId === ticketId,
  );
  if (issued?.type !== 'ticket-issued') throw new Error('never issued');
  return progressView(branch.configured(), issued.data, now).stage;
}

/** Longer than a rating stays open, so that the next finish is not refused. */
const SERVICE_MS = 15 * SECOND_MS;
const counterName = { zh: '1号窗口', en: 'Window 1' };

describe('the progress of a ticket', () => {
  it('[TK11] goes from people ahead to "next", called, served and done, then ends', () => {
    const branch = openBranch();
    const first = branch.issue();
    const second = branch.issue();
    expect(stageOf(branch, first)).toMatchObject({ kind: 'waiting', ahead: 0 });
    expect(stageOf(branch, second)).toMatchObject({ kind: 'waiting', ahead: 1 });

    branch.call();
    expect(stageOf(branch, first)).toEqual({ kind: 'called', counterName });
    expect(stageOf(branch, second)).toMatchObject({ kind: 'waiting', ahead: 0 });

    branch.must('start-service', { counterId: 'counter-1', ticketId: first }, TELLER_1);
    expect(stageOf(branch, first)).toEqual({ kind: 'serving', counterName });
    branch.must('finish-service', { counterId: 'counter-1', ticketId: first }, TELLER_1);
    expect(stageOf(branch, first)).toEqual({ kind: 'done' });

    branch.serve();
    branch.wait(20 * MINUTE_MS);
    branch.issue();
    expect(stageOf(branch, first)).toEqual({ kind: 'over' });
  });

  it('[TK11] counts only those of the same queue', () => {
    const branch = openBranch();
    branch.issue('credit-card');
    expect(stageOf(branch, branch.issue('personal-cash'))).toMatchObject({ ahead: 0 });
  });

  it('[TK11] estimates what is still ahead by the ticket’s own rule, and nothing while no window is open', () => {
    const branch = openBranch();
    const mine = [branch.issue(), branch.issue(), branch.issue()].at(-1) ?? '';
    branch.issue();
    // Two people of 6 minutes each, two cash windows: 6 minutes, as 0.7 to 1.5 times.
    expect(stageOf(branch, mine)).toEqual({
      kind: 'waiting',
      ahead: 2,
      estimate: { fromMinutes: 4, toMinutes: 9 },
    });
    for (const [counterId, actor] of [
      ['counter-1', TELLER_1],
      ['counter-2', TELLER_2],
    ] as const)
      branch.must('pause-counter', { counterId, reasonId: 'lunch' }, actor);
    expect(stageOf(branch, mine)).toEqual({ kind: 'waiting', ahead: 2, estimate: null });
  });

  it('[TK11] a missed call says until when it can come back, counts its way back, and then is over', () => {
    const branch = openBranch();
    const missed = branch.issue();
    for (let count = 0; count < 5; count++) branch.issue();
    branch.miss();
    const returnUntil = branch.now + 30 * MINUTE_MS;
    expect(stageOf(branch, missed)).toEqual({ kind: 'passed', returnUntil });
    expect(stageOf(branch, missed, returnUntil + 1)).toEqual({ kind: 'over' });

    branch.must('return-no-show', { ticketId: missed }, LOBBY);
    expect(stageOf(branch, missed)).toMatchObject({ kind: 'waiting', ahead: 3 });
    branch.serve();
    expect(stageOf(branch, missed)).toMatchObject({ kind: 'waiting', ahead: 2 });
  });

  it('[TK11] is over when its day is, whether the branch was heard of since or not', () => {
    const branch = openBranch();
    const ticketId = branch.issue();
    expect(stageOf(branch, ticketId, branch.now + DAY_MS)).toEqual({ kind: 'over' });
    branch.wait(DAY_MS);
    expect(branch.typesOf()).toContain('ticket-unserved');
    expect(stageOf(branch, ticketId)).toEqual({ kind: 'over' });
  });

  it('[TK7] tells branch and number, and nothing about the person or the staff', () => {
    const branch = openBranch();
    const ticketId = branch.issue('wealth');
    const view = progressView(branch.configured(), branch.ticket(ticketId), branch.now);
    expect(Object.keys(view).sort()).toEqual(['bankName', 'branchName', 'number', 'stage', 'timeZone']);
    expect(view.number).toBe('V001');
    expect(JSON.stringify(view)).not.toMatch(/gold|金卡|100\d|柜员/);
  });
});

describe('the tickets ahead', () => {
  it('[TK11] are called in exactly this order when one window calls and nobody else arrives', () => {
    const step = fc.constantFrom('issue', 'issue', 'call', 'miss', 'return');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        const branch = openBranch();
        const missed: string[] = [];
        for (const kind of steps) {
          branch.wait(SECOND_MS);
          const isSomebodyWaiting = [...branch.state.tickets.values()].some(
            ticket => ticket.status === 'waiting',
          );
          if (kind === 'issue') branch.issue();
          if (kind === 'call' && isSomebodyWaiting) branch.serve('counter-1', TELLER_1, SERVICE_MS);
          if (kind === 'miss' && isSomebodyWaiting) missed.push(branch.miss());
          const returning = kind === 'return' ? missed.pop() : undefined;
          if (returning) branch.must('return-no-show', { ticketId: returning }, LOBBY);
        }
        const waiting = [...branch.state.tickets.values()].filter(ticket => ticket.status === 'waiting');
        const foretold = waiting.map(ticket => ({
          ticketId: ticket.ticketId,
          ahead: ticketsAhead(branch.configured(), ticket, branch.now).map(other => other.ticketId),
        }));
        const called = waiting.map(() => branch.serve('counter-1', TELLER_1, SERVICE_MS));
        for (const { ticketId, ahead } of foretold)
          expect(ahead).toEqual(called.slice(0, called.indexOf(ticketId)));
      }),
      { seed, numRuns: 60 },
    );
  });
});
