import { z } from 'zod';

/** How long something took, by share of its cases, in the line's unit. */
export const Spread = z.strictObject({
  who: z.enum(['pair', 'raw', 'postgres']),
  p50: z.number().positive(),
  p95: z.number().positive(),
  p99: z.number().positive(),
});
export type Spread = z.infer<typeof Spread>;

/** One budget of the architecture's PF rules with what this run measured; what `--json` prints a list of. */
export const BenchLine = z.strictObject({
  /** The rule, and which of its figures. */
  id: z.enum(['PF1-throughput', 'PF1-p99', 'PF2-serial', 'PF4', 'PF4-postgres', 'PF6']),
  what: z.string().min(1),
  how: z.string().min(1),
  /** What `measured` is held against, in `unit`; for fixed budgets the budget itself. */
  baseline: z.number().positive(),
  measured: z.number().positive(),
  unit: z.enum(['tickets/s', 'ms']),
  ratio: z.number().positive(),
  /** Null: a comparison without a budget. */
  budget: z.strictObject({ kind: z.enum(['at-least', 'at-most']), ratio: z.number().positive() }).nullable(),
  pass: z.boolean().nullable(),
  spread: z.array(Spread).optional(),
});
export type BenchLine = z.infer<typeof BenchLine>;

/** Everything `npm run bench -- --json` prints. */
export const BenchReport = z.strictObject({
  nodeVersion: z.string(),
  processors: z.int().min(1),
  lines: z.array(BenchLine),
  /** Lines that need what this machine has not. */
  skipped: z.array(BenchLine.shape.id),
});
export type BenchReport = z.infer<typeof BenchReport>;

export type BenchId = BenchLine['id'];

/** What a measurement gives; the texts and the verdict are added by the report. */
export type Measurement = Pick<
  BenchLine,
  'id' | 'baseline' | 'measured' | 'unit' | 'ratio' | 'budget' | 'spread'
>;

/** True when the ratio keeps to its budget; null where there is none. */
export function isWithinBudget({ ratio, budget }: Pick<Measurement, 'ratio' | 'budget'>): boolean | null {
  if (budget === null) return null;
  return budget.kind === 'at-least' ? ratio >= budget.ratio : ratio <= budget.ratio;
}

/**
 * The smallest of `values` that at least `share` of them do not exceed (nearest rank).
 * @param share from 0 (exclusive) to 1
 * @throws RangeError for an empty list: nothing was measured
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}

/** Sum of a list of numbers. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
