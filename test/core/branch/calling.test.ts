import { describe, expect, it } from 'vitest';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { BankDocument as BankDocumentSchema } from '#core/branch/bank-document.ts';
import { envelopeToEvent } from '#core/branch/events.ts';
import { evolve } from '#core/branch/evolve.ts';
import { figureReport, findFigure } from '#core/figures/day-figures.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { tellerView } from '#core/views/teller-view.ts';
import { bankWith, openBranch, type PlayedBranch, SECOND_MS, staff, TELLER_1 } from '../played-branch.ts';

/** The branch manager has the right to choose; here at the care counter, which serves the cash queue too. */
const MANAGER = staff('3001');
const CARE = 'care-counter';

function managedBranch(document: BankDocument = SAMPLE_BANK): PlayedBranch {
  const branch = openBranch(document);
  branch.signIn('3001');
  branch.must('open-counter', { counterId: CARE }, MANAGER);
  return branch;
}

const choose = (branch: PlayedBranch, number: string, more: object = {}) =>
  branch.codeOf('call-chosen', { counterId: CARE, number, reasonId: 'unwell', ...more }, MANAGER);

describe('a chosen call', () => {
  it('[CS4] needs the right and a reason, is recorded with both, and shows in the figures', () => {
    const branch = managedBranch();
    const first = branch.issue();
    const second = branch.issue();
    const { number } = branch.ticket(second);
    const args = { counterId: 'counter-1', number, reasonId: 'unwell' };
    expect(branch.codeOf('call-chosen', args, TELLER_1)).toBe('S704');
    expect(choose(branch, number, { reasonId: 'whim' })).toBe('T833');
    expect(choose(branch, number)).toBe('ok');
    expect(branch.events.at(-1)).toMatchObject({
      type: 'ticket-called',
      data: { ticketId: second, gate: 'chosen', passed: [first], chosen: { reasonId: 'unwell' } },
    });
    expect(branch.ticket(second).call).toMatchObject({ gate: 'chosen', choiceReasonId: 'unwell' });
    expect(branch.ticket(first).overtakes).toBe(1);
    branch.call('counter-1');
    expect(findFigure(figureReport(branch.figures), 'calls-by-choice')).toMatchObject({
      numerator: 1,
      denominator: 2,
    });
  });

  it('[CS4] pressed twice, it calls nobody else', () => {
    const branch = managedBranch();
    const number = branch.ticket(branch.issue()).number;
    branch.issue();
    expect(choose(branch, number)).toBe('ok');
    expect(choose(branch, number)).toBe('T806');
    expect(branch.events.filter(event => event.type === 'ticket-called')).toHaveLength(1);
  });

  it('[CS4] is refused for a number that is not waiting for this counter', () => {
    const branch = managedBranch();
    const cash = branch.ticket(branch.issue()).number;
    const card = branch.ticket(branch.issue('credit-card')).number;
    expect(choose(branch, 'A999')).toBe('T831');
    expect(choose(branch, card)).toBe('T831');
    branch.call('counter-1');
    expect(choose(branch, cash)).toBe('T831');
    branch.must('pause-counter', { counterId: CARE, reasonId: 'lunch' }, MANAGER);
    expect(choose(branch, cash)).toBe('T807');
    expect(choose(branch, cash, { counterId: 'no-such-counter' })).toBe('T808');
  });

  it('[CS2] [CS4] passes nobody at the cap: who must go first is named', () => {
    const branch = managedBranch(
      bankWith({ classes: SAMPLE_BANK.classes.map(one => ({ ...one, overtakingCap: 1 })) }),
    );
    const first = branch.issue();
    const [second = '', third = ''] = [branch.issue(), branch.issue()].map(id => branch.ticket(id).number);
    expect(choose(branch, second)).toBe('ok');
    const ticketId = branch.configured().counters.get(CARE)?.ticketId ?? '';
    branch.must('mark-no-show', { counterId: CARE, ticketId }, MANAGER);
    const refused = branch.give(
      'call-chosen',
      { counterId: CARE, number: third, reasonId: 'unwell' },
      MANAGER,
    );
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'T832', facts: { number: third, first: branch.ticket(first).number } },
    });
    expect(branch.call(CARE, MANAGER)).toBe(first);
  });

  it('[CS4] is offered on screen only with the right and reasons, and tells nothing of who waits', () => {
    const branch = managedBranch();
    branch.issue();
    const facts = {
      now: branch.now,
      upload: { state: 'off', durableSeq: 0, lastSeq: 0, code: null },
      uploadSince: 0,
    } as const;
    const view = (counterId: string, played = branch) =>
      tellerView(played.configured(), counterId, facts as never).choose;
    expect(view('counter-1')).toBeNull();
    expect(view(CARE)).toEqual({ reasons: SAMPLE_BANK.choiceReasons });
    const without = managedBranch(bankWith({ choiceReasons: [] }));
    expect(view(CARE, without)).toBeNull();
    without.issue();
    expect(choose(without, 'A001')).toBe('T833');
  });
});

describe('ratio counters', () => {
  const shares = [
    { classId: 'platinum', calls: 2 },
    { classId: 'gold', calls: 1 },
    { classId: 'ordinary', calls: 1 },
  ];
  const classOf: Record<string, string> = { 'personal-cash': 'platinum', convenience: 'gold' };
  const bank = bankWith({
    queues: SAMPLE_BANK.queues.map(queue => ({ ...queue, classId: classOf[queue.id] ?? 'ordinary' })),
    profiles: SAMPLE_BANK.profiles.map(profile => ({
      ...profile,
      queueIds: ['personal-cash', 'convenience', 'personal-other'],
      gates: [{ kind: 'ratio', shares }],
    })),
    classes: SAMPLE_BANK.classes.map(one => ({ ...one, overtakingCap: 100 })),
  });
  const BUSINESS: Record<string, string> = { p: 'personal-cash', g: 'change', o: 'personal-transfer' };
  const LETTER: Record<string, string> = { platinum: 'p', gold: 'g', ordinary: 'o' };

  function callsOf(branch: PlayedBranch, count: number): string {
    return Array.from({ length: count }, () => {
      branch.wait(SECOND_MS);
      return LETTER[branch.ticket(branch.miss()).classId];
    }).join('');
  }

  it.each([
    ['ooooggggpppp', 'ppgoppgogogo'],
    ['oooo', 'oooo'],
    ['ppppoo', 'ppoppo'],
  ])(
    '[CS1] of %s calls %s: shares in their order, a class with nobody waiting is skipped',
    (waiting, called) => {
      const branch = openBranch(bank);
      for (const letter of waiting) branch.issue(BUSINESS[letter]);
      expect(callsOf(branch, waiting.length)).toBe(called);
    },
  );

  it('[CS1] the round is shared by the counters of a profile and begins anew each day', () => {
    const branch = openBranch(bank);
    for (const letter of 'ppggoo') branch.issue(BUSINESS[letter]);
    branch.miss('counter-1');
    expect([...(branch.state.ratioCalls.get('cash') ?? [])]).toEqual([['platinum', 1]]);
    branch.wait(24 * 3_600_000);
    expect(branch.state.ratioCalls.size).toBe(0);
  });

  it('[CS1] [CS2] a call the cap has forced uses up no share', () => {
    const capped = bankWith({
      ...bank,
      classes: SAMPLE_BANK.classes.map(one => ({ ...one, overtakingCap: 1 })),
    });
    const branch = openBranch(capped);
    for (const letter of 'opppp') branch.issue(BUSINESS[letter]);
    expect(callsOf(branch, 4)).toBe('popp');
    const gates = branch.events.flatMap(({ type, data }) => (type === 'ticket-called' ? [data.gate] : []));
    expect(gates).toEqual(['ratio', 'overtaking-cap', 'ratio', 'ratio']);
    expect([...(branch.state.ratioCalls.get('cash') ?? [])]).toEqual([['platinum', 1]]);
  });
});

describe('journals and documents written before', () => {
  it('[CS4] a call recorded without a choice was the policy’s', () => {
    const envelope = {
      branch: 'b',
      epoch: 1,
      seq: 1,
      id: 'e',
      at: 1,
      type: 'ticket-called',
      version: 1,
      actor: 'system',
      station: 's',
      data: { ticketId: 't', counterId: 'c', gate: 'arrival', passed: [] },
      hash: '0'.repeat(64),
    };
    const read = envelopeToEvent(envelope as never);
    expect(read).toMatchObject({ ok: true, value: { data: { chosen: null } } });
    const { state } = openBranch();
    if (read.ok) expect(evolve(state, read.value).tickets).toEqual(state.tickets);
  });

  it('[CS2] a bank document without caps and reasons gets the default cap and no choice', () => {
    const { choiceReasons: _, classes, ...rest } = structuredClone(SAMPLE_BANK);
    const old = { ...rest, classes: classes.map(({ id, name }) => ({ id, name })) };
    const parsed = BankDocumentSchema.parse(old);
    expect(parsed.choiceReasons).toEqual([]);
    expect(parsed.classes.map(one => one.overtakingCap)).toEqual(classes.map(() => 5));
  });

  it.each([
    ['an unknown class', [{ kind: 'longest-wait', limits: [{ classId: 'royal', minutes: 5 }] }]],
    [
      'a class named twice',
      [
        {
          kind: 'ageing',
          weights: [
            { classId: 'gold', weight: 1 },
            { classId: 'gold', weight: 2 },
          ],
        },
      ],
    ],
    ['two ratio gates', Array(2).fill({ kind: 'ratio', shares: shareOf('gold', 'ordinary') })],
    ['half a share', [{ kind: 'ratio', shares: [{ classId: 'gold', calls: 0.5 }, ...shareOf('ordinary')] }]],
    ['an unknown gate', [{ kind: 'lottery' }]],
  ])('[CS1] %s in a gate is refused, and the field is named', (_, gates) => {
    const [first, ...others] = SAMPLE_BANK.profiles;
    const parsed = BankDocumentSchema.safeParse({
      ...SAMPLE_BANK,
      profiles: [{ ...first, gates }, ...others],
    });
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]?.path.slice(0, 3).join('.')).toBe('profiles.0.gates');
  });
});

function shareOf(...classIds: string[]) {
  return classIds.map(classId => ({ classId, calls: 1 }));
}
