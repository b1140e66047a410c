import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gate, WorkProfile } from '#core/branch/bank-document.ts';
import type { Ticket } from '#core/branch/state.ts';
import { chooseNext } from '#core/queue/policy.ts';
import { SEED } from '../../seed.ts';
import { LOBBY, openBranch, TELLER_2 } from '../played-branch.ts';

const RETURNED_FIRST: Gate[] = [{ kind: 'returned' }, { kind: 'arrival' }];

function profileOf(queueIds: string[], gates = RETURNED_FIRST): WorkProfile {
  return { id: 'profile', name: { zh: '窗口', en: 'Window' }, queueIds, gates };
}

type TicketSketch = [
  arrival: number,
  queueId?: string,
  returnsAfterCalls?: number | null,
  status?: Ticket['status'],
];

const [SAMPLE] = (() => {
  const branch = openBranch();
  return [branch.ticket(branch.issue())];
})();

function ticketOf([
  arrival,
  queueId = 'cash',
  returnsAfterCalls = null,
  status = 'waiting',
]: TicketSketch): Ticket {
  return { ...SAMPLE, ticketId: `t${arrival}`, arrival, queueId, returnsAfterCalls, status };
}

function choose(sketches: TicketSketch[], profile = profileOf(['cash', 'change'])) {
  const choice = chooseNext(sketches.map(ticketOf), profile);
  return choice && [choice.ticket.ticketId, choice.gate, choice.passed.map(ticket => ticket.ticketId)];
}

describe('whom to call next', () => {
  it('[CS1] the longest in the queues of the profile, by order of arrival, not of the list', () => {
    expect(choose([[3], [1, 'change'], [2]])).toEqual(['t1', 'arrival', []]);
    expect(choose([[1, 'corporate'], [2]])).toEqual(['t2', 'arrival', []]);
  });

  it('[CS1] nobody, when nobody of its queues waits', () => {
    expect(choose([])).toBeUndefined();
    expect(
      choose([
        [1, 'corporate'],
        [2, 'cash', null, 'called'],
        [3, 'cash', null, 'done'],
      ]),
    ).toBeUndefined();
  });

  it('[CS3] a returned no-show whose turn has come goes first, and names whom it passed', () => {
    expect(choose([[1, 'change'], [2, 'cash', 0], [3]])).toEqual(['t2', 'returned', ['t1']]);
    expect(choose([[1, 'cash', 1], [2]])).toEqual(['t2', 'arrival', []]);
  });

  it('[CS3] a returned no-show does not wait in front of an idle window', () => {
    expect(choose([[1, 'cash', 3]])).toEqual(['t1', 'returned', []]);
    expect(
      choose([
        [4, 'cash', 1],
        [2, 'cash', 3],
      ]),
    ).toEqual(['t2', 'returned', []]);
  });

  it('[CS1] gates are tried in the order of the bank; without one for returned tickets, arrival decides', () => {
    const arrivalOnly = profileOf(['cash', 'change'], [{ kind: 'arrival' }]);
    expect(choose([[1, 'change'], [2, 'cash', 0], [3]], arrivalOnly)).toEqual(['t1', 'arrival', []]);
    expect(choose([[2, 'cash', 0], [3]], arrivalOnly)).toEqual(['t2', 'arrival', []]);
    const arrivalFirst = profileOf(['cash', 'change'], [{ kind: 'arrival' }, { kind: 'returned' }]);
    expect(
      choose(
        [
          [1, 'change'],
          [2, 'cash', 0],
        ],
        arrivalFirst,
      ),
    ).toEqual(['t1', 'arrival', []]);
    const returnedOnly = profileOf(['cash'], [{ kind: 'returned' }]);
    expect(choose([[1], [2]], returnedOnly)).toEqual(['t1', 'arrival', []]);
  });

  it(`[CS1] serves everybody in the end, in order of arrival where nobody missed a call (seed ${SEED})`, () => {
    const sketches = fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sketches, arrivals => {
        const waiting = arrivals.map(arrival => ticketOf([arrival]));
        const called: number[] = [];
        for (;;) {
          const choice = chooseNext(waiting, profileOf(['cash']));
          if (!choice) break;
          expect(choice.passed).toEqual([]);
          called.push(choice.ticket.arrival);
          waiting.splice(waiting.indexOf(choice.ticket), 1);
        }
        expect(called).toEqual([...arrivals].sort((a, b) => a - b));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it(`[CS2] passed are exactly the earlier arrivals it could have called (seed ${SEED})`, () => {
    const ticket = fc.tuple(
      fc.constantFrom('cash', 'change', 'corporate'),
      fc.constantFrom(null, 0, 1, 3),
      fc.constantFrom<Ticket['status']>('waiting', 'waiting', 'waiting', 'called', 'no-show'),
    );
    fc.assert(
      fc.property(fc.array(ticket, { maxLength: 30 }), drawn => {
        const tickets = drawn.map(([queueId, returns, status], arrival) =>
          ticketOf([arrival, queueId, returns, status]),
        );
        const choice = chooseNext(tickets, profileOf(['cash', 'change']));
        if (!choice) return;
        const { arrival } = choice.ticket;
        const earlier = tickets.filter(
          ({ status, queueId, returnsAfterCalls, arrival: other }) =>
            status === 'waiting' && queueId !== 'corporate' && !returnsAfterCalls && other < arrival,
        );
        expect(choice.passed).toEqual(earlier);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe('a call in a branch', () => {
  it('[CS2] records the tickets that a returned no-show passed', () => {
    const branch = openBranch();
    branch.must('open-counter', { counterId: 'care-counter' }, TELLER_2);
    const passed = branch.issue('personal-transfer');
    branch.issue('personal-cash');
    const returned = branch.miss('counter-1');
    branch.must('return-no-show', { ticketId: returned }, LOBBY);
    for (let n = 0; n < 3; n++) {
      branch.issue('personal-cash');
      branch.miss('counter-1');
    }
    expect(branch.call('care-counter', TELLER_2)).toBe(returned);
    expect(branch.events.at(-1)?.data).toMatchObject({ gate: 'returned', passed: [passed] });
    expect(branch.ticket(returned).call).toMatchObject({ gate: 'returned', passedCount: 1 });
  });
});
