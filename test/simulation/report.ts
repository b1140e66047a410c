import { PLANTED_BUGS, type PlantedBug } from './bugs.ts';
import { FAULTS, type Tally } from './faults.ts';
import type { ScheduleResult } from './world.ts';

/** The table of what was done to the branch, and what never was. */
export function countLines({ counts }: Tally): { readonly lines: string[]; readonly never: string[] } {
  const names = [
    ...FAULTS,
    ...[...counts.keys()].filter(name => !(FAULTS as readonly string[]).includes(name)),
  ];
  const lines = names.map(name => `${String(counts.get(name) ?? 0).padStart(10)}  ${name}`);
  return { lines, never: FAULTS.filter(name => !counts.has(name)) };
}

/** One line of the list of planted mistakes. */
export function bugLine(
  bug: PlantedBug,
  most: number,
  found: Pick<ScheduleResult, 'seed' | 'violations'> | undefined,
): string {
  const result =
    found === undefined
      ? `NOT FOUND within ${most}`
      : `found by schedule ${found.seed}: ${found.violations[0]}`;
  return `${bug} (${PLANTED_BUGS[bug]}): ${result}`;
}
