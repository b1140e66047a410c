import type { Batch, BlockIndex } from '#core/replication/log.ts';
import type { PlantedBug } from './bugs.ts';

/** The little branch the simulated stations run: numbers, calls, and commands that are asked for twice. */

export type Work =
  | { readonly kind: 'issue'; readonly number: number }
  | { readonly kind: 'call'; readonly number: number; readonly counter: string }
  /** A PC belongs to the branch no more: its certificate is believed no more by whoever knows that this is safe. */
  | { readonly kind: 'remove'; readonly serial: string }
  /** What another station had recorded alone. */
  | { readonly kind: 'late'; readonly batches: readonly WorkBatch[] };

export interface WorkBatch extends Batch {
  readonly work: Work | null;
  readonly commandId: string | null;
  /** The PC that recorded it, by the certificate it had then. */
  readonly by: string;
  /** Only a program that reads this version knows what it means; absent: every program does. */
  readonly needs?: number;
}

export interface Hall {
  /** Numbers in order of issue, with the counters that were given them. */
  readonly tickets: ReadonlyMap<number, readonly string[]>;
  /** Where each command lies, and what it gave. */
  readonly commands: ReadonlyMap<string, { readonly seq: number; readonly number: number }>;
  /** Commands and numbers that came twice: never right. */
  readonly twice: readonly string[];
  /** Commands whose late call came after another of the same ticket: kept and shown, without effect. */
  readonly withoutEffect: ReadonlySet<string>;
  /** Certificates of removed PCs, with the places where that was recorded. */
  readonly removed: ReadonlyMap<string, number>;
}

const NUMBERS_PER_BLOCK = 100_000;

export function emptyHall(): MutableHall {
  return { tickets: new Map(), commands: new Map(), twice: [], withoutEffect: new Set(), removed: new Map() };
}
export interface MutableHall extends Hall {
  readonly tickets: Map<number, readonly string[]>;
  readonly commands: Map<string, { readonly seq: number; readonly number: number }>;
  readonly twice: string[];
  readonly withoutEffect: Set<string>;
  readonly removed: Map<string, number>;
}

/** Adds a batch to the hall. */
export function apply(
  hall: MutableHall,
  batch: WorkBatch,
  bug: PlantedBug | null,
  seq = batch.lastSeq,
  late = false,
): void {
  const { work, commandId } = batch;
  if (work === null) return;
  if (work.kind === 'late') {
    for (const one of work.batches) apply(hall, one, bug, seq, true);
    return;
  }
  if (work.kind === 'remove') {
    // Its person asks again: by now that PC may be the one everybody follows.
    if (!late) hall.removed.set(work.serial, seq);
    return;
  }
  // A late call counts only where nobody was called in its place, and answers no retry otherwise (CS5).
  const isHeld = work.kind === 'call' && (hall.tickets.get(work.number)?.length ?? 0) > 0;
  const isTaken = late && isHeld && bug !== 'late-call-counts';
  if (isTaken || (late && work.kind === 'call' && hall.commands.has(commandId ?? ''))) {
    hall.withoutEffect.add(commandId ?? '');
    return;
  }
  if (commandId !== null) {
    const first = hall.commands.get(commandId);
    if (first === undefined) hall.commands.set(commandId, { seq, number: work.number });
    // Its sender had asked both hosts; the paper of the first may be in a customer's hand.
    else if (!late) hall.twice.push(commandId);
  }
  if (work.kind === 'issue') {
    if (hall.tickets.has(work.number)) hall.twice.push(`number ${work.number}`);
    else hall.tickets.set(work.number, []);
    return;
  }
  hall.tickets.set(work.number, [...(hall.tickets.get(work.number) ?? []), work.counter]);
}

/** The next number of a block: one above the highest ever given from it. */
export function nextNumber(hall: Pick<Hall, 'tickets'>, block: BlockIndex): number {
  let highest = block * NUMBERS_PER_BLOCK;
  for (const number of hall.tickets.keys())
    if (Math.floor(number / NUMBERS_PER_BLOCK) === block && number > highest) highest = number;
  return highest + 1;
}

/** The first number nobody was called with. */
export function firstWaiting(hall: Hall): number | null {
  for (const [number, counters] of hall.tickets) if (counters.length === 0) return number;
  return null;
}
