import type { LedAnswer } from './led-protocol.ts';

/** Longer than any answer that is searched for this way, with room for noise before it. */
const MOST_HELD_BYTES = 1024;

/** Looks for an answer at the very start of `bytes`; null when there is none, `begun` when it is sure to go on. */
export type FindAnswer = (bytes: Uint8Array) => LedAnswer | 'begun' | null;

/**
 * Searches what comes back for one answer, for families whose frames have no marks. Adapters that switch direction
 * leave a stray byte or two, so the search goes on behind bytes that lead nowhere; the check values keep it honest.
 * The echo of the request is skipped where a two-wire adapter repeats it.
 */
export class AnswerSearch {
  #held: Uint8Array = new Uint8Array();
  #request: Uint8Array = new Uint8Array();
  #find: FindAnswer | null = null;
  #wantedBytes = 0;
  #toldDamaged = false;

  /** @param wantedBytes from so many bytes without an answer among them on, they count as damaged */
  expect(request: Uint8Array, wantedBytes: number, find: FindAnswer | null): void {
    this.#held = new Uint8Array();
    this.#request = request;
    this.#find = find;
    this.#wantedBytes = wantedBytes;
    this.#toldDamaged = false;
  }

  /** At most one real answer comes out for each `expect`; what follows it is not for us. */
  push(bytes: Uint8Array): readonly LedAnswer[] {
    if (this.#find === null || bytes.length === 0) return [];
    const all = new Uint8Array(this.#held.length + bytes.length);
    all.set(this.#held);
    all.set(bytes, this.#held.length);
    this.#held = all;
    if (startsAsEcho(this.#held, this.#request)) {
      if (this.#held.length < this.#request.length) return [];
      this.#held = this.#held.subarray(this.#request.length);
      this.#request = new Uint8Array();
    }
    for (let at = 0; at < this.#held.length; at += 1) {
      const answer = this.#find(this.#held.subarray(at));
      if (answer === 'begun') return [];
      if (answer === null) continue;
      this.#find = null;
      return [answer];
    }
    this.#held = this.#held.slice(-MOST_HELD_BYTES);
    if (this.#toldDamaged || this.#held.length < this.#wantedBytes) return [];
    this.#toldDamaged = true;
    return [{ kind: 'damaged' }];
  }
}

function startsAsEcho(held: Uint8Array, request: Uint8Array): boolean {
  if (request.length === 0) return false;
  const shared = Math.min(held.length, request.length);
  for (let at = 0; at < shared; at += 1) if (held[at] !== request[at]) return false;
  return true;
}
