import type { DriverClock } from '#drivers/contract.ts';

/** Time that stands still until it is told to go on to the next thing somebody waits for. */
export interface VirtualClock extends DriverClock {
  /** Goes to the next waiting task and runs it; false when nobody waits for anything. */
  step(): boolean;
  /** Resolves after that much of this clock's time. */
  sleep(delayMs: number): Promise<void>;
}

interface Waiting {
  readonly atMs: number;
  /** Tasks of the same instant run in the order in which they were asked for. */
  readonly order: number;
  /** Null once it was cancelled. */
  task: (() => void) | null;
}

/** A clock at 0 ms with nobody waiting. */
export function createVirtualClock(): VirtualClock {
  /** A binary heap, earliest first. */
  const heap: Waiting[] = [];
  let nowMs = 0;
  let asked = 0;

  const after = (delayMs: number, task: () => void) => {
    const waiting: Waiting = { atMs: nowMs + Math.max(0, delayMs), order: asked++, task };
    push(heap, waiting);
    return () => {
      waiting.task = null;
    };
  };

  return {
    nowMs: () => nowMs,
    after,
    sleep: delayMs => new Promise(resolve => void after(delayMs, resolve)),
    step() {
      for (let next = pop(heap); next !== undefined; next = pop(heap)) {
        if (next.task === null) continue;
        nowMs = next.atMs;
        next.task();
        return true;
      }
      return false;
    },
  };
}

function isBefore(one: Waiting, other: Waiting): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

function push(heap: Waiting[], added: Waiting): void {
  let at = heap.push(added) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(added, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = added;
}

function pop(heap: Waiting[]): Waiting | undefined {
  const [first] = heap;
  const moved = heap.pop();
  if (moved === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    const right = heap[below + 1];
    let child = heap[below];
    if (child === undefined) break;
    if (right !== undefined && isBefore(right, child)) {
      child = right;
      below++;
    }
    if (!isBefore(child, moved)) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = moved;
  return first;
}
