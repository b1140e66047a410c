import { describe, expect, it } from 'vitest';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { evolve } from '#core/branch/evolve.ts';
import { EMPTY_BRANCH } from '#core/branch/state.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { setupView } from '#core/views/setup-view.ts';
import {
  DAY_MS,
  MINUTE_MS,
  openBranch,
  type PlayedBranch,
  SECOND_MS,
  staff,
  TELLER_1,
} from '../played-branch.ts';

const ADMIN = staff('9001');

/** A branch in the morning with the administrator signed in. */
function administered(document: BankDocument = SAMPLE_BANK): PlayedBranch {
  const branch = openBranch(document);
  branch.signIn('9001');
  return branch;
}

/** The next version of the document in force, with parts replaced. */
const next = (branch: PlayedBranch, more: Partial<BankDocument> = {}): Record<string, unknown> => {
  const { document } = branch.configured();
  return { ...document, version: document.version + 1, ...more };
};
const without = <T extends { id: string }>(list: readonly T[], id: string) =>
  list.filter(one => one.id !== id);

function refusal(
  branch: PlayedBranch,
  document: Record<string, unknown>,
  when: 'now' | 'when-free' | number = 'now',
) {
  const decision = branch.give('propose-document', { document: JSON.stringify(document), when }, ADMIN);
  return decision.ok ? { code: 'ok' } : decision.error;
}

/** Proposes what has to be accepted. */
const propose = (branch: PlayedBranch, document: object, when: 'now' | 'when-free' | number) =>
  branch.must('propose-document', { document: JSON.stringify(document), when }, ADMIN);

const LONGER = { limits: { ...SAMPLE_BANK.limits, recalls: 5 } };

describe('a new version of the bank document', () => {
  it('[HO3] is in force at once, with who set it, and the one before can be gone back to', () => {
    const branch = administered();
    expect(propose(branch, next(branch, LONGER), 'now')).toEqual({
      version: 2,
      outcome: 'applied',
    });
    const { document, previousDocuments, documentApplied } = branch.configured();
    expect([document.version, document.limits.recalls]).toEqual([2, 5]);
    expect(documentApplied).toMatchObject({ at: branch.now, by: 'staff' });
    expect(previousDocuments.map(one => one.document.version)).toEqual([1]);
    const [before] = previousDocuments;
    propose(branch, { ...before?.document, version: 3 }, 'now');
    expect(branch.configured().document).toEqual({ ...SAMPLE_BANK, version: 3 });
  });

  it('[HO3] the last two before it are kept, newest first', () => {
    const branch = administered();
    for (let count = 0; count < 4; count++) propose(branch, next(branch), 'now');
    expect(branch.state.previousDocuments.map(one => one.document.version)).toEqual([4, 3]);
  });

  it('[HO3] waits for its time, and comes then by itself', () => {
    const branch = administered();
    const appliesAt = branch.now + 10 * MINUTE_MS;
    expect(propose(branch, next(branch, LONGER), appliesAt)).toEqual({ version: 2, outcome: 'waiting' });
    branch.wait(10 * MINUTE_MS - 1);
    expect(branch.configured().document.version).toBe(1);
    expect(branch.state.pendingDocument).toMatchObject({ appliesAt, by: 'staff' });
    branch.wait(1);
    expect(branch.configured().document.version).toBe(2);
    expect(branch.state.pendingDocument).toBeNull();
    expect(branch.state.documentApplied?.by).toBe('staff');
  });

  it('[HO3] waiting for its time can be withdrawn, once and only the one that was seen', () => {
    const branch = administered();
    propose(branch, next(branch), branch.now + DAY_MS);
    expect(branch.codeOf('withdraw-document', { version: 3 }, ADMIN)).toBe('C907');
    branch.must('withdraw-document', { version: 2 }, ADMIN);
    expect(branch.codeOf('withdraw-document', { version: 2 }, ADMIN)).toBe('C907');
    branch.wait(2 * DAY_MS);
    expect(branch.configured().document.version).toBe(1);
  });

  it('[HO3] another one is refused while one waits, and one made from an older version too', () => {
    const branch = administered();
    propose(branch, next(branch), branch.now + DAY_MS);
    expect(refusal(branch, next(branch))).toEqual({ code: 'C910', facts: { version: 2 } });
    branch.must('withdraw-document', { version: 2 }, ADMIN);
    const madeFromFirst = next(branch, LONGER);
    propose(branch, next(branch), 'now');
    expect(refusal(branch, madeFromFirst)).toEqual({ code: 'C909', facts: { version: 2 } });
    expect(refusal(branch, { ...madeFromFirst, version: 9 })).toMatchObject({ code: 'C909' });
  });

  it('[HO3] is refused whole when a field is wrong, when it is huge, for another branch, at a wrong time', () => {
    const branch = administered();
    expect(refusal(branch, { ...next(branch), greeting: 'x' })).toEqual({
      code: 'C901',
      facts: { count: 1, field: 'greeting', problem: 'unknown-field' },
    });
    const long = { zh: '号'.repeat(400), en: 'x'.repeat(400) };
    const huge = Array.from({ length: 2000 }, (_, n) => ({
      number: `h${n}`,
      name: long,
      roleIds: ['administrator'],
      stars: null,
      photo: null,
    }));
    expect(refusal(branch, next(branch, { staff: huge }))).toMatchObject({ code: 'C908' });
    const elsewhere = { ...SAMPLE_BANK.branch, id: 'other' };
    expect(refusal(branch, next(branch, { branch: elsewhere }))).toMatchObject({ code: 'C914' });
    for (const when of [0, branch.now, branch.now + 400 * DAY_MS])
      expect(refusal(branch, next(branch), when)).toEqual({ code: 'C911' });
    expect(branch.configured().document).toEqual(SAMPLE_BANK);
  });

  it('[HO3] that leaves nobody with the right to set up is refused', () => {
    const branch = administered();
    expect(
      refusal(branch, next(branch, { staff: SAMPLE_BANK.staff.filter(one => one.number !== '9001') })),
    ).toEqual({ code: 'C913' });
    const roles = SAMPLE_BANK.roles.map(role => ({
      ...role,
      rights: role.rights.filter(right => right !== 'set-up'),
    }));
    expect(refusal(branch, next(branch, { roles }))).toEqual({ code: 'C913' });
  });

  it('[ID1] needs the right', () => {
    const branch = administered();
    expect(
      branch.codeOf('propose-document', { document: JSON.stringify(next(branch)), when: 'now' }, TELLER_1),
    ).toBe('S704');
  });

  it('[ID1] ends the sessions of people it does not know any more', () => {
    const branch = administered();
    propose(branch, next(branch, { staff: SAMPLE_BANK.staff.filter(one => one.number !== '2001') }), 'now');
    expect([...branch.state.sessions.values()].map(one => one.staffNumber).sort()).toEqual([
      '1001',
      '1002',
      '1004',
      '9001',
    ]);
  });

  it('[HO3] from head office overtakes an older one that waits, and may wait itself', () => {
    const branch = administered();
    propose(branch, next(branch), branch.now + DAY_MS);
    const appliesAt = branch.now + MINUTE_MS;
    branch.must('apply-bank-document', { document: { ...SAMPLE_BANK, version: 7 }, appliesAt });
    expect(branch.state.pendingDocument?.document.version).toBe(7);
    branch.must('apply-bank-document', { document: { ...SAMPLE_BANK, version: 8 } });
    expect([branch.configured().document.version, branch.state.pendingDocument]).toEqual([8, null]);
    branch.wait(DAY_MS);
    expect(branch.configured().document.version).toBe(8);
  });
});

describe('what is at work is never locked out', () => {
  const cash = 'personal-cash';
  const noCash = {
    queues: without(SAMPLE_BANK.queues, cash),
    businesses: SAMPLE_BANK.businesses.map(one =>
      one.queueId === cash ? { ...one, queueId: 'convenience' } : one,
    ),
    profiles: SAMPLE_BANK.profiles.map(one => ({ ...one, queueIds: one.queueIds.filter(id => id !== cash) })),
  };

  it('[HO3] a queue with people in it cannot go; when it is empty it can', () => {
    const branch = administered();
    branch.issue();
    branch.issue();
    expect(refusal(branch, next(branch, noCash))).toEqual({
      code: 'C912',
      facts: { reason: 'queue-in-use', name: '个人现金', nameEn: 'Personal cash', count: 2, others: 0 },
    });
    branch.serve();
    branch.miss();
    // A no-show may come back to its queue.
    expect(refusal(branch, next(branch, noCash))).toMatchObject({ code: 'C912', facts: { count: 1 } });
    branch.wait(DAY_MS);
    branch.signIn('9001');
    expect(refusal(branch, next(branch, noCash))).toEqual({ code: 'ok' });
  });

  it('[HO3] a queue that people wait in must stay with some counter', () => {
    const branch = administered();
    branch.issue();
    const profiles = SAMPLE_BANK.profiles.map(one => ({
      ...one,
      queueIds: one.queueIds.filter(id => id !== cash),
    }));
    expect(refusal(branch, next(branch, { profiles }))).toMatchObject({
      code: 'C912',
      facts: { reason: 'queue-unserved', count: 1 },
    });
  });

  it.each([
    ['business-in-use', '个人现金业务', { businesses: without(SAMPLE_BANK.businesses, cash) }],
    [
      'class-in-use',
      '普通客户',
      {
        classes: without(SAMPLE_BANK.classes, 'ordinary'),
        queues: SAMPLE_BANK.queues.map(one => ({ ...one, classId: 'gold' })),
        profiles: SAMPLE_BANK.profiles.map(one => ({ ...one, gates: [{ kind: 'arrival' }] })),
      },
    ],
    ['counter-in-use', '1号窗口', { counters: without(SAMPLE_BANK.counters, 'counter-1') }],
    ['teller-at-counter', '柜员01', { staff: SAMPLE_BANK.staff.filter(one => one.number !== '1001') }],
    [
      'teller-at-counter',
      '柜员01',
      {
        staff: SAMPLE_BANK.staff.map(one =>
          one.number === '1001' ? { ...one, roleIds: ['administrator'] } : one,
        ),
      },
    ],
    ['time-zone', '中心支行营业部', { branch: { ...SAMPLE_BANK.branch, timeZone: 'Europe/Paris' } }],
  ] as const)('[HO3] %s: %s', (reason, name, more) => {
    const branch = administered();
    branch.issue();
    expect(refusal(branch, next(branch, structuredClone(more) as Partial<BankDocument>))).toMatchObject({
      code: 'C912',
      facts: { reason, name },
    });
    expect(branch.configured().document.version).toBe(1);
  });

  it('[HO3] a counter that somebody waits for cannot go, though nobody is on it', () => {
    const branch = administered();
    const ticketId = branch.issue();
    const ticket = { ...branch.ticket(ticketId), onlyCounterId: 'counter-3' };
    branch.state = { ...branch.state, tickets: new Map([[ticketId, ticket]]) };
    expect(
      refusal(branch, next(branch, { counters: without(SAMPLE_BANK.counters, 'counter-3') })),
    ).toMatchObject({ code: 'C912', facts: { reason: 'counter-awaited', name: '3号窗口', count: 1 } });
  });

  it('[TK10] a business that is still to come on a ticket cannot go', () => {
    const branch = administered();
    const ticketId = branch.issue();
    const ticket = branch.ticket(ticketId);
    const later = { ...ticket, visit: { ...ticket.visit, laterBusinessIds: ['credit-card'] } };
    branch.state = { ...branch.state, tickets: new Map([[ticketId, later]]) };
    const businesses = without(SAMPLE_BANK.businesses, 'credit-card');
    expect(refusal(branch, next(branch, { businesses }))).toMatchObject({
      code: 'C912',
      facts: { reason: 'business-in-use', nameEn: 'Credit cards', count: 1 },
    });
  });

  it('[RT1] rating levels never change under the finger of a customer who is rating', () => {
    const branch = administered();
    branch.issue();
    branch.serve();
    const ratingLevels = [...SAMPLE_BANK.ratingLevels].reverse();
    expect(refusal(branch, next(branch, { ratingLevels }))).toMatchObject({
      code: 'C912',
      facts: { reason: 'rating-open' },
    });
    propose(branch, next(branch, { ratingLevels }), 'when-free');
    branch.wait(SECOND_MS);
    expect(branch.configured().document.version).toBe(1);
    branch.must('press-rating', { counterId: 'counter-1', position: 1 }, { kind: 'device', deviceId: 'k' });
    expect(branch.state.recentRatings[0]).toMatchObject({ levelId: 'very-satisfied' });
    branch.wait(SECOND_MS);
    expect(branch.configured().document.ratingLevels[0]?.id).toBe('dissatisfied');
  });

  it('[HO3] as soon as free: waits for the last ticket, and the view says what it waits for', () => {
    const branch = administered();
    branch.issue();
    propose(branch, next(branch, noCash), 'when-free');
    branch.wait(MINUTE_MS);
    expect(setupView(branch.configured(), []).pending?.blocks).toEqual([
      { reason: 'queue-in-use', name: { zh: '个人现金', en: 'Personal cash' }, count: 1 },
    ]);
    branch.serve();
    branch.wait(SECOND_MS);
    expect(branch.configured().document.version).toBe(2);
  });

  it('[HO3] as soon as free: comes with the new day at the latest, before its first customer', () => {
    const branch = administered();
    branch.issue();
    propose(branch, next(branch, noCash), 'when-free');
    branch.now += DAY_MS;
    // The first command of the day is a customer's, who would otherwise take a number of the old queue.
    const ticketId = branch.issue();
    expect([branch.configured().document.version, branch.ticket(ticketId).queueId]).toEqual([
      2,
      'convenience',
    ]);
  });
});

describe('the record', () => {
  it('[ID3] replays to the same state from its events alone', () => {
    const branch = administered();
    propose(branch, next(branch), branch.now + MINUTE_MS);
    branch.must('withdraw-document', { version: 2 }, ADMIN);
    propose(branch, next(branch, LONGER), branch.now + MINUTE_MS);
    branch.must('record-password', { staffNumber: '1001' }, ADMIN);
    branch.wait(MINUTE_MS);
    expect(branch.events.reduce(evolve, EMPTY_BRANCH)).toEqual(branch.state);
    expect(branch.configured().document.version).toBe(2);
  });

  it('[ID1] a new password ends a lock, and nobody unknown gets one', () => {
    const branch = administered();
    for (let attempt = 0; attempt < 5; attempt++)
      branch.must('record-sign-in', { staffNumber: '1005', passwordFits: false, sessionId: 's' });
    expect(branch.codeOf('record-sign-in', { staffNumber: '1005', passwordFits: true, sessionId: 's' })).toBe(
      'S702',
    );
    branch.must('record-password', { staffNumber: '1005' }, ADMIN);
    expect(branch.codeOf('record-sign-in', { staffNumber: '1005', passwordFits: true, sessionId: 's' })).toBe(
      'ok',
    );
    expect(branch.codeOf('record-password', { staffNumber: '7777' }, ADMIN)).toBe('S707');
  });

  it('[ID1] the view says who cannot sign in yet', () => {
    const branch = administered();
    const numbers = SAMPLE_BANK.staff.map(one => one.number);
    expect(setupView(branch.configured(), numbers.slice(1)).withoutPassword).toEqual([numbers[0]]);
  });
});
