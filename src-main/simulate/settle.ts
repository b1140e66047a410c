import { performance } from 'node:perf_hooks';

/**
 * Turns of the event loop without anything going on before all is taken to be done: what a message sets off may ask
 * for one more turn (views are made again by `setImmediate`), and nothing asks for more than one after the other.
 */
const QUIET_TURNS = 2;
/** Longer than any password check or disk on a busy machine. */
const STUCK_AFTER_MS = 30_000;

const turn = () => new Promise<void>(resolve => setImmediate(resolve));

/**
 * Waits in real time until everything set off so far has come to its end: messages, promises, and whatever
 * `isQuiet` watches. Only then may simulated time go on.
 * @throws Error when it is never quiet: a bug
 */
export async function settle(isQuiet: () => boolean): Promise<void> {
  let quietTurns = 0;
  let noisySinceMs: number | null = null;
  while (quietTurns < QUIET_TURNS) {
    await turn();
    if (isQuiet()) {
      quietTurns++;
      continue;
    }
    quietTurns = 0;
    noisySinceMs ??= performance.now();
    if (performance.now() - noisySinceMs > STUCK_AFTER_MS)
      throw new Error('the simulated branch does not come to rest');
  }
}
