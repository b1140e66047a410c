import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Ticket } from '#core/branch/state.ts';
import { chooseNext } from '#core/queue/policy.ts';
import { classInTurn, nextRound, type RatioCalls } from '#core/queue/ratio.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { openBranch } from '../core/played-branch.ts';
import { SEED } from '../seed.ts';
import { anyCaps, anyGates, CLASS_IDS } from './random-policy.ts';
import { referenceChoice, slotsAfter, type Waiting } from './reference-policy.ts';

const NOW = 1_800_000_000_000;
const MINUTE_MS = 60_000;
const [SAMPLE] = (() => {
  const branch = openBranch();
  return [branch.ticket(branch.issue())];
})();

const anyTicket = fc.record({
  classId: fc.constantFrom(...CLASS_IDS, 'royal'),
  // Whole minutes, so that there are ties; some in the future, after a clock that was set back.
  minutes: fc.integer({ min: -5, max: 45 }),
  readyAt: fc.option(fc.constantFrom(NOW, NOW - 1, NOW - 2), { freq: 4 }),
  appointmentAt: fc.option(fc.constantFrom(NOW - 1, NOW, NOW + 1), { freq: 4 }),
  callsToGo: fc.option(fc.constantFrom(0, 0, 1, 3), { freq: 4 }),
  overtakes: fc.integer({ min: 0, max: 7 }),
});

const toTicket = (one: Waiting): Ticket => ({
  ...SAMPLE,
  ticketId: one.id,
  number: `A${String(one.place).padStart(3, '0')}`,
  classId: one.classId,
  arrival: one.place,
  queuedAt: one.since,
  readyAt: one.readyAt,
  appointmentAt: one.appointmentAt,
  returnsAfterCalls: one.callsToGo,
  overtakes: one.overtakes,
});

it(`[CS1] [CS2] the policy calls as the rules say, ticket, gate and passed, down to the last one (seed ${SEED})`, () => {
  const gatesSeen = new Set<string>();
  fc.assert(
    fc.property(fc.array(anyTicket, { maxLength: 25 }), anyGates, anyCaps, (drawn, gates, caps) => {
      let waiting: Waiting[] = drawn.map(({ minutes, ...one }, place) => ({
        ...one,
        id: `t${place}`,
        place,
        since: NOW - minutes * MINUTE_MS,
      }));
      const profile = { id: 'p', name: { zh: '', en: '' }, queueIds: [SAMPLE.queueId], gates };
      const classes = Object.entries(caps).map(([id, overtakingCap]) => ({
        id,
        name: { zh: '', en: '' },
        overtakingCap,
      }));
      const ratio = gates.find(one => one.kind === 'ratio');
      let ratioCalls: RatioCalls = new Map();
      let slotsLeft: string[] = [];
      while (waiting.length > 0) {
        const choice = chooseNext(waiting.map(toTicket), { profile, classes, now: NOW, ratioCalls });
        const expected = referenceChoice(waiting, { gates, caps, now: NOW, slotsLeft });
        expect(
          choice && {
            id: choice.ticket.ticketId,
            gate: choice.gate,
            passed: choice.passed.map(ticket => ticket.ticketId),
          },
        ).toEqual(expected);
        if (!choice || !expected) return;
        gatesSeen.add(choice.gate);
        if (ratio && choice.gate === 'ratio') {
          ratioCalls = nextRound(ratio, ratioCalls, choice.ticket.classId);
          slotsLeft = slotsAfter(ratio, slotsLeft, choice.ticket.classId);
        }
        waiting = waiting
          .filter(one => one.id !== expected.id)
          .map(one => (expected.passed.includes(one.id) ? { ...one, overtakes: one.overtakes + 1 } : one));
      }
    }),
    { seed: SEED, numRuns: 600 },
  );
  // The test is only worth its time when every gate gets to choose.
  expect([...gatesSeen].sort()).toEqual([
    'ageing',
    'appointment-due',
    'arrival',
    'longest-wait',
    'overtaking-cap',
    'parked-ready',
    'ratio',
    'returned',
  ]);
});

it('[CS1] 2 platinum : 1 gold : 1 ordinary calls just that, over any number of rounds', () => {
  const shares = [
    { classId: 'platinum', calls: 2 },
    { classId: 'gold', calls: 1 },
    { classId: 'ordinary', calls: 1 },
  ];
  const everybody = new Set(CLASS_IDS);
  let calls: RatioCalls = new Map();
  const called = Array.from({ length: 40 }, () => {
    const classId = classInTurn({ kind: 'ratio', shares }, calls, everybody) ?? '';
    calls = nextRound({ kind: 'ratio', shares }, calls, classId);
    return classId;
  });
  for (let round = 0; round < 40; round += 4)
    expect(called.slice(round, round + 4)).toEqual(['platinum', 'platinum', 'gold', 'ordinary']);
});

it('[CS1] answers at once with nobody, and with 999 tickets waiting', () => {
  const [profile] = SAMPLE_BANK.profiles;
  if (!profile) throw new Error('the sample bank has no profile');
  const rules = { profile, classes: SAMPLE_BANK.classes, now: NOW, ratioCalls: new Map() };
  expect(chooseNext([], rules)).toBeUndefined();
  const line = Array.from({ length: 999 }, (_, place) =>
    toTicket({
      id: `t${place}`,
      place,
      classId: CLASS_IDS[place % 3] ?? 'gold',
      since: NOW - (999 - place) * 1000,
      readyAt: null,
      appointmentAt: null,
      callsToGo: null,
      overtakes: 0,
    }),
  );
  expect(chooseNext(line, rules)?.passed.length).toBeLessThan(3);
});
