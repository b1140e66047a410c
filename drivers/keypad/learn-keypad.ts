import { fail, ok, type Result } from '#core/wire/result.ts';

/**
 * Learn mode (HW4): the set-up screen asks for each key to be pressed a few times and this works out the profile's
 * rules from the reports seen. Pure. A byte that changes while the same key is down, or while none is, counts by itself
 * (a timestamp, a battery) and is left out.
 */

/** What one key stands for, and the reports seen while it was down, two or more. */
export interface LearntKey {
  readonly means: { readonly rating: number } | { readonly action: string };
  readonly reports: readonly Uint8Array[];
}

/** The parts of a profile's JSON that learning fills in; check the whole with `parseKeypadProfile`. */
export interface LearntRules {
  readonly minLength: number;
  readonly idle: readonly { readonly byte: number; readonly mask: number; readonly value: number }[];
  readonly rules: readonly ({
    readonly all: readonly { readonly byte: number; readonly mask: number; readonly equals: number }[];
  } & LearntKey['means'])[];
}

/**
 * Works out rules from samples.
 * @param idleReports reports with no key down, from before, between and after the keys, so that slow counters show
 * @param keys the keys to tell apart; two of them pressed at the same moment match no rule
 * @returns idle bytes and one rule a key, or K306 with `field` `keys.<index>` and `reason`: `no-reports`,
 *   `same-as-idle` (the key changes nothing), `same-as-other` (not to be told from key `other`)
 */
export function learnKeypad(
  idleReports: readonly Uint8Array[],
  keys: readonly LearntKey[],
): Result<LearntRules> {
  if (idleReports.length === 0) return fail('K306', { field: 'idle', reason: 'no-reports' });
  const silent = keys.findIndex(key => key.reports.length === 0);
  if (silent >= 0) return fail('K306', { field: `keys.${silent}`, reason: 'no-reports' });

  const groups = [idleReports, ...keys.map(key => key.reports)];
  const minLength = Math.min(...groups.flat().map(report => report.length));
  const idleReport = idleReports[0] ?? new Uint8Array(0);

  /** By byte: the bits that some key changes for certain, the only ones worth looking at. */
  const masks = Array.from({ length: minLength }, (_, byte) =>
    groups.every(reports => isSteady(reports, byte)) ? bitsChangedByKeys(idleReport, keys, byte) : 0,
  );
  const testsOf = (report: Uint8Array) =>
    masks.flatMap((mask, byte) => (mask === 0 ? [] : [{ byte, mask, equals: (report[byte] ?? 0) & mask }]));

  const rules: LearntRules['rules'][number][] = [];
  for (const [index, key] of keys.entries()) {
    const all = testsOf(key.reports[0] ?? idleReport);
    if (fits(all, idleReport)) return fail('K306', { field: `keys.${index}`, reason: 'same-as-idle' });
    const other = keys.findIndex(
      (candidate, at) => at !== index && fits(all, candidate.reports[0] ?? idleReport),
    );
    if (other >= 0) return fail('K306', { field: `keys.${index}`, reason: 'same-as-other', other });
    rules.push({ all, ...key.means });
  }
  const idle = testsOf(idleReport).map(({ byte, mask, equals }) => ({ byte, mask, value: equals }));
  return ok({ minLength, idle, rules });
}

function isSteady(reports: readonly Uint8Array[], byte: number): boolean {
  return reports.every(report => report[byte] === reports[0]?.[byte]);
}

function bitsChangedByKeys(idleReport: Uint8Array, keys: readonly LearntKey[], byte: number): number {
  return keys.reduce((mask, key) => mask | ((key.reports[0]?.[byte] ?? 0) ^ (idleReport[byte] ?? 0)), 0);
}

function fits(
  all: readonly { readonly byte: number; readonly mask: number; readonly equals: number }[],
  report: Uint8Array,
): boolean {
  return all.every(test => ((report[test.byte] ?? 0) & test.mask) === test.equals);
}
