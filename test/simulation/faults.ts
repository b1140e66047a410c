import type { Random } from './random.ts';

/** What a PC does that can be cut short. A crash is tried before and after each, and amid the writes. */
export const WRITES = ['order', 'role change', 'merge', 'copy', 'cut', 'term'] as const;
export type WriteKind = (typeof WRITES)[number];
export type IoKind =
  | `write ${WriteKind}`
  | 'send'
  | 'ask head office'
  | 'upload'
  | 'answer'
  | 'tell what is safe';
export const IO_KINDS: readonly IoKind[] = [
  ...WRITES.map(kind => `write ${kind}` as const),
  ...(['send', 'ask head office', 'upload', 'answer', 'tell what is safe'] as const),
];
export type Moment = 'before' | 'amid' | 'after';

/** Everything that is done to a branch; a schedule counts how often each really happened. */
export const FAULTS = [
  ...['message lost', 'message doubled', 'message delayed', 'message overtaken'],
  ...['way blocked both ways', 'way blocked one way', 'message on a blocked way'],
  ...['PC switched off', 'PC switched off for long', 'host switched off as soon as its pair was whole'],
  'host cut off as soon as its pair was whole',
  ...IO_KINDS.flatMap(kind =>
    (kind.startsWith('write') ? ['before', 'amid', 'after'] : ['before', 'after']).map(
      moment => `crash ${moment} ${kind}`,
    ),
  ),
  ...['write not synced: lost', 'write not synced: torn, taken back', 'write not synced: whole on the disk'],
  ...WRITES.map(kind => `disk full at write ${kind}`),
  'disk full in a take-over',
  ...['machine clock a day on', 'machine clock a day back', 'machine clock ten minutes on'],
  ...['wall clock a day on', 'wall clock a day back', 'certificate out of date by a wrong clock'],
  ...['asleep for a moment', 'ten minutes asleep, clock went on', 'ten minutes asleep, clock stood still'],
  ...['head office out of reach', 'head office slow', 'head office answer lost'],
  ...[
    'head office crash before it committed',
    'head office crash before it answered',
    'head office restarted',
  ],
  ...['older protocol spoken', 'message the older protocol lacks', 'program too old for the log'],
  'program updated',
  ...['person right: go on alone', 'person right: take over'],
  ...['person wrong: go on alone', 'person wrong: take over'],
  'two hosts by a false statement',
  ...['standby leaves properly', 'standby named', 'standby named while a take-over runs'],
  ...['new PC joins', 'PC removed', 'PC replaced by a new one of its name', 'removed PC still believed'],
  ...['host broken for good', 'number answered alone and gone with its PC'],
  ...['removed PC refused', 'removed PC asks head office'],
  ...['take-over', 'take-overs round three PCs or more', 'merge in several parts'],
] as const;
export type Fault = (typeof FAULTS)[number];

/** Counts of one or many schedules. */
export class Tally {
  readonly counts = new Map<string, number>();

  add(what: string, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }

  addAll(other: Iterable<readonly [string, number]>): void {
    for (const [what, times] of other) this.add(what, times);
  }
}

/** What one schedule is cruel with; each kind in a part of the schedules, so that single causes show too. */
export interface Cruelty {
  readonly lossy: number;
  readonly slow: boolean;
  readonly partitions: boolean;
  readonly crashes: boolean;
  /** Chance of a crash at each single input or output. */
  readonly crashAtIo: number;
  /** A crash a few inputs and outputs after somebody began to take over. */
  readonly crashInTakeOvers: boolean;
  readonly headOfficeDown: boolean;
  readonly fullDisks: boolean;
  readonly fullInTakeOvers: boolean;
  readonly sleeps: boolean;
  readonly longSleeps: boolean;
  readonly clockJumps: boolean;
  readonly farewells: boolean;
  readonly namings: boolean;
  /** The host is switched off or cut off again and again, as soon as its pair is whole. */
  readonly chain: boolean;
  readonly joins: boolean;
  readonly removals: boolean;
  readonly versions: boolean;
  /** A person who says "the host is off" without having looked. */
  readonly falseStatements: boolean;
}

export function cruelOf({ chance, next }: Random): Cruelty {
  const calm = chance(0.05);
  const on = (probability: number) => chance(probability) && !calm;
  return {
    lossy: on(0.5) ? next() * 0.2 : 0,
    slow: on(0.4),
    partitions: on(0.6),
    crashes: on(0.6),
    crashAtIo: on(0.4) ? 0.003 : 0,
    crashInTakeOvers: on(0.3),
    headOfficeDown: on(0.5),
    fullDisks: on(0.2),
    fullInTakeOvers: on(0.15),
    sleeps: on(0.2),
    longSleeps: on(0.04),
    clockJumps: on(0.25),
    farewells: on(0.3),
    namings: on(0.3),
    chain: on(0.2),
    joins: on(0.3),
    removals: on(0.4),
    versions: on(0.25),
    falseStatements: on(0.15),
  };
}
