import fc from 'fast-check';
import { ALWAYS_OPEN } from '#core/branch/bank-arrival.ts';
import { BankDocument } from '#core/branch/bank-document.ts';
import type { Gate } from '#core/branch/bank-document-gates.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';

export const CLASS_IDS = ['ordinary', 'gold', 'platinum'] as const;
const QUEUE_IDS = ['personal-cash', 'convenience', 'personal-other', 'cards'];
/** One business of each of those queues. */
export const BUSINESS_IDS = ['personal-cash', 'change', 'personal-transfer', 'credit-card'];
export const COUNTER_IDS = ['counter-1', 'counter-2', 'counter-4', 'care-counter'];

/** Each class with a number, or not at all. */
function perClass<T>(value: fc.Arbitrary<T>, minLength: number) {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...CLASS_IDS), value), { minLength, selector: ([id]) => id })
    .map(pairs => pairs.map(([classId, number]) => ({ classId, number })));
}

const gate: fc.Arbitrary<Gate> = fc.oneof(
  fc.constantFrom<Gate>(
    { kind: 'returned' },
    { kind: 'parked-ready' },
    { kind: 'appointment-due' },
    { kind: 'arrival' },
  ),
  perClass(fc.integer({ min: 1, max: 40 }), 1).map(all => ({
    kind: 'longest-wait' as const,
    limits: all.map(({ classId, number }) => ({ classId, minutes: number })),
  })),
  perClass(fc.integer({ min: 1, max: 3 }), 2).map(all => ({
    kind: 'ratio' as const,
    shares: all.map(({ classId, number }) => ({ classId, calls: number })),
  })),
  perClass(fc.integer({ min: 0, max: 100 }), 1).map(all => ({
    kind: 'ageing' as const,
    weights: all.map(({ classId, number }) => ({ classId, weight: number })),
  })),
);

/** Gates in any order, some several times; at most one ratio gate, as a document demands. */
export const anyGates: fc.Arbitrary<Gate[]> = fc
  .array(gate, { minLength: 1, maxLength: 6 })
  .map(gates => gates.filter((one, index) => one.kind !== 'ratio' || firstRatio(gates) === index));

const firstRatio = (gates: readonly Gate[]) => gates.findIndex(({ kind }) => kind === 'ratio');

export const anyCaps = fc.record({
  ordinary: fc.integer({ min: 0, max: 6 }),
  gold: fc.integer({ min: 0, max: 6 }),
  platinum: fc.integer({ min: 0, max: 6 }),
});

/** A bank with other gates, caps, classes of queues and queues of profiles; always open. */
export const anyBank: fc.Arbitrary<BankDocument> = fc
  .record({
    caps: anyCaps,
    classOfQueue: fc.array(fc.constantFrom(...CLASS_IDS), { minLength: 4, maxLength: 4 }),
    profiles: fc.array(fc.record({ queueIds: fc.subarray(QUEUE_IDS, { minLength: 1 }), gates: anyGates }), {
      minLength: 4,
      maxLength: 4,
    }),
  })
  .map(({ caps, classOfQueue, profiles }) =>
    BankDocument.parse({
      ...SAMPLE_BANK,
      calendar: ALWAYS_OPEN,
      businesses: SAMPLE_BANK.businesses.map(business => ({ ...business, quotas: [] })),
      classes: SAMPLE_BANK.classes.map(one => ({
        ...one,
        overtakingCap: caps[one.id as keyof typeof caps] ?? one.overtakingCap,
      })),
      queues: SAMPLE_BANK.queues.map(queue => ({
        ...queue,
        classId: classOfQueue[QUEUE_IDS.indexOf(queue.id)] ?? queue.classId,
      })),
      profiles: profiles.map((profile, index) => ({
        ...profile,
        id: `profile-${index}`,
        name: { zh: '策略', en: 'Profile' },
      })),
      counters: SAMPLE_BANK.counters.map(counter => ({
        ...counter,
        profileId: `profile-${Math.max(0, COUNTER_IDS.indexOf(counter.id))}`,
      })),
    }),
  );
