import type { Authority } from './authority.ts';

/**
 * The branch's authority as this PC has it now: a standby gets it while the program runs, and only the host acts by
 * it. Links, pairing and the screens ask here each time, so that a take-over needs nobody's restart.
 */
export interface AuthorityHolder {
  /** Null: it is not on this PC. */
  held(): Authority | null;
  /** The same, on the host alone: it pairs, renews and withdraws. */
  acting(): Authority | null;
  /** It has arrived from the host, or there is a newer copy. */
  take(authority: Authority): void;
  /** Who decides is known only once the program runs; until then this PC does not act. */
  actWhile(isHost: () => boolean): void;
  /** This PC has begun or ended to decide. */
  roleChanged(): void;
  /** Whether a station may have its certificate renewed now; who asks in a loop is not served. */
  mayRenew(station: string, nowMs: number): boolean;
  /** Called when there is another authority, its lists have changed, or this PC's role. @returns how to stop listening */
  onChange(listener: () => void): () => void;
}

/** One new certificate in two years is enough for a station. */
const RENEWAL_PAUSE_MS = 60_000;

/** @param isHost whether this PC decides now */
export function createAuthorityHolder(
  first: Authority | null,
  isHost: () => boolean = () => false,
): AuthorityHolder {
  const listeners = new Set<() => void>();
  const renewalsDueMs = new Map<string, number>();
  let authority: Authority | null = null;
  let acts = isHost;
  let stopListening = () => {};

  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const hold = (next: Authority | null) => {
    stopListening();
    authority = next;
    stopListening = next?.onChange(changed) ?? (() => {});
  };
  hold(first);

  return {
    held: () => authority,
    acting: () => (acts() ? authority : null),
    take(next) {
      hold(next);
      changed();
    },
    actWhile(whether) {
      acts = whether;
    },
    roleChanged: changed,
    mayRenew(station, nowMs) {
      if (nowMs < (renewalsDueMs.get(station) ?? Number.NEGATIVE_INFINITY)) return false;
      renewalsDueMs.set(station, nowMs + RENEWAL_PAUSE_MS);
      return true;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
