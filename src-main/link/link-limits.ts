/** Waits and sizes of a link. */
export interface LinkLimits {
  /** The other side is asked for a sign of life this often … */
  readonly pingEveryMs: number;
  /** … and is given up when nothing was heard for this long. */
  readonly silenceMs: number;
  /** More than this waiting to be read by the other side: it is cut off and catches up later. */
  readonly maxUnsentBytes: number;
  /** TLS, upgrade and greeting together. */
  readonly greetingMs: number;
  /** Told to close and has not: cut off after this long. */
  readonly closePatienceMs: number;
}

export const LINK_LIMITS: LinkLimits = {
  pingEveryMs: 1_500,
  // Below the 4 s after which the host calls the pair broken (BR4).
  silenceMs: 3_500,
  maxUnsentBytes: 24 * 1024 * 1024,
  greetingMs: 10_000,
  closePatienceMs: 2_000,
};

/** How long a client waits before it tries again. */
export interface BackOff {
  readonly baseMs: number;
  readonly maxMs: number;
  /** After a refusal that trying again will hardly change. */
  readonly slowMs: number;
  /** A connection that lasted this long was a good one. */
  readonly goodAfterMs: number;
}

export const LINK_BACK_OFF: BackOff = { baseMs: 250, maxMs: 10_000, slowMs: 30_000, goodAfterMs: 10_000 };

/**
 * The wait before the next try: doubled each time, up to the longest, and spread so that the PCs of a branch do not
 * all come back at once.
 * @param failures without a good connection between them, from 0
 * @param random in [0, 1)
 */
export function backOffMs(
  failures: number,
  isSlow: boolean,
  random: number,
  backOff = LINK_BACK_OFF,
): number {
  const { baseMs, maxMs, slowMs } = backOff;
  const usualMs = Math.min(maxMs, baseMs * 2 ** Math.min(failures, 30));
  return Math.ceil((isSlow ? slowMs : usualMs) * (0.5 + random));
}
