import type { Failure } from '#core/wire/result.ts';

/** The parts of the joining form a refusal can be about. */
export type JoinField = 'host' | 'code' | 'stationId' | 'listenPort' | 'own';

const FIELDS: Readonly<Partial<Record<Failure['code'], JoinField>>> = {
  U511: 'host',
  U512: 'host',
  U513: 'host',
  U515: 'host',
  U528: 'host',
  M601: 'host',
  M608: 'host',
  M610: 'host',
  U519: 'code',
  U520: 'code',
  U521: 'code',
  U522: 'code',
  U523: 'code',
  U524: 'code',
  U529: 'code',
  U525: 'stationId',
  C906: 'listenPort',
  U561: 'own',
};

/** Beside which field a refusal of `join-branch` is said; null: below all of them. */
export function fieldOfRefusal({ code }: Pick<Failure, 'code'>): JoinField | null {
  return FIELDS[code] ?? null;
}

/** Refusals that mean something else here than elsewhere, and have words of their own in `several`. */
export const OWN_WORDS: ReadonlyMap<string, string> = new Map([
  ...(['U511', 'U528', 'U512', 'M601', 'M610'] as const).map(
    code => [code, `several.join.errors.${code}`] as const,
  ),
  ['C906', 'several.portTaken'],
]);
