/** How a wait stands against the promise: its sign and colour on screen. */
export type WaitLevel = 'waiting' | 'soon' | 'late';

/** From this share of the limit on, a wait will soon be late. */
const SOON_FROM = 0.8;

/**
 * @param waitMs how long it has lasted, in milliseconds
 * @param limitMs the promise, in milliseconds
 */
export function waitLevel(waitMs: number, limitMs: number): WaitLevel {
  if (waitMs > limitMs) return 'late';
  return waitMs >= limitMs * SOON_FROM ? 'soon' : 'waiting';
}
