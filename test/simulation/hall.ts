import type { Batch, BlockIndex } from '#core/replication/log.ts';

/** The little branch the simulated stations run: numbers, calls, and commands that are asked for twice. */

export type Work =
  | { readonly kind: 'issue'; readonly number: number }
  | { readonly kind: 'call'; readonly number: number; readonly counter: string }
  /** What another station had recorded alone. */
  | { readonly kind: 'late'; readonly batches: readonly WorkBatch[] };

export interface WorkBatch extends Batch {
  readonly work: Work | null;
  readonly commandId: string | null;
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
}

const NUMBERS_PER_BLOCK = 100_000;

export function emptyHall(): MutableHall {
  return { tickets: new Map(), commands: new Map(), twice: [], withoutEffect: new Set() };
}
export interface MutableHall extends Hall {
  readonly tickets: Map<number, readonly string[]>;
  readonly commands: Map<string, { readonly seq: number; readonly number: number }>;
  readonly twice: string[];
  readonly withoutEffect: Set<string>;
}

/** Adds a batch to the hall. */
export function apply(hall: MutableHall, batch: WorkBatch, seq = batch.lastSeq, late = false): void {
  const { work, commandId } = batch;
  if (work === null) return;
  if (work.kind === 'late') {
    for (const one of work.batches) apply(hall, one, seq, true);
    return;
  }
  // A late call counts only where nobody was called in its place, and answers no retry otherwise (CS5).
  const isTaken = late && work.kind === 'call' && (hall.tickets.get(work.number)?.length ?? 0) > 0;
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
export function nextNumber(hall: Hall, block: BlockIndex): number {
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
