import type { View } from '#core/wire/views.ts';

export type Call = View<'lobby-screen'>['calls'][number];

/**
 * Which new call has the whole screen now (DV4), pure. Calls that come together take turns, so that none is
 * missed (DV2); those that were there when the screen started, or that are old by the time the link is back, are
 * listed but not announced again.
 */
export interface Takeover {
  /** Null until the first list of calls has come. */
  readonly seenKeys: ReadonlySet<string> | null;
  readonly waiting: readonly Call[];
  readonly current: Call | null;
  /** When `current` gives way, by the host's clock. */
  readonly until: number;
}

export const NO_TAKEOVER: Takeover = { seenKeys: null, waiting: [], current: null, until: 0 };

export const TAKEOVER_MS = 4_000;
/** While others wait for their turn. */
export const HURRIED_TAKEOVER_MS = 2_500;
/** A call older than this is no news. */
const NEWS_MS = 20_000;

/** The next state, given the calls of the view (newest first) and the host's clock in ms. */
export function advanceTakeover(state: Takeover, calls: readonly Call[], now: number): Takeover {
  const seenKeys = new Set(calls.map(call => call.key));
  if (state.seenKeys === null) return { ...NO_TAKEOVER, seenKeys };
  const { seenKeys: known } = state;
  const fresh = calls.filter(call => !known.has(call.key) && now - call.at < NEWS_MS).reverse();
  const waiting = [...state.waiting, ...fresh];
  if (state.current !== null && now < state.until) {
    const hurried = Math.min(state.until, state.until - TAKEOVER_MS + HURRIED_TAKEOVER_MS);
    const until = waiting.length > state.waiting.length && state.waiting.length === 0 ? hurried : state.until;
    return { seenKeys, waiting, current: state.current, until };
  }
  const [next, ...rest] = waiting;
  if (!next) return { seenKeys, waiting: [], current: null, until: 0 };
  const shownMs = rest.length > 0 ? HURRIED_TAKEOVER_MS : TAKEOVER_MS;
  return { seenKeys, waiting: rest, current: next, until: now + shownMs };
}
