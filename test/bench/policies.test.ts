import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CALL_POLICIES, OURS } from './policies/call-policies.ts';
import { type KindFigures, measurePolicies } from './policies/measure.ts';
import { DOCUMENT_SEEDS, policiesDocument } from './policies/policies-document.ts';
import { DAY_KINDS, makeTrace } from './policies/traces.ts';

const kinds = measurePolicies(DOCUMENT_SEEDS);
const of = ({ policies }: KindFigures, id: string) => {
  const found = policies.find(({ policy }) => policy.id === id);
  if (!found) throw new Error(`no policy ${id}`);
  return found;
};

test('docs/policies.md is what npm run bench:policies writes, to the last digit', () => {
  const written = readFileSync(new URL('../../docs/policies.md', import.meta.url), 'utf8');
  expect(written).toBe(policiesDocument(kinds, DOCUMENT_SEEDS.length));
});

test('every policy serves the same customers, and leaves windows idle as little as the others', () => {
  for (const { kind, policies } of kinds) {
    const idle = policies.map(one => one.idleCounterMinutesPerDay);
    expect(Math.max(...idle) - Math.min(...idle), kind.id).toBeLessThan(5);
    expect(policies).toHaveLength(CALL_POLICIES.length);
  }
});

test('[CS2] ours never passes the cap on any of these days; every other preference does', () => {
  for (const figures of kinds) {
    expect(of(figures, OURS).mostOvertakes).toBe(5);
    expect(of(figures, 'arrival').mostOvertakes).toBe(0);
    for (const id of ['class', 'weighted', 'sorted', 'green', 'ratio'])
      expect(of(figures, id).mostOvertakes, `${figures.kind.id} ${id}`).toBeGreaterThan(10);
  }
});

test('[CS1] the reading on top holds: longest ordinary wait, and priority customers sooner', () => {
  for (const figures of kinds) {
    const ours = of(figures, OURS).byClass;
    for (const id of ['class', 'sorted', 'green', 'ratio'])
      expect(ours.ordinary.longest, `${figures.kind.id} ${id}`).toBeLessThan(
        of(figures, id).byClass.ordinary.longest,
      );
    for (const classId of ['gold', 'platinum'] as const) {
      const arrival = of(figures, 'arrival').byClass[classId];
      expect(ours[classId].p95, `${figures.kind.id} ${classId}`).toBeLessThan(arrival.p95);
      if (['salary', 'vip'].includes(figures.kind.id)) continue;
      const weighted = of(figures, 'weighted').byClass[classId];
      expect(ours[classId].p95, `${figures.kind.id} ${classId}`).toBeLessThan(weighted.p95);
    }
  }
});

test('a seed gives the same customers, another seed others', () => {
  const [kind] = DAY_KINDS;
  if (!kind) throw new Error('no kind of day');
  expect(makeTrace(kind, 1)).toEqual(makeTrace(kind, 1));
  expect(makeTrace(kind, 1)).not.toEqual(makeTrace(kind, 2));
  expect(makeTrace(kind, 1)).toHaveLength(kind.customers);
});
