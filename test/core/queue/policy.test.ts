import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkProfile } from '#core/branch/bank-document.ts';
import type { Gate } from '#core/branch/bank-document-gates.ts';
import type { Ticket } from '#core/branch/state.ts';
import { type CallingRules, callableTickets, chooseNext } from '#core/queue/policy.ts';
import { SEED } from '../../seed.ts';
import { LOBBY, openBranch, TELLER_2 } from '../played-branch.ts';

const NOW = 1_800_000_000_000;
const MINUTE_MS = 60_000;
const RETURNED_FIRST: Gate[] = [{ kind: 'returned' }, { kind: 'arrival' }];

function profileOf(queueIds: string[], gates = RETURNED_FIRST): WorkProfile {
  return { id: 'profile', name: { zh: '窗口', en: 'Window' }, queueIds, gates };
}

/** Caps: 2 for `ordinary`, else 5. */
const CLASSES = ['ordinary', 'gold', 'platinum'].map(id => ({
  id,
  name: { zh: id, en: id },
  overtakingCap: id === 'ordinary' ? 2 : 5,
}));

type TicketSketch = [
  arrival: number,
  queueId?: string,
  returnsAfterCalls?: number | null,
  status?: Ticket['status'],
  more?: Partial<Ticket>,
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
  more = {},
]: TicketSketch): Ticket {
  const queuedAt = NOW - MINUTE_MS;
  return {
    ...SAMPLE,
    ticketId: `t${arrival}`,
    arrival,
    queueId,
    returnsAfterCalls,
    status,
    queuedAt,
    ...more,
  };
}

function rulesOf(profile: WorkProfile, ratioCalls = new Map<string, number>()): CallingRules {
  return { profile, classes: CLASSES, now: NOW, ratioCalls };
}

function choose(sketches: TicketSketch[], profile = profileOf(['cash', 'change'])) {
  const callable = callableTickets(sketches.map(ticketOf), profile, 'counter-1');
  const choice = chooseNext(callable, rulesOf(profile));
  return choice && [choice.ticket.ticketId, choice.gate, choice.passed.map(ticket => ticket.ticketId)];
}

/** A waiting ticket of a class that has waited some minutes. */
function waiting(
  arrival: number,
  classId: string,
  minutes: number,
  more: Partial<Ticket> = {},
): TicketSketch {
  return [arrival, 'cash', null, 'waiting', { classId, queuedAt: NOW - minutes * MINUTE_MS, ...more }];
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

  it('[CS1] [CS7] parked tickets that are ready come next, ready longest first', () => {
    const profile = profileOf(['cash'], [{ kind: 'parked-ready' }, { kind: 'arrival' }]);
    const tickets = [
      waiting(1, 'gold', 9),
      waiting(2, 'gold', 8, { readyAt: NOW - 1 }),
      waiting(3, 'gold', 7, { readyAt: NOW - 2 }),
    ];
    expect(choose(tickets, profile)).toEqual(['t3', 'parked-ready', ['t1', 't2']]);
    expect(choose(tickets.slice(0, 2), profile)).toEqual(['t2', 'parked-ready', ['t1']]);
    expect(choose(tickets.slice(0, 1), profile)).toEqual(['t1', 'arrival', []]);
  });

  it('[CS1] [TK8] appointments come next from their time on, earliest first; before it they let others go', () => {
    const profile = profileOf(['cash'], [{ kind: 'appointment-due' }, { kind: 'arrival' }]);
    const early = waiting(1, 'gold', 20, { appointmentAt: NOW + 1 });
    const due = [
      waiting(3, 'gold', 1, { appointmentAt: NOW }),
      waiting(4, 'gold', 2, { appointmentAt: NOW - 5 }),
    ];
    expect(choose([early, waiting(2, 'gold', 9), ...due], profile)).toEqual([
      't4',
      'appointment-due',
      ['t2', 't3'],
    ]);
    expect(choose([early, waiting(2, 'gold', 9)], profile)).toEqual(['t2', 'arrival', []]);
    expect(choose([early], profile)).toEqual(['t1', 'arrival', []]);
  });

  it("[CS1] tickets over their class's longest wait, oldest overrun first", () => {
    const limits = [
      { classId: 'gold', minutes: 10 },
      { classId: 'platinum', minutes: 5 },
    ];
    const profile = profileOf(['cash'], [{ kind: 'longest-wait', limits }, { kind: 'arrival' }]);
    const tickets = [
      waiting(1, 'ordinary', 60),
      waiting(2, 'gold', 12),
      waiting(3, 'platinum', 8),
      waiting(4, 'platinum', 5),
    ];
    expect(choose(tickets, profile)).toEqual(['t3', 'longest-wait', ['t1', 't2']]);
    expect(choose([...tickets.slice(0, 2), ...tickets.slice(3)], profile)).toEqual([
      't2',
      'longest-wait',
      ['t1'],
    ]);
    // Exactly at the limit is not over it, and a class without a limit has none.
    expect(choose([waiting(1, 'ordinary', 60), waiting(4, 'platinum', 5)], profile)).toEqual([
      't1',
      'arrival',
      [],
    ]);
  });

  it('[CS1] the largest wait × (weight + 1); ties by arrival', () => {
    const weights = [
      { classId: 'gold', weight: 1 },
      { classId: 'platinum', weight: 2 },
    ];
    const profile = profileOf(['cash'], [{ kind: 'ageing', weights }]);
    expect(
      choose([waiting(1, 'ordinary', 11), waiting(2, 'gold', 6), waiting(3, 'platinum', 3)], profile),
    ).toEqual(['t2', 'ageing', ['t1']]);
    expect(
      choose([waiting(1, 'ordinary', 12), waiting(2, 'gold', 6), waiting(3, 'platinum', 4)], profile),
    ).toEqual(['t1', 'ageing', []]);
  });

  it('[CS1] a clock that was set back makes nobody wait less than nothing, and arrival decides', () => {
    const profile = profileOf(['cash'], [{ kind: 'ageing', weights: [{ classId: 'gold', weight: 9 }] }]);
    expect(choose([waiting(1, 'ordinary', -90), waiting(2, 'gold', -30)], profile)).toEqual([
      't1',
      'ageing',
      [],
    ]);
  });

  it('[CS6] a ticket meant for one counter is called there alone, whatever its queue', () => {
    const tickets = [ticketOf([1, 'corporate', null, 'waiting', { onlyCounterId: 'counter-2' }])];
    const profile = profileOf(['cash']);
    expect(callableTickets(tickets, profile, 'counter-2')).toHaveLength(1);
    expect(callableTickets(tickets, profileOf(['corporate']), 'counter-1')).toEqual([]);
    expect(callableTickets(tickets, profileOf(['corporate']), null)).toEqual([]);
  });

  it(`[CS1] serves everybody in the end, in order of arrival where nobody missed a call (seed ${SEED})`, () => {
    const sketches = fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sketches, arrivals => {
        const line = arrivals.map(arrival => ticketOf([arrival])).sort((a, b) => a.arrival - b.arrival);
        const called: number[] = [];
        for (;;) {
          const choice = chooseNext(line, rulesOf(profileOf(['cash'])));
          if (!choice) break;
          expect(choice.passed).toEqual([]);
          called.push(choice.ticket.arrival);
          line.splice(line.indexOf(choice.ticket), 1);
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
        const profile = profileOf(['cash', 'change']);
        const choice = chooseNext(callableTickets(tickets, profile, null), rulesOf(profile));
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

describe('nobody is overtaken more than the cap of the class', () => {
  const PLATINUM_FIRST = profileOf(
    ['cash'],
    [{ kind: 'ageing', weights: [{ classId: 'platinum', weight: 100 }] }],
  );

  it('[CS2] at the cap nobody passes any more, and the call says so', () => {
    const vip = waiting(3, 'platinum', 5);
    expect(choose([waiting(1, 'ordinary', 9, { overtakes: 1 }), vip], PLATINUM_FIRST)).toEqual([
      't3',
      'ageing',
      ['t1'],
    ]);
    expect(choose([waiting(1, 'ordinary', 9, { overtakes: 2 }), vip], PLATINUM_FIRST)).toEqual([
      't1',
      'overtaking-cap',
      [],
    ]);
  });

  it('[CS2] the gates decide among those who pass nobody at the cap', () => {
    const tickets = [
      waiting(1, 'ordinary', 9, { overtakes: 1 }),
      waiting(2, 'platinum', 3),
      waiting(3, 'ordinary', 8, { overtakes: 2 }),
      waiting(4, 'platinum', 8),
    ];
    expect(choose(tickets, PLATINUM_FIRST)).toEqual(['t2', 'overtaking-cap', ['t1']]);
  });

  it('[CS2] who comes first anyway needs no protection, and the gate is named', () => {
    expect(
      choose([waiting(1, 'platinum', 9), waiting(2, 'ordinary', 9, { overtakes: 2 })], PLATINUM_FIRST),
    ).toEqual(['t1', 'ageing', []]);
  });

  it('[CS2] a class the bank has taken away keeps the default cap', () => {
    const vip = waiting(3, 'platinum', 5);
    expect(choose([waiting(1, 'royal', 9, { overtakes: 4 }), vip], PLATINUM_FIRST)?.[0]).toBe('t3');
    expect(choose([waiting(1, 'royal', 9, { overtakes: 5 }), vip], PLATINUM_FIRST)?.[0]).toBe('t1');
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
    expect(branch.ticket(passed).overtakes).toBe(1);
  });
});
