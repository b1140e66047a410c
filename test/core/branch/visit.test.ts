import { describe, expect, it } from 'vitest';
import type { ArgsOf } from '#core/branch/commands.ts';
import {
  LOBBY,
  MINUTE_MS,
  openBranch,
  type PlayedBranch,
  staff,
  TELLER_1,
  TELLER_2,
  TELLER_4,
} from '../played-branch.ts';

const C1 = 'counter-1';
type Transfer = ArgsOf<'transfer-ticket'>;

/** Sends a ticket in hand at window 1 on. */
function transfer(branch: PlayedBranch, ticketId: string, to: Transfer['to'], more: Partial<Transfer> = {}) {
  const args = { counterId: C1, ticketId, to, position: 'arrival', note: '', ...more } as const;
  return branch.codeOf('transfer-ticket', args, TELLER_1);
}

const toQueue = (queueId: string) => ({ kind: 'queue', queueId }) as const;
const toCounter = (counterId: string) => ({ kind: 'counter', counterId }) as const;

/** Calls and starts at window 1. */
function inHand(branch: PlayedBranch): string {
  const ticketId = branch.call();
  branch.must('start-service', { counterId: C1, ticketId }, TELLER_1);
  return ticketId;
}

describe('[CS6] transfer', () => {
  /** Three wait at window 4; one who came between the first and the second is transferred there. */
  function threeWaiting() {
    const branch = openBranch();
    const first = branch.issue('credit-card');
    branch.wait(MINUTE_MS);
    const moved = branch.issue('personal-cash');
    branch.wait(MINUTE_MS);
    const [second, third] = [branch.issue('credit-card'), branch.issue('credit-card')];
    branch.wait(MINUTE_MS);
    inHand(branch);
    branch.wait(MINUTE_MS);
    const order = () =>
      [1, 2, 3, 4].map(() => {
        const ticketId = branch.serve('counter-4', TELLER_4);
        branch.wait(11_000);
        return ticketId;
      });
    return { branch, first, moved, second, third, order };
  }

  it('[CS6] by original arrival: takes the place its arrival gives it', () => {
    const { branch, first, moved, second, third, order } = threeWaiting();
    expect(transfer(branch, moved, toQueue('cards'))).toBe('ok');
    expect(order()).toEqual([first, moved, second, third]);
  });

  it('[CS6] at the front: next of all', () => {
    const { branch, first, moved, second, third, order } = threeWaiting();
    expect(transfer(branch, moved, toQueue('cards'), { position: 'front' })).toBe('ok');
    expect(order()).toEqual([moved, first, second, third]);
  });

  it('[CS6] at the back: after everybody who waits', () => {
    const { branch, first, moved, second, third, order } = threeWaiting();
    expect(transfer(branch, moved, toQueue('cards'), { position: 'back' })).toBe('ok');
    expect(order()).toEqual([first, second, third, moved]);
  });

  it('[CS6] keeps the wait so far, and each leg its own', () => {
    const branch = openBranch();
    branch.issue();
    branch.wait(5 * MINUTE_MS);
    const ticketId = inHand(branch);
    branch.wait(2 * MINUTE_MS);
    transfer(branch, ticketId, toQueue('cards'), { note: '请核对身份' });
    branch.wait(3 * MINUTE_MS);
    branch.call('counter-4', TELLER_4);
    const { visit, call } = branch.ticket(ticketId);
    expect(call?.waitMs).toBe(3 * MINUTE_MS);
    expect(visit.earlierWaitMs).toBe(5 * MINUTE_MS);
    expect(visit.legs).toMatchObject([
      { counterId: C1, waitMs: 5 * MINUTE_MS, serviceMs: 2 * MINUTE_MS, end: 'transferred' },
    ]);
    expect(visit.notes).toMatchObject([{ counterId: C1, text: '请核对身份' }]);
  });

  it('[CS6] to a counter or the VIP room: only that one can call it, whatever its queue', () => {
    const branch = openBranch();
    branch.signIn('1007');
    branch.must('open-counter', { counterId: 'vip-room' }, staff('1007'));
    branch.issue();
    const ticketId = inHand(branch);
    expect(transfer(branch, ticketId, toCounter('vip-room'))).toBe('ok');
    expect(branch.codeOf('call-next', { counterId: 'counter-2' }, TELLER_2)).toBe('T805');
    expect(branch.call('vip-room', staff('1007'))).toBe(ticketId);
  });

  it('[CS6] a counter that closes lets go of those who were sent to it', () => {
    const branch = openBranch();
    branch.issue();
    const ticketId = inHand(branch);
    transfer(branch, ticketId, toCounter('counter-2'));
    expect(branch.codeOf('call-next', { counterId: C1 }, TELLER_1)).toBe('T805');
    branch.must('close-counter', { counterId: 'counter-2' }, TELLER_2);
    expect(branch.call()).toBe(ticketId);
  });

  it('[CS6] a key pressed twice, a place that is not there, a closed window and itself are refused', () => {
    const branch = openBranch();
    branch.issue();
    branch.issue();
    const ticketId = inHand(branch);
    for (const to of [toQueue('nowhere'), toCounter('counter-3'), toCounter(C1), toCounter('nowhere')])
      expect(transfer(branch, ticketId, to)).toBe('T872');
    expect(transfer(branch, ticketId, toQueue('cards'))).toBe('ok');
    expect(transfer(branch, ticketId, toQueue('cards'))).toBe('T804');
    const other = branch.call('counter-2', TELLER_2);
    expect(transfer(branch, other, toQueue('cards'))).toBe('T804');
  });

  it('[CS5] [CS10] a clock set back while it waits loses no wait and no ticket', () => {
    const branch = openBranch();
    branch.issue();
    branch.wait(MINUTE_MS);
    const ticketId = inHand(branch);
    transfer(branch, ticketId, toQueue('cards'), { position: 'back' });
    branch.now -= 30 * MINUTE_MS;
    expect(branch.call('counter-4', TELLER_4)).toBe(ticketId);
    expect(branch.ticket(ticketId).call?.waitMs).toBe(0);
  });
});

describe('[CS7] park', () => {
  /** Parked at window 1 with its own document and a common paper missing; another one waits. */
  function parked() {
    const branch = openBranch();
    branch.issue();
    branch.wait(4 * MINUTE_MS);
    const ticketId = inHand(branch);
    const args = { counterId: C1, ticketId, paperIds: ['document-1', 'form'], note: '需补身份证' };
    branch.must('park-ticket', args, TELLER_1);
    return { branch, ticketId, args };
  }

  it('[CS7] leaves the counter free and the list of what is missing with the ticket', () => {
    const { branch, ticketId, args } = parked();
    expect(branch.state.counters.get(C1)?.ticketId).toBeNull();
    const { status, visit } = branch.ticket(ticketId);
    expect(status).toBe('parked');
    expect(visit.parking?.missing.map(({ id, isHere }) => [id, isHere])).toEqual([
      ['document-1', false],
      ['form', false],
    ]);
    expect(visit.parking?.missing[0]?.name.zh).toBe('本人有效身份证件');
    expect(branch.codeOf('park-ticket', args, TELLER_1)).toBe('T804');
    expect(branch.codeOf('call-next', { counterId: C1 }, TELLER_1)).toBe('T805');
  });

  it('[CS7] papers are ticked as they come', () => {
    const { branch, ticketId } = parked();
    const tick = { ticketId, paperId: 'form', isHere: true };
    branch.must('tick-paper', tick, LOBBY);
    expect(branch.ticket(ticketId).visit.parking?.missing.map(paper => paper.isHere)).toEqual([false, true]);
    const count = branch.events.length;
    branch.must('tick-paper', tick, LOBBY);
    expect(branch.events).toHaveLength(count);
    expect(branch.codeOf('tick-paper', { ...tick, paperId: 'passport' }, LOBBY)).toBe('T873');
  });

  it('[CS7] ready: back to the same counter, next, before those who came earlier', () => {
    const { branch, ticketId } = parked();
    branch.issue();
    branch.wait(10 * MINUTE_MS);
    branch.must('ready-ticket', { ticketId, returnTo: 'same-counter' }, LOBBY);
    branch.must('ready-ticket', { ticketId, returnTo: 'any-counter' }, LOBBY);
    branch.wait(MINUTE_MS);
    expect(branch.call('counter-2', TELLER_2)).not.toBe(ticketId);
    expect(branch.call()).toBe(ticketId);
    // The leg waits from when it was ready, the visit keeps the four minutes of before.
    expect(branch.ticket(ticketId).call?.waitMs).toBe(MINUTE_MS);
    expect(branch.ticket(ticketId).visit.earlierWaitMs).toBe(4 * MINUTE_MS);
  });

  it('[CS7] ready: to any counter, and to any when nobody is at the same one', () => {
    const any = parked();
    any.branch.must('ready-ticket', { ticketId: any.ticketId, returnTo: 'any-counter' }, LOBBY);
    expect(any.branch.call('counter-2', TELLER_2)).toBe(any.ticketId);

    const gone = parked();
    gone.branch.must('close-counter', { counterId: C1 }, TELLER_1);
    gone.branch.must('ready-ticket', { ticketId: gone.ticketId, returnTo: 'same-counter' }, LOBBY);
    expect(gone.branch.call('counter-2', TELLER_2)).toBe(gone.ticketId);
  });

  it('[CS7] refuses papers that are on no list, and readiness of somebody not parked', () => {
    const branch = openBranch();
    const waiting = branch.issue();
    expect(branch.codeOf('ready-ticket', { ticketId: waiting, returnTo: 'any-counter' }, LOBBY)).toBe('T804');
    const ticketId = inHand(branch);
    const args = { counterId: C1, ticketId, paperIds: ['document-99'], note: '' };
    expect(branch.codeOf('park-ticket', args, TELLER_1)).toBe('T873');
    expect(branch.codeOf('park-ticket', { ...args, paperIds: [] }, TELLER_2)).toBe('T809');
  });

  it('[TK12] still parked when the day ends: unserved, never handled', () => {
    const { branch, ticketId } = parked();
    branch.wait(24 * 60 * MINUTE_MS);
    const ends = branch.events.filter(({ data }) => 'ticketId' in data && data.ticketId === ticketId);
    expect(ends.at(-1)?.type).toBe('ticket-unserved');
  });
});
