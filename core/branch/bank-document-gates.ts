import { z } from 'zod';
import { Id } from '../wire/fields.ts';

const Minutes = z
  .int()
  .min(1)
  .max(24 * 60);

/**
 * One gate of a calling policy (CS1). Gates are tried in their order; the first that finds a ticket decides. Within a
 * gate, ties go by place in the line, then by number. Classes a gate does not name: no limit, no share, weight 0.
 *
 * - `returned`: no-shows whose re-entry is due (CS3).
 * - `parked-ready`: parked tickets that are ready (CS7), ready longest first.
 * - `appointment-due`: appointments whose time has come (TK8), earliest time first.
 * - `longest-wait`: tickets over their class's longest wait, oldest overrun first.
 * - `ratio`: classes in turn by their shares, e.g. 2 platinum : 1 gold : 1 ordinary; a class with nobody waiting is
 *   skipped. Only this gate's own calls use up shares, counted per work profile.
 * - `ageing`: the largest wait × (weight + 1).
 * - `arrival`: the first in line.
 */
export const Gate = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('returned') }),
  z.strictObject({ kind: z.literal('parked-ready') }),
  z.strictObject({ kind: z.literal('appointment-due') }),
  z.strictObject({
    kind: z.literal('longest-wait'),
    limits: z
      .array(z.strictObject({ classId: Id, minutes: Minutes }))
      .min(1)
      .max(20),
  }),
  z.strictObject({
    kind: z.literal('ratio'),
    shares: z
      .array(z.strictObject({ classId: Id, calls: z.int().min(1).max(100) }))
      .min(2)
      .max(20),
  }),
  z.strictObject({
    kind: z.literal('ageing'),
    weights: z
      .array(z.strictObject({ classId: Id, weight: z.int().min(0).max(100) }))
      .min(1)
      .max(20),
  }),
  z.strictObject({ kind: z.literal('arrival') }),
]);
export type Gate = z.infer<typeof Gate>;
export type GateOf<K extends Gate['kind']> = Extract<Gate, { kind: K }>;

/** The classes a gate names, in its order; empty for a gate that treats all alike. */
function classIdsOf(gate: Gate): readonly string[] {
  switch (gate.kind) {
    case 'longest-wait':
      return gate.limits.map(one => one.classId);
    case 'ratio':
      return gate.shares.map(one => one.classId);
    case 'ageing':
      return gate.weights.map(one => one.classId);
    default:
      return [];
  }
}

/**
 * What is wrong with a profile's gates beyond their shape: unknown classes, a class named twice, two `ratio` gates
 * (their calls are counted together). `path` leads to the wrong field from the profile.
 */
export function gateProblems(
  gates: readonly Gate[],
  knownClassIds: ReadonlySet<string>,
): { readonly path: string[]; readonly message: string }[] {
  const problems: { path: string[]; message: string }[] = [];
  let ratios = 0;
  for (const [index, gate] of gates.entries()) {
    const path = ['gates', String(index)];
    const classIds = classIdsOf(gate);
    for (const [place, classId] of classIds.entries()) {
      if (!knownClassIds.has(classId)) problems.push({ path, message: `unknown: ${classId}` });
      if (classIds.indexOf(classId) !== place) problems.push({ path, message: `duplicate: ${classId}` });
    }
    if (gate.kind === 'ratio' && ++ratios > 1) problems.push({ path, message: 'second ratio gate' });
  }
  return problems;
}
